import CivilTime
import ColumnStore
import DatasetLoading
import Diagnostics
import MetricCatalog
import QueryPlanning
import QuerySyntax
import Results

extension Session {
  func show(_ statement: ShowStatement) throws(Diagnostic) -> ResultTable {
    let state = snapshot()
    switch statement.subject {
    case .metrics: return metrics()
    case .datasets: return datasets(state)
    case .columns: return try columns(state, of: statement.of)
    case .definitions: return definitions(state)
    case .settings: return settings(state)
    case .problems: return problems(state)
    case .goals: return goals(state)
    }
  }

  private func metrics() -> ResultTable {
    let records = catalog.records
    return .texts(
      "show metrics",
      [
        ("measure", records.map(\.name)), ("dataset", records.map(\.dataset)),
        ("unit", records.map(\.unit.rawValue)), ("better", records.map(\.better.rawValue)),
        ("meaning", records.map(\.title)),
      ])
  }

  private func datasets(_ state: SessionState) -> ResultTable {
    let tables = state.store.tables
    var table = ResultTable.texts("show datasets", [("dataset", tables.map(\.name))])
    table.columns.append(
      .counts("rows", tables.map(\.rowCount)))
    table.columns.append(.counts("columns", tables.map(\.columns.count)))
    let paths = tables.map { table in
      state.datasets.first { $0.table === table }?.report.path ?? "ratings in the ticket file"
    }
    table.columns.append(
      ResultColumn(name: "from", unit: .text, role: .key, values: paths.map { .text($0) }))
    return table
  }

  private func columns(
    _ state: SessionState, of name: NameNode?
  ) throws(Diagnostic) -> ResultTable {
    var rows: [(dataset: String, column: ColumnInfo)] = []
    for table in state.store.tables {
      if let name, Schema.folded(name.text) != Schema.folded(table.name) { continue }
      rows += table.schema.columns.map { (table.name, $0) }
    }
    if let name, rows.isEmpty {
      let nearest = closestMatch(to: name.text, among: state.store.tables.map(\.name))
      throw Diagnostic(
        "unknown-dataset", "no dataset is called '\(name.text)'", at: name.range,
        help: nearest.map { "did you mean `\($0)`?" } ?? "`show datasets` lists what is loaded")
    }
    return .texts(
      "show columns",
      [
        ("dataset", rows.map(\.dataset)), ("column", rows.map(\.column.name)),
        ("type", rows.map(\.column.type.rawValue)), ("header", rows.map(\.column.header)),
        ("why", rows.map(\.column.remark)),
      ])
  }

  private func definitions(_ state: SessionState) -> ResultTable {
    let all = state.definitionOrder.compactMap { state.definitions[$0] }
    return .texts(
      "show definitions",
      [
        ("name", all.map(\.name.text)),
        (
          "formula",
          all.map { definition in
            let formula = Printer.print(definition.expression)
            return definition.filter.map { "\(formula) if \(Printer.print($0))" } ?? formula
          }
        ),
        ("meaning", all.map { $0.description?.value ?? "" }),
      ])
  }

  private func settings(_ state: SessionState) -> ResultTable {
    let settings = state.settings
    func scale(_ range: ClosedRange<Double>?) -> String {
      range.map { "\(Int($0.lowerBound))..\(Int($0.upperBound))" } ?? "from the data"
    }
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let hours = zip(days, settings.hours).filter { !$0.1.isEmpty }.map { day, spans in
      "\(day) "
        + spans.map { "\(Self.clock($0.lowerBound))-\(Self.clock($0.upperBound))" }
        .joined(separator: " ")
    }
    let values: [String: String] = [
      "timezone": settings.zone.identifier, "week_start": settings.weekStart.rawValue,
      "today": CivilText.date(days: settings.currentDay), "hours": hours.joined(separator: ", "),
      "holidays": settings.holidays.sorted().map { CivilText.date(days: $0) }
        .joined(separator: ", "),
      "csat_scale": scale(settings.csatScale),
      "csat_good": settings.csatGood.map { String(Int($0)) } ?? "from the scale",
      "ces_scale": scale(settings.cesScale),
      "intervals": settings.showsIntervals ? "on" : "off",
    ]
    return .texts(
      "show settings",
      [("setting", Self.settingNames), ("value", Self.settingNames.map { values[$0] ?? "" })])
  }

