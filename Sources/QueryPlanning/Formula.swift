import QuerySyntax

/// A formula over the aggregates of a group; `Leaf` says where a primitive's value is found.
public indirect enum Formula<Leaf: Hashable & Sendable>: Hashable, Sendable {
  case primitive(Leaf)
  case constant(Double)
  case missing
  case arithmetic(ArithmeticOperator, Formula, Formula)
  case negated(Formula)
  case absolute(Formula)
  case rounded(Formula, digits: Int)
  case choose(GroupTest<Leaf>, Formula, Formula)
  case coalesce([Formula])
  /// `100 * part / whole`
  case share(part: Leaf, whole: Leaf)
  /// `sum / count`
  case mean(sum: Leaf, count: Leaf)
  /// Sample variance or standard deviation from moments.
  case spread(Leaf, isRoot: Bool)
  /// The group's own key, in `having` and `order by`.
  case key(Int)

  /// The same formula with other leaves.
  public func map<Other>(_ transform: (Leaf) -> Other) -> Formula<Other> {
    switch self {
    case .primitive(let leaf): .primitive(transform(leaf))
    case .constant(let value): .constant(value)
    case .missing: .missing
    case .arithmetic(let operation, let left, let right):
      .arithmetic(operation, left.map(transform), right.map(transform))
    case .negated(let operand): .negated(operand.map(transform))
    case .absolute(let operand): .absolute(operand.map(transform))
    case .rounded(let operand, let digits): .rounded(operand.map(transform), digits: digits)
    case .choose(let test, let first, let second):
      .choose(test.map(transform), first.map(transform), second.map(transform))
    case .coalesce(let operands): .coalesce(operands.map { $0.map(transform) })
    case .share(let part, let whole): .share(part: transform(part), whole: transform(whole))
    case .mean(let sum, let count): .mean(sum: transform(sum), count: transform(count))
    case .spread(let leaf, let isRoot): .spread(transform(leaf), isRoot: isRoot)
    case .key(let index): .key(index)
    }
  }

  /// Calls `visit` with every leaf.
  public func forEachPrimitive(_ visit: (Leaf) -> Void) {
    _ = map { leaf in
      visit(leaf)
      return leaf
    }
  }
}

/// A condition on a group, for `having`.
public indirect enum GroupTest<Leaf: Hashable & Sendable>: Hashable, Sendable {
  case always(Bool)
  case all([GroupTest])
  case any([GroupTest])
  case not(GroupTest)
  case compare(ComparisonOperator, Formula<Leaf>, Formula<Leaf>)
  case isMissing(Formula<Leaf>)
  /// The text of a key is one of the words, without regard to case.
  case keyOneOf(Int, [String])
  case keyMatch(TextMatchOperator, Int, String)

  /// The same condition with other leaves.
  public func map<Other>(_ transform: (Leaf) -> Other) -> GroupTest<Other> {
    switch self {
    case .always(let value): .always(value)
    case .all(let parts): .all(parts.map { $0.map(transform) })
    case .any(let parts): .any(parts.map { $0.map(transform) })
    case .not(let part): .not(part.map(transform))
    case .compare(let operation, let left, let right):
      .compare(operation, left.map(transform), right.map(transform))
    case .isMissing(let operand): .isMissing(operand.map(transform))
    case .keyOneOf(let key, let words): .keyOneOf(key, words)
    case .keyMatch(let operation, let key, let pattern): .keyMatch(operation, key, pattern)
    }
  }

  /// Calls `visit` with every leaf.
  public func forEachPrimitive(_ visit: (Leaf) -> Void) {
    _ = map { leaf in
      visit(leaf)
      return leaf
    }
  }
}

/// How a measure varies by chance, and so what interval it has.
public enum Sampling<Leaf: Hashable & Sendable>: Hashable, Sendable {
  case none
  /// Wilson's interval.
  case share(part: Leaf, whole: Leaf)
  /// Student's t on the moments.
  case mean(moments: Leaf)
  /// The exact variance of the −100, 0, 100 values, by the normal law.
  case points(moments: Leaf)
  /// Order statistics.
  case quantile(Leaf)

  /// The same model with other leaves.
  public func map<Other>(_ transform: (Leaf) -> Other) -> Sampling<Other> {
    switch self {
    case .none: .none
    case .share(let part, let whole): .share(part: transform(part), whole: transform(whole))
    case .mean(let moments): .mean(moments: transform(moments))
    case .points(let moments): .points(moments: transform(moments))
    case .quantile(let values): .quantile(transform(values))
    }
  }

  /// Calls `visit` with every leaf.
  public func forEachPrimitive(_ visit: (Leaf) -> Void) {
    _ = map { leaf in
      visit(leaf)
      return leaf
    }
  }
}
