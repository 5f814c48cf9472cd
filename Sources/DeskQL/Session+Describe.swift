import CivilTime
import ColumnStore
import Diagnostics
import MetricCatalog
import QueryPlanning
import QuerySyntax
import Results

extension Session {
  /// What is known of a measure, definition, column or dataset, one property a row.
  func describe(_ name: NameNode) throws(Diagnostic) -> ResultTable {
    let state = snapshot()
    let folded = Schema.folded(name.text)
    if !name.isQuoted {
      if let definition = state.definitions[folded] {
        return describe(definition)
      }
      if let record = catalog.record(named: folded) { return describe(record, state) }
    }
    if let table = describeColumn(name.text, state) { return table }
    if let dataset = state.store.model.index(of: name.text) {
      return try show(
        ShowStatement(
          subject: .columns,
          of: NameNode(text: state.store.tables[dataset].name, range: name.range)))
    }
    let candidates = catalog.names + state.store.tables.flatMap { $0.schema.columns.map(\.name) }
    let nearest = closestMatch(to: name.text, among: candidates)
    throw Diagnostic(
      "unknown-name", "nothing is called '\(name.text.prefix(60))'", at: name.range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "`show metrics` lists the measures, `show columns` the columns")
  }

  private static func properties(_ title: String, _ rows: [(String, String)]) -> ResultTable {
    let shown = rows.filter { !$0.1.isEmpty }
    return .texts(
      "describe \(title)", [("property", shown.map(\.0)), ("value", shown.map(\.1))])
  }

  private func describe(_ definition: DefinitionStatement) -> ResultTable {
    let formula = Printer.print(definition.expression)
    return Self.properties(
      definition.name.text,
      [
        ("name", definition.name.text), ("meaning", definition.description?.value ?? ""),
        (
          "formula",
          definition.filter.map { "\(formula) if \(Printer.print($0))" } ?? formula
        ),
      ])
  }

  private func describe(_ record: MeasureRecord, _ state: SessionState) -> ResultTable {
    let formulas = record.formulas.map { formula in
      let text = Printer.print(formula.expression)
      return formula.filter.map { "\(text) if \(Printer.print($0))" } ?? text
    }
    let needed = record.formulas.map { formula in
      let names =
        ExpressionNames.all(formula.expression)
        + (formula.filter.map(ExpressionNames.all) ?? [])
      var seen: [String] = []
      for name in names where !seen.contains(name) {
        seen.append(["good", "bad"].contains(name) ? "score" : name)
      }
      return seen.joined(separator: ", ")
    }
    let figures = record.benchmarks.map { "\($0.industry) \(Self.plain($0.value))" }
    var rows = [
      ("name", record.name), ("also called", record.aliases.joined(separator: ", ")),
      ("meaning", record.title), ("formula", formulas.joined(separator: "  otherwise  ")),
      ("unit", record.unit.rawValue),
      ("better", record.better == .none ? "" : record.better.rawValue),
      ("dataset", record.dataset), ("survey kind", record.kind ?? ""),
      ("needs", needed.filter { !$0.isEmpty }.joined(separator: "  or  ")),
      ("published figure", record.figure), ("by industry", figures.joined(separator: ", ")),
      ("source", record.source),
    ]
    if record.kind == "csat", let scale = scaleText(state) { rows.append(("scale", scale)) }
    return Self.properties(record.name, rows)
  }

  static func plain(_ value: Double) -> String {
    Int(exactly: value).map { String($0) } ?? String(value)
  }

  /// The scale of the satisfaction ratings in words.
  private func scaleText(_ state: SessionState) -> String? {
    guard let dataset = state.store.model.index(of: "surveys"),
      let scale = Binder(state.context(catalog)).csatScale(dataset: dataset)
    else { return nil }
    switch scale {
    case .numbers(let low, let high, let good, let bad):
      return "\(Self.plain(low)) to \(Self.plain(high)): good from \(Self.plain(good)), bad up to "
        + Self.plain(bad)
    case .words(let good, let bad, let other, let unknown):
      var text = "good: \(good.joined(separator: ", ")); bad: \(bad.joined(separator: ", "))"
      if !other.isEmpty { text += "; neither: \(other.joined(separator: ", "))" }
      if !unknown.isEmpty { text += "; not known: \(unknown.joined(separator: ", "))" }
      return text
    }
  }

  /// The scale of the ratings in a table in words, by their kinds where there are several.
  private func scaleText(of table: Table, _ dataset: Int, _ state: SessionState) -> String {
    let kinds =
      table.schema.index(of: "kind").map { state.facts.values(dataset: dataset, column: $0) }
      ?? ["csat"]
    let texts = kinds.compactMap { kind -> String? in
      let scale: String?
      switch kind.lowercased() {
      case "nps": scale = "0 to 10: promoters from 9, detractors up to 6"
      case "ces":
        let span = state.settings.cesScale ?? 1...7
        scale = "\(Self.plain(span.lowerBound)) to \(Self.plain(span.upperBound))"
      case "csat": scale = scaleText(state)
      default: scale = nil
      }
      return kinds.count > 1 ? scale.map { "\(kind): \($0)" } : scale
    }
    return texts.joined(separator: "; ")
  }

  private func describeColumn(_ name: String, _ state: SessionState) -> ResultTable? {
    for (dataset, table) in state.store.tables.enumerated() {
      guard let index = table.schema.index(of: name) else { continue }
      let info = table.schema.columns[index]
      let column = table.columns[index]
      let missing = (0..<table.rowCount).reduce(0) { $0 + (column.isMissing($1) ? 1 : 0) }
      var rows = [
        ("name", info.name), ("dataset", table.name), ("header", info.header),
        ("type", info.type.rawValue), ("why", info.remark),
        ("rows", LoadSummary.grouped(table.rowCount)), ("missing", LoadSummary.grouped(missing)),
      ]
      if case .number(let numbers) = column, missing < table.rowCount {
        rows.append(("range", range(numbers, info.type, state)))
      }
      let counted = state.facts.counted(dataset: dataset, column: index)
      if !counted.isEmpty {
        rows.append(("distinct", LoadSummary.grouped(counted.count)))
        let top = counted.prefix(10).map { "\($0.text) (\(LoadSummary.grouped($0.count)))" }
        rows.append(("top values", top.joined(separator: ", ")))
      }
      if info.name == "score" { rows.append(("scale", scaleText(of: table, dataset, state))) }
      return Self.properties(info.name, rows)
    }
    return nil
  }

  private func range(
    _ numbers: NumberColumn, _ type: ColumnType, _ state: SessionState
  ) -> String {
    let known = (0..<numbers.count).lazy.compactMap { numbers.double($0) }
    guard let low = known.min(), let high = known.max() else { return "" }
    func text(_ value: Double) -> String {
      switch type {
      case .time:
        return CivilText.instant(
          Int64(exactly: value.rounded(.down)) ?? 0, zone: state.settings.zone)
      case .date: return CivilText.date(days: Int((value / 86_400).rounded(.down)))
      case .boolean: return value == 0 ? "false" : "true"
      case .duration: return "\(Self.plain(value)) s"
      default: return Self.plain(value)
      }
    }
    return "\(text(low)) to \(text(high))"
  }
}
