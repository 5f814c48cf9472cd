/// One step of the machine that a pattern is compiled to.
enum PatternInstruction: Sendable {
  /// Takes a scalar of the set with this index, and goes on with the next instruction.
  case take(Int)
  /// Goes on with the next instruction where the assertion holds.
  case assert(PatternAssertion)
  /// Goes on with both.
  case split(Int, Int)
  case jump(Int)
  case match
}

/// A pattern as a non-deterministic machine (Thompson's construction).
struct PatternProgram: Sendable {
  private(set) var instructions: [PatternInstruction] = []
  private(set) var sets: [ScalarSet] = []
  let classes: ScalarClasses
  let isAnchoredAtStart: Bool
  let hasAssertions: Bool
  let usesWordBoundaries: Bool

  /// How many instructions a pattern may have, repetitions written out.
  static let sizeLimit = 10_000

  /// The machine of a tree.
  init(_ node: PatternNode, ignoresCase: Bool) throws(PatternError) {
    var builder = Builder(ignoresCase: ignoresCase)
    try builder.append(node)
    try builder.emit(.match)
    instructions = builder.instructions
    sets = builder.sets
    hasAssertions = builder.hasAssertions
    usesWordBoundaries = builder.usesWordBoundaries
    isAnchoredAtStart = node.isAnchoredAtStart
    classes = ScalarClasses(builder.sets, usesWords: builder.usesWordBoundaries)
  }

  private struct Builder {
    let ignoresCase: Bool
    var instructions: [PatternInstruction] = []
    var sets: [ScalarSet] = []
    var hasAssertions = false
    var usesWordBoundaries = false
    private var indexOfSet: [ScalarSet: Int] = [:]
    private var visits = 0

    init(ignoresCase: Bool) { self.ignoresCase = ignoresCase }

    mutating func emit(_ instruction: PatternInstruction) throws(PatternError) {
      instructions.append(instruction)
      try count()
    }

    /// Counts work as well as instructions, since repeated empty groups have none.
    private mutating func count() throws(PatternError) {
      visits &+= 1
      if instructions.count > PatternProgram.sizeLimit
        || visits > 4 &* PatternProgram.sizeLimit
      {
        throw PatternError(
          "The pattern is too large when its repetitions such as '{2,5}' are written out; "
            + "repeat less often, or write '*' or '+'.")
      }
    }

    mutating func append(_ node: PatternNode) throws(PatternError) {
      try count()
      switch node {
      case .empty: break
      case .set(let set): try emit(.take(index(of: set)))
      case .assertion(let assertion):
        hasAssertions = true
        if assertion == .wordBoundary || assertion == .noWordBoundary { usesWordBoundaries = true }
        try emit(.assert(assertion))
      case .concatenation(let parts):
        for part in parts { try append(part) }
      case .alternation(let branches): try appendAlternation(branches)
      case .repetition(let part, let minimum, let maximum):
        try appendRepetition(part, minimum, maximum)
      }
    }

    private mutating func index(of set: ScalarSet) -> Int {
      if let index = indexOfSet[set] { return index }
      indexOfSet[set] = sets.count
      sets.append(ignoresCase ? set.ignoringCase() : set)
      return sets.count &- 1
    }

    private mutating func appendAlternation(_ branches: [PatternNode]) throws(PatternError) {
      var ends: [Int] = []
      for branch in branches.dropLast() {
        let fork = instructions.count
        try emit(.split(fork &+ 1, fork))
        try append(branch)
        ends.append(instructions.count)
        try emit(.jump(0))
        instructions[fork] = .split(fork &+ 1, instructions.count)
      }
      if let last = branches.last { try append(last) }
      for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func appendRepetition(
      _ part: PatternNode, _ minimum: Int, _ maximum: Int?
    ) throws(PatternError) {
      for _ in 0..<minimum { try append(part) }
      guard let maximum else {
        let fork = instructions.count
        try emit(.split(fork &+ 1, fork))
        try append(part)
        try emit(.jump(fork))
        instructions[fork] = .split(fork &+ 1, instructions.count)
        return
      }
      var forks: [Int] = []
      for _ in minimum..<max(maximum, minimum) {
        forks.append(instructions.count)
        try emit(.split(0, 0))
        try append(part)
      }
      for fork in forks { instructions[fork] = .split(fork &+ 1, instructions.count) }
    }
  }
}
