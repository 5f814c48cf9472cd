import Diagnostics

extension Parser {
  /// Whether `in` behind an operand is the operator rather than the clause `in PERIOD`.
  ///
  /// `created in 2024-03` is the operator; behind a whole condition (`channel = email in 2024-03`)
  /// or a bracketed operand (`(escalated) in 2024-03`) the clause begins.
  func isMembership(_ operand: ExpressionNode, from start: Int, isNegated: Bool) -> Bool {
    let next = peek(isNegated ? 2 : 1)
    if isNegated || !allowsClauses || next.symbol == .leftBracket { return true }
    let isBracketed = lastBracketed == start..<index
    return !isBracketed && startsPeriod(at: index + 1)
  }

  /// Reads a list in brackets or a bare period.
  ///
  ///     membership = [ "not" ] "in" ( "(" value { "," value } [ "," ] ")" | period )
  func parseMembership(
    _ operand: ExpressionNode, from start: Int, isNegated: Bool
  ) throws(ParseFailure) -> ExpressionNode {
    index += isNegated ? 2 : 1
    let isPeriod = current.symbol != .leftBracket
    var values: [ExpressionNode] = []
    if isPeriod {
      guard startsPeriod(at: index) else {
        let found = current.isWord || current.kind == .text ? "(\(text(of: current)))" : "(…)"
        throw expected(
          "a list in brackets or a period",
          help: "write 'in \(DisplayText.cut(found, toBytes: 60))'")
      }
      values = [.period(try parsePeriod())]
    } else {
      values = try parseValues()
    }
    return .membership(
      MembershipNode(
        operand: operand, values: values, isNegated: isNegated, isPeriod: isPeriod,
        range: range(from: start)))
  }

  /// Reads a bracketed list of values; an empty one is an error.
  ///
  ///     value = sum
  func parseValues() throws(ParseFailure) -> [ExpressionNode] {
    let open = index
    try enter()
    defer { depth -= 1 }
    let outer = allowsClauses
    allowsClauses = false
    defer { allowsClauses = outer }
    try expect(.leftBracket)
    var values = [try parseRightSide()]
    while accept(.comma), !isListOver {
      values.append(try parseRightSide())
    }
    try close(open)
    return values
  }
}