  private static func clock(_ minute: Int) -> String {
    let (hour, rest) = (minute / 60, minute % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
  }

  private func problems(_ state: SessionState) -> ResultTable {
    let single = state.datasets.flatMap(\.report.problems)
    let all = single + state.offScaleProblems(limit: LoadReport.problemLimit)
    var table = ResultTable.texts("show problems", [("file", all.map(\.file))])
    for (name, places) in [("record", all.map(\.record)), ("line", all.map(\.line))] {
      // 0 stands for places that are not known.
      let values = places.map { $0 == 0 ? ResultValue.missing : .integer(Int64($0)) }
      table.columns.append(ResultColumn(name: name, unit: .count, role: .key, values: values))
    }
    for (name, texts) in [
      ("column", all.map(\.column)), ("text", all.map(\.text)), ("reason", all.map(\.reason)),
    ] {
      table.columns.append(
        ResultColumn(name: name, unit: .text, role: .key, values: texts.map { .text($0) }))
    }
    let total = state.datasets.reduce(0) { sum, dataset in
      sum + dataset.report.problemCounts.reduce(0) { $0 + $1.count }
        + dataset.offScale.reduce(0) { $0 + $1.count }
    }
    if total > all.count {
      table.notes.append("\(LoadSummary.grouped(total)) values in all; the first ones are listed")
    }
    return table
  }

  /// Every goal with the measure's value over all data, how far it is from the goal and whether it
  /// is met.
  private func goals(_ state: SessionState) -> ResultTable {
    let all = state.goals.sorted { $0.key < $1.key }.map(\.value)
    var values: [String] = []
    var gaps: [String] = []
    var met: [ResultValue] = []
    for goal in all {
      guard let found = try? query("\(Printer.print(goal.measure)) vs goal"), found.rowCount == 1
      else {
        values.append("")
        gaps.append("")
        met.append(.missing)
        continue
      }
      values.append(ResultFormatter.cell(of: found, column: 0, row: 0))
      let change = found.columns.firstIndex { $0.role == .companion(of: 0, .change) }
      gaps.append(change.map { ResultFormatter.cell(of: found, column: $0, row: 0) } ?? "")
      met.append(Self.isMet(found.columns[0].values[0], goal).map { .boolean($0) } ?? .missing)
    }
    var table = ResultTable.texts(
      "show goals",
      [
        ("measure", all.map { Printer.print($0.measure) }),
        ("goal", all.map { "\($0.operation.rawValue) \(Printer.print($0.value))" }),
        ("value", values), ("change", gaps),
      ])
    table.columns.append(ResultColumn(name: "met", unit: .boolean, role: .key, values: met))
    return table
  }

  private static func isMet(_ value: ResultValue, _ goal: GoalStatement) -> Bool? {
    guard let value = value.double else { return nil }
    let wanted: Double
    switch goal.value {
    case .number(let number), .percent(let number): wanted = number.value
    case .duration(let duration): wanted = duration.seconds
    default: return nil
    }
    switch goal.operation {
    case .equal: return value == wanted
    case .notEqual: return value != wanted
    case .less: return value < wanted
    case .lessOrEqual: return value <= wanted
    case .greater: return value > wanted
    case .greaterOrEqual: return value >= wanted
    }
  }
}

extension ResultTable {
  /// A table of texts; empty ones are missing.
  static func texts(_ title: String, _ columns: [(name: String, values: [String])]) -> ResultTable {
    ResultTable(
      title: title,
      columns: columns.map { name, values in
        ResultColumn(
          name: name, unit: .text, role: .key,
          values: values.map { $0.isEmpty ? .missing : .text($0) })
      })
  }
}

extension ResultColumn {
  /// A column of counts.
  static func counts(_ name: String, _ values: [Int]) -> ResultColumn {
    ResultColumn(
      name: name, unit: .count, role: .key, values: values.map { .integer(Int64($0)) })
  }
}
