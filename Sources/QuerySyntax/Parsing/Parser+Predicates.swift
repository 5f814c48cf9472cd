import Diagnostics

extension Parser {
  /// Reads the test behind a value, whose operator stands at the place.
  func parseTest(
    _ operand: ExpressionNode, from start: Int
  ) throws(ParseFailure) -> ExpressionNode {
    if current.symbol != nil { return try parseComparison(operand, from: start) }
    let isNegated = current.keyword == .not
    switch peek(isNegated ? 1 : 0).keyword {
    case .in: return try parseMembership(operand, from: start, isNegated: isNegated)
    case .between: return try parseRange(operand, from: start, isNegated: isNegated)
    case .is: return try parseMissingTest(operand, from: start)
    default: return try parseSearch(operand, from: start, isNegated: isNegated)
    }
  }

  /// Reads the operator and the right side of a comparison; there is never a second one.
  ///
  ///     comparison = ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum
  private func parseComparison(
    _ left: ExpressionNode, from start: Int
  ) throws(ParseFailure) -> ExpressionNode {
    guard let operation = current.symbol?.comparison else { return left }
    index += 1
    let right = try parseRightSide()
    if current.symbol?.comparison != nil { throw leftover() }
    return .comparison(
      ComparisonNode(operation: operation, left: left, right: right, range: range(from: start)))
  }

  /// Reads the operand behind an operator of comparison, where `today` and `last month` are
  /// periods.
  func parseRightSide() throws(ParseFailure) -> ExpressionNode {
    let outer = isRightSide
    isRightSide = true
    defer { isRightSide = outer }
    return try parseSum()
  }

  /// Reads the ends of a range.
  ///
  ///     range = [ "not" ] "between" sum "and" sum
  private func parseRange(
    _ operand: ExpressionNode, from start: Int, isNegated: Bool
  ) throws(ParseFailure) -> ExpressionNode {
    index += isNegated ? 2 : 1
    let lower = try parseRightSide()
    try expect(.and)
    let upper = try parseRightSide()
    return .between(
      BetweenNode(
        operand: operand, lower: lower, upper: upper, isNegated: isNegated,
        range: range(from: start)))
  }

  /// Reads a search in a text.
  ///
  ///     search = [ "not" ] ( "contains" | "starts" "with" | "ends" "with" | "matches" ) sum
  private func parseSearch(
    _ operand: ExpressionNode, from start: Int, isNegated: Bool
  ) throws(ParseFailure) -> ExpressionNode {
    if isNegated { index += 1 }
    let operation: TextMatchOperator
    switch current.keyword {
    case .contains: operation = .contains
    case .matches: operation = .matches
    case .starts: operation = .startsWith
    default: operation = .endsWith
    }
    index += 1
    if operation == .startsWith || operation == .endsWith { try expect(.with) }
    let pattern = try parseRightSide()
    return .textMatch(
      TextMatchNode(
        operation: operation, operand: operand, pattern: pattern, isNegated: isNegated,
        range: range(from: start)))
  }

  /// Reads a test for a missing value.
  ///
  ///     missing = "is" [ "not" ] ( "missing" | "null" )
  private func parseMissingTest(
    _ operand: ExpressionNode, from start: Int
  ) throws(ParseFailure) -> ExpressionNode {
    index += 1
    let isNegated = accept(.not)
    guard accept(.missing) || accept(.null) else {
      throw expected("'missing'", help: "compare with '=', or write 'is missing'")
    }
    return .missingTest(
      MissingTestNode(operand: operand, isNegated: isNegated, range: range(from: start)))
  }
}
