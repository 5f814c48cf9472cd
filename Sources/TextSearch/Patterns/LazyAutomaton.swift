/// The deterministic machine of a pattern, whose states are made when a text first leads there.
///
/// Each scalar of a text costs one look-up, or at worst one step over the whole program, so that
/// matching is in linear time. The number of states is bounded: where there would be too many,
/// all are dropped and made anew. It is scratch memory: one for each scan, never shared.
final class LazyAutomaton {
  private let program: PatternProgram
  /// The classes, and one more for the end of the text.
  private let width: Int
  private let stateLimit: Int
  /// For each state a row of `width` next states.
  private var next: [UInt32]
  /// What each state stands for: what was before (see `Context`), then the instructions, ascending.
  private var keys: [[UInt32]]
  private var stateOfKey: [[UInt32]: UInt32] = [:]
  private var firstState = unknown
  private var closure: InstructionSet
  /// The last scalar outside ASCII that was met in each slot, and its class, in one word: asking
  /// Unicode for the kind of a scalar costs more than all the rest of a step.
  private var recentClasses = [UInt64](repeating: 0, count: recentCount)

  // A state is the index of its row in `next`, which saves a multiplication for each scalar. Rows
  // have two entries at least, so that two of them are kept free for these three states.
  private static let unknown: UInt32 = 0
  private static let matched: UInt32 = 1
  private static let failed: UInt32 = 2
  private static let reserved: UInt32 = 3
  private static let reservedRows = 2
  private static let recentCount = 256
  private static let entryLimit = 1 << 18

  private enum Context {
    static let textStart: UInt32 = 0
    static let afterWord: UInt32 = 1
    static let afterOther: UInt32 = 2
  }

  /// A machine without any states yet.
  init(_ program: PatternProgram) {
    self.program = program
    width = program.classes.count &+ 1
    stateLimit = max(LazyAutomaton.entryLimit / width, 16)
    next = [UInt32](repeating: 0, count: LazyAutomaton.reservedRows &* width)
    keys = [[UInt32]](repeating: [], count: LazyAutomaton.reservedRows)
    closure = InstructionSet(count: program.instructions.count)
  }

  /// Whether the pattern matches anywhere in the text.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if firstState == LazyAutomaton.unknown { firstState = makeFirstState() }
    var state = firstState
    var reader = ScalarReader(text)
    while state >= LazyAutomaton.reserved {
      let symbol = run(&reader, from: &state)
      if state < LazyAutomaton.reserved { break }
      state = step(from: state, over: symbol)
    }
    return state == LazyAutomaton.matched
  }

  /// Runs on as long as the next states are known, and returns the class of the scalar (or the end
  /// of the text) over which they are not.
  private func run(_ reader: inout ScalarReader, from start: inout UInt32) -> Int {
    var state = start
    var local = reader
    let symbol = next.withUnsafeBufferPointer { next in
      program.classes.ascii.withUnsafeBufferPointer { ascii in
        while true {
          var symbol = width &- 1
          if let scalar = local.next() {
            symbol =
              scalar < 0x80
              ? Int(ascii[Int(scalar)]) : classBeyondASCII(scalar)
          }
          let following = next[Int(state) &+ symbol]
          if following < LazyAutomaton.reserved {
            if following != LazyAutomaton.unknown { state = following }
            return symbol
          }
          state = following
        }
      }
    }
    start = state
    reader = local
    return symbol
  }

  private func classBeyondASCII(_ scalar: UInt32) -> Int {
    let slot = Int(scalar) % LazyAutomaton.recentCount
    let recent = recentClasses[slot]
    if recent &>> 32 == UInt64(scalar) { return Int(truncatingIfNeeded: recent & 0xFFFF_FFFF) }
    let symbol = program.classes.classBeyondASCII(scalar)
    recentClasses[slot] = UInt64(scalar) &<< 32 | UInt64(symbol)
    return symbol
  }

  /// The state behind another one, which is made.
  private func step(from state: UInt32, over symbol: Int) -> UInt32 {
    let key = followingKey(keys[Int(state) / width], symbol)
    let (following, isFresh) = intern(key)
    if !isFresh { next[Int(state) &+ symbol] = following }
    return following
  }

  /// The state of a key; fresh where all others had to be dropped for it.
  private func intern(_ key: [UInt32]?) -> (state: UInt32, isFresh: Bool) {
    guard let key else { return (LazyAutomaton.matched, false) }
    if key.count == 1 { return (LazyAutomaton.failed, false) }
    if let state = stateOfKey[key] { return (state, false) }
    let isFull = keys.count >= stateLimit
    if isFull {
      keys.removeLast(keys.count &- LazyAutomaton.reservedRows)
      next.removeLast(next.count &- LazyAutomaton.reservedRows &* width)
      stateOfKey.removeAll(keepingCapacity: true)
      firstState = LazyAutomaton.unknown
    }
    let state = UInt32(truncatingIfNeeded: next.count)
    keys.append(key)
    next.append(contentsOf: repeatElement(LazyAutomaton.unknown, count: width))
    stateOfKey[key] = state
    return (state, isFull)
  }

  private func makeFirstState() -> UInt32 {
    closure.removeAll()
    closure.insert(0, of: program)
    return intern(key(Context.textStart)).state
  }

  /// The closure as the key of a state, nil where it holds the end of the pattern.
  private func key(_ context: UInt32) -> [UInt32]? {
    closure.hasMatch ? nil : [context] + closure.sorted()
  }

  /// What the instructions of a state become over a class of scalars, or the end of the text; nil
  /// when that is a match.
  private func followingKey(_ key: [UInt32], _ symbol: Int) -> [UInt32]? {
    let isAtEnd = symbol == width &- 1
    let (scalar, kind) =
      isAtEnd ? (0, ScalarKind.other) : program.classes.examples[symbol]
    var present = Array(key.dropFirst())
    if program.hasAssertions {
      closure.removeAll()
      for index in present { closure.insert(Int(index), of: program) }
      closure.resolveAssertions(of: program) { assertion in
        let isBoundary = (key[0] == Context.afterWord) != kind.isWord
        return switch assertion {
        case .textStart: key[0] == Context.textStart
        case .textEnd: isAtEnd
        case .wordBoundary: isBoundary
        case .noWordBoundary: !isBoundary
        }
      }
      if closure.hasMatch { return nil }
      present = closure.sorted()
    }
    closure.removeAll()
    if isAtEnd { return [Context.afterOther] }
    for index in present {
      guard case .take(let set) = program.instructions[Int(index)] else { continue }
      if program.sets[set].contains(scalar, kind) {
        closure.insert(Int(index) &+ 1, of: program)
      }
    }
    if !program.isAnchoredAtStart { closure.insert(0, of: program) }
    let isAfterWord = program.usesWordBoundaries && kind.isWord
    return self.key(isAfterWord ? Context.afterWord : Context.afterOther)
  }
}
