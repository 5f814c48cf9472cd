import Diagnostics

extension Parser {
  /// Reads the `(*)` of `count(*)`, which is `count`; nil where something else stands there.
  func acceptCountOfRows(from start: Int) -> ExpressionNode? {
    let isCount = aggregateFunction(of: token(at: start)) == .count
    guard isCount, peek(2).symbol == .rightBracket else { return nil }
    index += 3
    return .aggregate(AggregateNode(function: .count, arguments: [], range: range(from: start)))
  }

  /// The aggregate of operands that stood in brackets; `count()` is `count`.
  ///
  ///     aggregate = function "(" ( arguments | "*" ) ")" | function operand | "count"
  ///     function = "count" | "sum" | "avg" | "mean" | "average" | "median" | "min" | "max"
  ///              | "stddev" | "variance" | "distinct" | "mode" | "percent" | "corr" | "quantile"
  ///              | PERCENTILE
  func aggregate(
    _ function: AggregateFunction, from start: Int, _ arguments: [ExpressionNode],
    _ filter: ExpressionNode?
  ) throws(ParseFailure) -> ExpressionNode {
    let wanted = Self.arity(of: function)
    if !wanted.contains(arguments.count) {
      let count = wanted.lowerBound == 1 ? "one operand" : "\(wanted.lowerBound) operands"
      throw ParseFailure(
        "wrong-operands", "\(quoted(token(at: start))) takes \(count), not \(arguments.count)",
        at: range(from: start))
    }
    return .aggregate(
      AggregateNode(
        function: function, arguments: arguments, filter: filter, range: range(from: start)))
  }

  /// Reads an aggregate whose operand stands behind it without brackets.
  ///
  ///     operand = name | PARAMETER | call | aggregate
  func parseDirectAggregate(
    _ function: AggregateFunction
  ) throws(ParseFailure) -> ExpressionNode {
    let start = index
    try enter()
    defer { depth -= 1 }
    let outer = isRightSide
    isRightSide = false
    defer { isRightSide = outer }
    index += 1
    let operand = try parsePrimary()
    return .aggregate(
      AggregateNode(function: function, arguments: [operand], range: range(from: start)))
  }

  /// Whether a token is an operand without brackets: a word that can follow an expression ends it.
  func startsDirectOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .word(let keyword): !(keyword?.followsOperand ?? false)
    case .quotedName, .parameter: true
    default: false
    }
  }

  private static func arity(of function: AggregateFunction) -> ClosedRange<Int> {
    switch function {
    case .count: 0...1
    case .distinct: 1...16
    case .correlation, .quantile: 2...2
    default: 1...1
    }
  }

  /// The aggregate that a word names, nil where it names none.
  func aggregateFunction(of token: Token) -> AggregateFunction? {
    // Most words are keywords or too short: they are told apart without a look at their letters.
    let length = token.range.upper - token.range.lower
    guard token.kind == .word(nil), length >= 2, length <= 16 else { return nil }
    return AggregateFunction(word: text(of: token).lowercased())
  }
}

extension AggregateFunction {
  /// The aggregates by their names in the language; the first name is the canonical one.
  static let names: [(function: AggregateFunction, names: [String])] = [
    (.count, ["count"]), (.sum, ["sum"]), (.average, ["avg", "mean", "average"]),
    (.median, ["median"]), (.minimum, ["min"]), (.maximum, ["max"]),
    (.standardDeviation, ["stddev"]), (.variance, ["variance"]), (.distinct, ["distinct"]),
    (.mode, ["mode"]), (.percent, ["percent"]), (.correlation, ["corr"]),
    (.quantile, ["quantile"]),
  ]

  private static let byName = Dictionary(
    names.flatMap { entry in entry.names.map { ($0, entry.function) } },
    uniquingKeysWith: { first, _ in first })

  /// The aggregate of a word in lower case: a name, or a percentile such as `p90` or `p99.9`.
  init?(word: String) {
    if let known = Self.byName[word] {
      self = known
      return
    }
    let digits = word.dropFirst()
    let isPercentile =
      word.hasPrefix("p") && digits.utf8.first?.isDigit == true
      && digits.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
    guard isPercentile, let percentile = Double(String(digits)), percentile > 0, percentile < 100
    else { return nil }
    self = .percentile(percentile, spelling: String(digits))
  }

  /// The name in the canonical form of the language.
  public var keyword: String {
    if case .percentile(_, let spelling) = self { return "p" + spelling }
    return Self.names.first { $0.function == self }?.names.first ?? ""
  }
}
