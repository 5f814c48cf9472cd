/// A place between two scalars that a pattern asks for.
enum PatternAssertion: Sendable {
  case textStart
  case textEnd
  case wordBoundary
  case noWordBoundary
}

/// The tree of a pattern. How deep it is, the parser limits.
indirect enum PatternNode: Sendable {
  case empty
  case set(ScalarSet)
  case assertion(PatternAssertion)
  case concatenation([PatternNode])
  case alternation([PatternNode])
  /// At least `minimum` and at most `maximum` times; nil is without limit.
  case repetition(PatternNode, minimum: Int, maximum: Int?)

  /// The scalars of a pattern that is nothing but a text, nil for others.
  var literal: [UInt32]? {
    switch self {
    case .set(let set): return set.single.map { [$0] }
    case .concatenation(let parts):
      var scalars: [UInt32] = []
      for part in parts {
        guard case .set(let set) = part, let scalar = set.single else { return nil }
        scalars.append(scalar)
      }
      return scalars
    default: return nil
    }
  }

  /// The longest text that is sure to be a part of every match; empty where there is none.
  var requiredText: [UInt32] {
    switch self {
    case .empty, .assertion, .alternation: return []
    case .set(let set): return set.single.map { [$0] } ?? []
    case .repetition(let part, let minimum, _): return minimum > 0 ? part.requiredText : []
    case .concatenation(let parts):
      var best: [UInt32] = []
      var run: [UInt32] = []
      for part in parts {
        if case .set(let set) = part, let scalar = set.single {
          run.append(scalar)
        } else {
          if run.count > best.count { best = run }
          run = []
          let inner = part.requiredText
          if inner.count > best.count { best = inner }
        }
      }
      return run.count > best.count ? run : best
    }
  }

  /// Whether a match can only be at the start of the text.
  var isAnchoredAtStart: Bool {
    switch self {
    case .assertion(.textStart): true
    case .concatenation(let parts): parts.first?.isAnchoredAtStart ?? false
    case .alternation(let parts): parts.allSatisfy { $0.isAnchoredAtStart }
    case .repetition(let part, let minimum, _): minimum > 0 && part.isAnchoredAtStart
    default: false
    }
  }
}
