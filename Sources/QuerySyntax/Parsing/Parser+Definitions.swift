import Diagnostics

extension Parser {
  /// Reads a definition of a row value or a measure.
  ///
  ///     define = "define" name "=" condition [ "if" condition ] [ text ]
  func parseDefinition() throws(ParseFailure) -> DefinitionStatement {
    index += 1
    let name = try parseName("a name")
    try expect(.equal)
    let expression = try parseCondition()
    let filter = accept(.if) ? try parseCondition() : nil
    let description = current.kind == .text ? try parseText("a description") : nil
    return DefinitionStatement(
      name: name, expression: expression, filter: filter, description: description)
  }

  /// Reads a parameter with its default.
  ///
  ///     param = "param" name "=" literal
  func parseParameter() throws(ParseFailure) -> ParameterStatement {
    index += 1
    let name = try parseName("a name")
    try expect(.equal)
    return ParameterStatement(name: name, value: try parseLiteral())
  }

  /// Reads a value that stands alone; a bare word stands for text or a state such as `off`.
  ///
  ///     literal = [ "-" ] NUMBER | PERCENT | DURATION | TEXT | period | name
  func parseLiteral() throws(ParseFailure) -> ExpressionNode {
    let start = index
    let value = try parseRightSide()
    switch value {
    case .number, .percent, .duration, .text, .period, .name, .invalid:
      return value
    case .negation(let node):
      if case .number = node.operand { return value }
    case .aggregate:
      // A bare `count` is a word like any other here.
      if index == start + 1 { return .name(self.name(of: token(at: start))) }
    default: break
    }
    throw ParseFailure(
      "no-literal", "a plain value should stand here", at: range(from: start),
      help: "write a number, text in quotes, a duration or a period")
  }

  /// Reads a goal for a measure.
  ///
  ///     goal = "goal" sum ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) literal
  func parseGoal() throws(ParseFailure) -> GoalStatement {
    index += 1
    let measure = try parseSum()
    guard let operation = current.symbol?.comparison else {
      throw expected("a comparison", help: "write a goal such as 'goal csat >= 85%'")
    }
    index += 1
    return GoalStatement(measure: measure, operation: operation, value: try parseLiteral())
  }

  /// Reads a measure of the built-in catalog.
  ///
  ///     measure = "measure" name "=" formula { "otherwise" formula }
  ///               "with" "(" attribute { "," attribute } [ "," ] ")"
  func parseMeasure() throws(ParseFailure) -> MeasureStatement {
    index += 1
    let name = try parseName("a name")
    try expect(.equal)
    var formulas: [MeasureStatement.Formula] = []
    repeat { formulas.append(try parseFormula()) } while accept(.otherwise)
    try expect(.with)
    let open = index
    try expect(.leftBracket)
    var attributes: [MeasureStatement.Attribute] = []
    repeat {
      if current.symbol == .rightBracket { break }
      attributes.append(try parseAttribute())
    } while accept(.comma)
    try close(open)
    return MeasureStatement(name: name, formulas: formulas, attributes: attributes)
  }

  /// Reads one way to compute a measure.
  ///
  ///     formula = sum [ "if" condition ]
  private func parseFormula() throws(ParseFailure) -> MeasureStatement.Formula {
    arithmeticCount = 0
    let expression = try parseSum()
    let filter = accept(.if) ? try parseCondition() : nil
    return MeasureStatement.Formula(expression: expression, filter: filter)
  }

  /// Reads an attribute of a measure.
  ///
  ///     attribute = name "=" ( value | "(" value { "," value } [ "," ] ")" )
  private func parseAttribute() throws(ParseFailure) -> MeasureStatement.Attribute {
    arithmeticCount = 0
    let name = try parseName("the name of an attribute")
    try expect(.equal)
    let values = current.symbol == .leftBracket ? try parseValues() : [try parseRightSide()]
    return MeasureStatement.Attribute(name: name, values: values)
  }
}
