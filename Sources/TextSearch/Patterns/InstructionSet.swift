/// A set of instructions that is closed over splits and jumps.
struct InstructionSet {
  private var seen: [UInt64]
  /// Those that take a scalar or assert something, in the order in which they were met.
  private var waiting: [UInt32] = []
  private var visited: [Int] = []
  private var stack: [Int] = []
  /// Whether the end of the pattern was reached.
  private(set) var hasMatch = false

  /// An empty set for a program of `count` instructions.
  init(count: Int) { seen = [UInt64](repeating: 0, count: (count &+ 63) &>> 6) }

  mutating func removeAll() {
    for index in visited { seen[index &>> 6] = 0 }
    visited.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    hasMatch = false
  }

  /// The instructions that wait for a scalar or an assertion, ascending.
  func sorted() -> [UInt32] { waiting.sorted() }

  /// Adds an instruction and all that it goes on with without a scalar or an assertion.
  mutating func insert(_ index: Int, of program: PatternProgram) {
    stack.append(index)
    while let index = stack.popLast() {
      let bit: UInt64 = 1 &<< UInt64(index & 63)
      if seen[index &>> 6] & bit != 0 { continue }
      seen[index &>> 6] |= bit
      visited.append(index)
      switch program.instructions[index] {
      case .take, .assert: waiting.append(UInt32(truncatingIfNeeded: index))
      case .jump(let target): stack.append(target)
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .match: hasMatch = true
      }
    }
  }

  /// Goes on behind every assertion that holds, those met on the way included.
  mutating func resolveAssertions(
    of program: PatternProgram, _ holds: (PatternAssertion) -> Bool
  ) {
    var position = 0
    while position < waiting.count {
      let index = Int(waiting[position])
      position &+= 1
      if case .assert(let assertion) = program.instructions[index], holds(assertion) {
        insert(index &+ 1, of: program)
      }
    }
  }
}
