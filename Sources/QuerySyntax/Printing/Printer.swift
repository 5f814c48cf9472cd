/// Writes trees in the canonical form of the language: keywords in lower case, clauses in the order
/// of the language page, brackets and backticks only where they are needed.
///
/// What it writes parses to the same tree, and that prints to the same text.
public struct Printer {
  var output = ""
  /// Whether each clause stands on a line of its own.
  private(set) var breaksLines = false
  /// Whether `in PERIOD` behind what is being written would be read as the clause.
  var allowsClauses = false

  /// What stands in the place of a parameter; nil leaves it.
  private var value: (NameNode) -> ExpressionNode? = { _ in nil }

  init(breaksLines: Bool = false) {
    self.breaksLines = breaksLines
  }

  /// A script, a statement a line, without a line end at its close.
  public static func print(_ script: Script) -> String {
    script.statements.map(print).joined(separator: "\n")
  }

  /// A statement on one line.
  public static func print(_ statement: Statement) -> String {
    text { $0.write(statement.kind) }
  }

  /// A query on one line, with what `value` gives in the place of its parameters.
  public static func print(
    _ query: Query, value: @escaping (NameNode) -> ExpressionNode? = { _ in nil }
  ) -> String {
    text(value) { $0.write(query) }
  }

  /// A list of rows on one line, with what `value` gives in the place of its parameters.
  public static func print(
    _ list: ListQuery, value: @escaping (NameNode) -> ExpressionNode? = { _ in nil }
  ) -> String {
    text(value) { $0.write(list) }
  }

  /// An expression.
  public static func print(_ expression: ExpressionNode) -> String {
    text { $0.write(expression, at: .condition) }
  }

  /// A period.
  public static func print(_ period: PeriodNode) -> String {
    text { $0.write(period) }
  }

  private static func text(
    _ value: @escaping (NameNode) -> ExpressionNode? = { _ in nil },
    _ write: (inout Printer) -> Void
  ) -> String {
    var printer = Printer()
    printer.value = value
    write(&printer)
    return printer.output
  }

  /// Writes a parameter, or its value.
  mutating func write(parameter name: NameNode) {
    switch value(name) {
    case nil, .parameter?: write("$" + name.text)
    case let value?: write(value, at: .sum, isValue: true)
    }
  }

  /// Adds text as it is.
  mutating func write(_ text: String) {
    output += text
  }

  /// Writes elements with a comma between them.
  mutating func writeList<Element>(
    _ elements: [Element], _ write: (inout Printer, Element) -> Void
  ) {
    for (index, element) in elements.enumerated() {
      if index > 0 { output += ", " }
      write(&self, element)
    }
  }

  /// Begins a clause, on a new line where lines are broken.
  mutating func writeClause(_ word: String) {
    output += breaksLines ? "\n  " : " "
    output += word
  }
}
