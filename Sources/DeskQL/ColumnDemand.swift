import ColumnStore
import MetricCatalog
import QueryPlanning
import QuerySyntax

/// The columns that statements may look at, found from their words before any data is there.
///
/// It names too many rather than too few: every word of a statement, of the definitions and
/// formulas behind them, and the columns that are looked at without being named.
struct ColumnDemand {
  /// Names as `Schema.folded` writes them; nil is every column.
  private(set) var names: Set<String>? = Self.implied

  /// Keys, clocks and ratings.
  private static let implied: Set<String> = [
    "id", "ticket", "kind", "score", "nps_score", "ces_score", "responded", "sent", "created",
    "started", "date",
  ]
  /// Looked at for every snapshot: the first and last instant of all columns.
  private static let snapshots = Set(SnapshotFunction.allCases.map(\.rawValue))

  private let definitions: [String: DefinitionStatement]
  private let catalog: MeasureCatalog

  init(definitions: [String: DefinitionStatement], catalog: MeasureCatalog) {
    self.definitions = definitions
    self.catalog = catalog
  }

  /// Adds what a statement may look at.
  mutating func add(_ statement: Statement) {
    switch statement.kind {
    case .query, .define, .goal: addWords(of: Printer.print(statement))
    case .parameter, .set, .load, .include: break
    default: names = nil
    }
  }

  /// Adds the link to customers.
  mutating func addCustomerKey() { names?.insert("customer") }

  private mutating func addWords(of text: String) {
    let source = SourceText(text)
    for token in Lexer.tokens(of: source).tokens {
      switch token.kind {
      case .word, .quotedName: add(word(token, in: source))
      default: continue
      }
    }
  }

  private func word(_ token: Token, in source: SourceText) -> String {
    let bytes = source.bytes[token.range.lower..<token.range.upper]
    return Schema.folded(String(decoding: bytes, as: UTF8.self).filter { $0 != "`" })
  }

  private mutating func add(_ word: String) {
    if Self.snapshots.contains(word) { names = nil }
    guard names?.insert(word).inserted == true else { return }
    if word == "tag" { names?.insert("tags") }
    if let definition = definitions[word] {
      addWords(of: Printer.print(definition.expression))
      if let filter = definition.filter { addWords(of: Printer.print(filter)) }
    }
    if let record = catalog.record(named: word) {
      add(record.dataset)
      for formula in record.formulas {
        addWords(of: Printer.print(formula.expression))
        if let filter = formula.filter { addWords(of: Printer.print(filter)) }
      }
    }
  }
}
