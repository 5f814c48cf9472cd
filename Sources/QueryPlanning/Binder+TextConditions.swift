import ColumnStore
import Diagnostics
import QuerySyntax
import TextSearch

extension Binder {
  mutating func text(
    _ left: TypedRow, _ node: ComparisonNode, _ right: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    if case .name(let name) = right, let other = try row(named: name, at: place) {
      guard other.type == .text else {
        throw Diagnostic(
          "unit-mismatch", "'\(Self.short(name.text))' is \(other.type.words), but text is wanted",
          at: name.range, help: "put it in quotes to mean the text: '\(Self.short(name.text))'")
      }
      return .textCompare(node.operation, left.expression, other.expression)
    }
    if case .call = right {
      let other = try row(right, at: place)
      return .textCompare(node.operation, left.expression, other.expression)
    }
    try checkText(node, right)
    let word = try self.word(right)
    guard node.operation == .equal else {
      return .textCompare(node.operation, left.expression, .text(word))
    }
    if case .column(let path) = left.expression { warnUnseen(word, in: path, at: right.range) }
    return .textOneOf(left.expression, [word])
  }

  /// Refuses a text that is compared with a number: `10` is less than `9` as text, and what a
  /// built-in measure calls 1 is a number.
  private func checkText(_ node: ComparisonNode, _ right: ExpressionNode) throws(Diagnostic) {
    let isBuiltIn = expanding.last?.hasPrefix("measure ") ?? false
    guard node.operation != .equal || isBuiltIn else { return }
    let kind: String
    switch right {
    case .number: kind = "a plain number"
    case .percent: kind = "a percentage"
    case .duration: kind = "a duration"
    default: return
    }
    throw Diagnostic(
      "unit-mismatch",
      "'\(Self.short(Printer.print(node.left)))' is text, but \(Self.quoted(right)) is \(kind)",
      at: right.range, help: "compare with text in quotes: `'\(Self.short(Printer.print(right)))'`")
  }

  /// The text that a literal or bare word stands for.
  func word(_ node: ExpressionNode) throws(Diagnostic) -> String {
    switch node {
    case .name(let name): return name.text
    case .text(let text): return text.value
    case .number(let number): return number.spelling
    case .percent(let number): return number.spelling + "%"
    case .duration(let duration): return duration.spelling
    case .period: return Printer.print(node)
    case .parameter(let name): return try word(parameter(name))
    default:
      throw Diagnostic(
        "not-text", "text is wanted here", at: node.range, help: "put the text in quotes")
    }
  }

  /// Warns where no row holds a text and a similar one is there.
  mutating func warnUnseen(_ word: String, in path: ColumnPath, at range: SourceRange) {
    let values = context.facts.values(dataset: path.dataset, column: path.column)
    if values.isEmpty || values.contains(word) { return }
    let folded = word.lowercased()
    if values.contains(where: { $0.lowercased() == folded }) { return }
    let column = model.datasets[path.dataset].schema.columns[path.column].name
    let nearest = closestMatch(to: word, among: values)
    let warning = Diagnostic(
      "unseen-value", "no row has \(column) = '\(Self.short(word))'", at: range,
      severity: .warning, help: nearest.map { "did you mean '\($0)'?" })
    // A condition is bound once for every dataset that it filters.
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  mutating func textMatch(
    _ node: TextMatchNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    let operand = try row(node.operand, at: place)
    let pattern = try word(node.pattern)
    if node.operation == .matches { try checkPattern(pattern, at: node.pattern.range) }
    switch operand.type {
    case .text: return .textMatch(node.operation, operand.expression, pattern)
    case .tags:
      guard case .column(let path) = operand.expression else { return .always(false) }
      return .tagMatch(node.operation, path, pattern)
    default:
      throw Diagnostic(
        "wrong-type",
        "`\(node.operation.rawValue)` searches text, but "
          + "'\(Self.short(Printer.print(node.operand)))' is \(operand.type.words)",
        at: node.operand.range)
    }
  }

  func checkPattern(_ pattern: String, at range: SourceRange) throws(Diagnostic) {
    do {
      _ = try LinearPattern(pattern)
    } catch {
      throw Diagnostic("bad-pattern", error.message, at: range)
    }
  }
}
