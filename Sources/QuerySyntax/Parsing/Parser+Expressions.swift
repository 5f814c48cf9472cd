import Diagnostics

extension Parser {
  /// Reads a condition.
  func parseCondition() throws(ParseFailure) -> ExpressionNode {
    try parseExpression(at: .condition)
  }

  /// Reads a value without a test, so that `in` behind it begins the clause.
  func parseSum() throws(ParseFailure) -> ExpressionNode {
    try parseExpression(at: .sum)
  }

  /// Reads an expression whose operators bind at least as tightly as a level.
  ///
  ///     condition = conjunction { "or" conjunction }
  ///     conjunction = negation { "and" negation }
  ///     negation = "not" negation | predicate
  ///     predicate = sum [ comparison | membership | range | search | missing ]
  ///     sum = product { ( "+" | "-" ) product }
  ///     product = unary { ( "*" | "/" ) unary }
  ///
  /// One function climbs all levels: with one for each, brackets would nest so many calls that the
  /// small stack of a thread is too little for the depth limit.
  func parseExpression(
    at minimum: BindingLevel
  ) throws(ParseFailure) -> ExpressionNode {
    let start = index
    if depth == 0, minimum <= .negation { arithmeticCount = 0 }
    let isNegated =
      current.keyword == .not && minimum <= .negation && startsOperand(peek())
    var left = isNegated ? try parseNot() : try parseUnary()
    // A second test cannot follow the first, and `not` has taken its own.
    var maximum: BindingLevel = isNegated ? .conjunction : .primary
    while let level = operatorLevel(behind: left, from: start), level >= minimum,
      level <= maximum
    {
      switch level {
      case .condition: left = try parseChain(.or, left, from: start)
      case .conjunction: left = try parseChain(.and, left, from: start)
      case .predicate: left = try parseTest(left, from: start)
      default: left = try parseArithmetic(left, from: start)
      }
      if level <= .predicate { maximum = .conjunction }
    }
    return left
  }

  /// The level of the operator at the place, nil where there is none.
  private func operatorLevel(behind left: ExpressionNode, from start: Int) -> BindingLevel? {
    let token = current
    if let symbol = token.symbol {
      if let operation = ArithmeticOperator(symbol) { return operation.level }
      return symbol.comparison == nil ? nil : .predicate
    }
    switch token.keyword {
    case .or: return .condition
    case .and: return .conjunction
    case .in: return isMembership(left, from: start, isNegated: false) ? .predicate : nil
    case .between, .contains, .matches, .starts, .ends, .is: return .predicate
    case .not:
      switch peek().keyword {
      case .in, .between, .contains, .matches, .starts, .ends: return .predicate
      default: return nil
      }
    default: return nil
    }
  }

  private func parseNot() throws(ParseFailure) -> ExpressionNode {
    let start = index
    try enter()
    defer { depth -= 1 }
    index += 1
    let operand = try parseExpression(at: .negation)
    return .not(PrefixNode(operand: operand, range: range(from: start)))
  }

  /// Reads the rest of a chain, which is kept flat so that a million terms nest no deeper than two.
  private func parseChain(
    _ word: LogicNode.Word, _ first: ExpressionNode, from start: Int
  ) throws(ParseFailure) -> ExpressionNode {
    var operands = [first]
    while accept(word == .or ? .or : .and) {
      operands.append(try parseExpression(at: word.level.tighter))
    }
    return .logic(LogicNode(word: word, operands: operands, range: range(from: start)))
  }

  private func parseArithmetic(
    _ left: ExpressionNode, from start: Int
  ) throws(ParseFailure) -> ExpressionNode {
    guard let operation = current.symbol.flatMap(ArithmeticOperator.init) else { return left }
    try countOperator()
    index += 1
    let right = try parseExpression(at: operation.level.tighter)
    return .arithmetic(
      ArithmeticNode(operation: operation, left: left, right: right, range: range(from: start)))
  }

  /// Counts an operator: each makes the tree one level higher, and all that walk it recurse.
  private func countOperator() throws(ParseFailure) {
    arithmeticCount += 1
    if arithmeticCount > Self.arithmeticLimit {
      throw ParseFailure(
        "expression-too-long",
        "one expression has more than \(Self.arithmeticLimit) operators of arithmetic",
        at: current.range, help: "split it into definitions with 'define'")
    }
  }

  /// Reads a negative sign, or a value and the limit behind it.
  ///
  ///     unary = "-" unary | postfix
  ///     postfix = primary [ "within" ( DURATION | PARAMETER ) ]
  private func parseUnary() throws(ParseFailure) -> ExpressionNode {
    let start = index
    if accept(.minus) {
      try enter()
      defer { depth -= 1 }
      let operand = try parseUnary()
      return .negation(PrefixNode(operand: operand, range: range(from: start)))
    }
    let operand = try parsePrimary()
    return current.keyword == .within ? try parseWithin(operand, from: start) : operand
  }

  private func parseWithin(
    _ operand: ExpressionNode, from start: Int
  ) throws(ParseFailure) -> ExpressionNode {
    index += 1
    let token = current
    let limit: ExpressionNode
    switch token.kind {
    case .duration: limit = .duration(try duration(of: token))
    case .parameter: limit = .parameter(name(of: token))
    default: throw expected("a duration", help: "write a duration such as 1h or 3d")
    }
    index += 1
    return .within(WithinNode(operand: operand, limit: limit, range: range(from: start)))
  }
}

extension ArithmeticOperator {
  /// The operation that a symbol stands for, nil where it stands for none.
  fileprivate init?(_ symbol: Symbol) {
    switch symbol {
    case .plus: self = .add
    case .minus: self = .subtract
    case .star: self = .multiply
    case .slash: self = .divide
    default: return nil
    }
  }
}
