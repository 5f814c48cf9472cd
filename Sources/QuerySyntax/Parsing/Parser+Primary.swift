import Diagnostics

extension Parser {
  /// Reads a literal, a name, a call, an aggregate or an expression in brackets.
  ///
  ///     primary = NUMBER | PERCENT | DURATION | TEXT | period | PARAMETER | name
  ///             | call | aggregate | "(" condition ")"
  func parsePrimary() throws(ParseFailure) -> ExpressionNode {
    switch current.kind {
    case .symbol(.leftBracket): return try parseBracketed()
    case .word where !(isRightSide && startsRelativePeriod(at: index)): return try parseWord()
    default: return try parseAtom()
    }
  }

  /// Reads what has no parts.
  private func parseAtom() throws(ParseFailure) -> ExpressionNode {
    let token = current
    let isSpan = peek().symbol == .span
    if token.kind == .period || token.isWord || isSpan && startsPeriod(at: index) {
      return .period(try parsePeriod())
    }
    index += 1
    switch token.kind {
    case .number: return .number(number(of: token))
    case .percent: return .percent(number(of: token))
    case .duration: return .duration(try duration(of: token))
    case .text: return .text(TextNode(value: unquoted(token), range: token.range))
    case .parameter: return .parameter(name(of: token))
    case .quotedName: return .name(name(of: token))
    case .invalid: return .invalid(InvalidNode(range: token.range))
    default:
      index -= 1
      throw expected("a value")
    }
  }

  /// Reads an expression in brackets, where `in` is always the operator.
  private func parseBracketed() throws(ParseFailure) -> ExpressionNode {
    let open = index
    try enter()
    defer { depth -= 1 }
    let outer = (allowsClauses, isRightSide)
    (allowsClauses, isRightSide) = (false, false)
    defer { (allowsClauses, isRightSide) = outer }
    index += 1
    let expression = try parseCondition()
    try close(open)
    lastBracketed = open..<index
    return expression
  }

  /// Reads what begins with a bare word.
  private func parseWord() throws(ParseFailure) -> ExpressionNode {
    if peek().symbol == .leftBracket { return try parseCall() }
    if startsDirectOperand(peek()), let function = aggregateFunction(of: current) {
      return try parseDirectAggregate(function)
    }
    return parseLoneWord()
  }

  /// Reads a word without operand: `count`, or the name of a column or measure.
  private func parseLoneWord() -> ExpressionNode {
    let token = current
    index += 1
    return aggregateFunction(of: token) == .count
      ? .aggregate(AggregateNode(function: .count, arguments: [], range: token.range))
      : .name(name(of: token))
  }

  /// Reads a function or an aggregate with its arguments.
  ///
  ///     call = WORD "(" [ arguments ] ")"
  private func parseCall() throws(ParseFailure) -> ExpressionNode {
    let start = index
    if let word = current.keyword, word != .if, word.followsOperand || word == .not {
      throw expected("a value")
    }
    index += 1
    if peek().symbol == .star, let count = acceptCountOfRows(from: start) { return count }
    let (arguments, filter) = try parseArguments()
    if let function = aggregateFunction(of: token(at: start)) {
      return try aggregate(function, from: start, arguments, filter)
    }
    return try call(from: start, arguments, filter)
  }

  /// The call of a function with arguments that stood in brackets.
  private func call(
    from start: Int, _ arguments: [ExpressionNode], _ filter: ExpressionNode?
  ) throws(ParseFailure) -> ExpressionNode {
    let function = name(of: token(at: start))
    if let filter {
      throw ParseFailure(
        "filter-in-call",
        "\(DisplayText.quoted(function.text)) is no aggregate and takes no 'if'",
        at: filter.range, help: "write if(condition, value, other value)")
    }
    return .call(CallNode(function: function, arguments: arguments, range: range(from: start)))
  }

  /// Reads arguments in brackets, and behind them the condition that an aggregate may have.
  ///
  ///     arguments = condition { "," condition } [ "," ] [ "if" condition ]
  func parseArguments() throws(ParseFailure) -> ([ExpressionNode], ExpressionNode?) {
    let open = index
    try enter()
    defer { depth -= 1 }
    let outer = (allowsClauses, isRightSide)
    (allowsClauses, isRightSide) = (false, false)
    defer { (allowsClauses, isRightSide) = outer }
    try expect(.leftBracket)
    if accept(.rightBracket) { return ([], nil) }
    var arguments = [try parseCondition()]
    while accept(.comma), !isListOver {
      arguments.append(try parseCondition())
    }
    let filter = accept(.if) ? try parseCondition() : nil
    try close(open)
    return (arguments, filter)
  }
}
