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
  private var words: Set<String>? = []
  /// The roles whose rows are measured; nil where that is not plain to see.
  private var roles: Set<String>? = []

  /// Keys, clocks and ratings; a role in front stands for its column alone.
  private static let implied: Set<String> = [
    "id", "ticket", "kind", "score", "nps_score", "ces_score", "responded", "sent", "created",
    "started", "date", "tickets.id",
  ]
  /// Looked at for every snapshot: the first and last instant of all columns.
  private static let snapshots = Set(SnapshotFunction.allCases.map(\.rawValue))

  private let definitions: [String: DefinitionStatement]
  private let catalog: MeasureCatalog

  init(definitions: [String: DefinitionStatement], catalog: MeasureCatalog) {
    self.definitions = definitions
    self.catalog = catalog
  }

  /// What is known of the data before all columns are read.
  struct Data {
    /// Whether there may be other datasets than tickets and surveys.
    var hasOthers: Bool
    /// Whether all answers have a time of their own, so that none falls back to its ticket's.
    var hasAnswerTimes: Bool
  }

  /// The columns to read of such data; nil is every one.
  func names(of data: Data) -> Set<String>? {
    guard var names = words else { return nil }
    // Tickets may have a link to customers.
    if data.hasOthers { return names.union(Self.implied).union(["customer"]) }
    switch roles {
    // Ids that stand in several rows are told of.
    case ["tickets"]: names.formUnion(["created", "tickets.id"])
    case ["surveys"] where data.hasAnswerTimes:
      names.formUnion(Self.implied.subtracting(["id", "created"]))
    default: names.formUnion(Self.implied)
    }
    return names
  }

  /// Whether the columns depend on whether all answers have a time.
  var asksForAnswerTimes: Bool { words != nil && roles == ["surveys"] }

  /// Adds what a statement may look at.
  mutating func add(_ statement: Statement) {
    switch statement.kind {
    case .query(let query):
      addWords(of: Printer.print(statement))
      if query.clauses.from != nil || !query.items.allSatisfy(isMeasure) { roles = nil }
    case .define, .goal:
      addWords(of: Printer.print(statement))
      roles = nil
    case .parameter, .set, .load, .include: break
    default: words = nil
    }
  }

  /// Whether a column of a query is made of built-in measures alone, which tell their rows.
  private func isMeasure(_ item: QueryItem) -> Bool {
    item.adjustment.isEmpty && isMeasure(item.expression)
  }

  private func isMeasure(_ expression: ExpressionNode) -> Bool {
    switch expression {
    case .name(let name):
      let word = Schema.folded(name.text)
      return definitions[word] == nil && catalog.record(named: word) != nil
    case .aggregate(let aggregate):
      return !aggregate.arguments.isEmpty && aggregate.filter == nil
        && aggregate.arguments.allSatisfy(isMeasure)
    default: return false
    }
  }

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
    if Self.snapshots.contains(word) { words = nil }
    guard words?.insert(word).inserted == true else { return }
    if word == "tag" { words?.insert("tags") }
    if let definition = definitions[word] {
      addWords(of: Printer.print(definition.expression))
      if let filter = definition.filter { addWords(of: Printer.print(filter)) }
    }
    if let record = catalog.record(named: word) {
      roles?.insert(record.dataset)
      add(record.dataset)
      for formula in record.formulas {
        addWords(of: Printer.print(formula.expression))
        if let filter = formula.filter { addWords(of: Printer.print(filter)) }
      }
    }
  }
}
