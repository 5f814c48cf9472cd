import Diagnostics

@testable import QuerySyntax

/// Expressions as fully bracketed text, so that a test shows how one was read.
func outline(_ expression: ExpressionNode) -> String {
  switch expression {
  case .name(let node): node.isQuoted ? "`\(node.text)`" : node.text
  case .text(let node): "'\(node.value)'"
  case .number(let node): node.spelling
  case .percent(let node): node.spelling + "%"
  case .duration(let node): "\(node.seconds)s"
  case .period(let node): outline(node)
  case .parameter(let node): "$" + node.text
  case .call(let node): call(node.function.text, node.arguments)
  case .aggregate(let node):
    call(node.function.keyword, node.arguments) + (node.filter.map { " if " + outline($0) } ?? "")
  case .negation(let node): "(- \(outline(node.operand)))"
  case .not(let node): "(not \(outline(node.operand)))"
  case .arithmetic(let node):
    "(\(outline(node.left)) \(node.operation.rawValue) \(outline(node.right)))"
  case .comparison(let node):
    "(\(outline(node.left)) \(node.operation.rawValue) \(outline(node.right)))"
  case .logic(let node):
    "(" + node.operands.map(outline).joined(separator: " \(node.word.rawValue) ") + ")"
  case .membership(let node):
    "(\(outline(node.operand)) \(node.isNegated ? "not in" : "in") "
      + (node.isPeriod ? "" : "[") + node.values.map(outline).joined(separator: ", ")
      + (node.isPeriod ? "" : "]") + ")"
  case .between(let node):
    "(\(outline(node.operand)) \(node.isNegated ? "not between" : "between") "
      + "\(outline(node.lower)) and \(outline(node.upper)))"
  case .textMatch(let node):
    "(\(outline(node.operand)) \(node.isNegated ? "not " : "")\(node.operation.rawValue) "
      + "\(outline(node.pattern)))"
  case .missingTest(let node):
    "(\(outline(node.operand)) is \(node.isNegated ? "not " : "")missing)"
  case .within(let node): "(\(outline(node.operand)) within \(outline(node.limit)))"
  case .invalid: "?"
  }
}

private func call(_ name: String, _ arguments: [ExpressionNode]) -> String {
  name + "(" + arguments.map(outline).joined(separator: ", ") + ")"
}

/// A period as one word.
func outline(_ period: PeriodNode) -> String {
  switch period.form {
  case .span(let first, let last): "span(\(outline(first)), \(outline(last)))"
  case .parameter(let name): "period($\(name.text))"
  default: "period(\(Printer.print(period)))"
  }
}

/// Reads one statement that must have no errors.
func statement(_ text: String) throws -> StatementKind {
  let script = Parser.parse(SourceText(text))
  if let error = script.diagnostics.first { throw error }
  guard script.statements.count == 1, let only = script.statements.first else {
    throw Diagnostic("test", "\(script.statements.count) statements in '\(text)'")
  }
  return only.kind
}

/// Reads one query that must have no errors.
func query(_ text: String) throws -> Query {
  guard case .query(let query) = try statement(text) else {
    throw Diagnostic("test", "no query: '\(text)'")
  }
  return query
}

/// How a condition is read behind `where`.
func condition(_ text: String) throws -> String {
  try query("tickets where " + text).clauses.filter.map(outline) ?? "none"
}

/// How an item is read.
func item(_ text: String) throws -> String {
  try query(text).items.map { outline($0.expression) }.joined(separator: "; ")
}

/// The codes of a text's errors, in order.
func codes(_ text: String) -> [String] {
  Parser.parse(SourceText(text)).diagnostics.map(\.code)
}

/// The words under the carets of a text's errors, in order.
func faults(_ text: String) -> [String] {
  let source = SourceText(text)
  return Parser.parse(source).diagnostics.map { $0.range.map { source.text(of: $0) } ?? "" }
}

/// A tree as text without places, to compare trees of different texts.
func structure(_ value: Any) -> String {
  let mirror = Mirror(reflecting: value)
  if mirror.children.isEmpty { return String(describing: value) }
  let parts = mirror.children.compactMap { child -> String? in
    if child.label == "range" || child.label == "isQuoted" { return nil }
    return "\(child.label ?? ""):\(structure(child.value))"
  }
  let name = mirror.displayStyle == .enum ? "" : String(describing: mirror.subjectType)
  return "\(name)(\(parts.joined(separator: ",")))"
}
