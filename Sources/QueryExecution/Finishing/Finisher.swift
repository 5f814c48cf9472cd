import CivilTime
import ColumnStore
import QueryPlanning
import Results

/// Puts the groups of all tasks together: lines them up, filters, ranks, and computes the columns.
struct Finisher: Sendable {
  private let plan: QueryPlan
  private let tables: QueryTables
  private let settings: PlanningSettings
  private let cancellation: CancellationFlag
  private let evaluator: FormulaEvaluator

  init(
    plan: QueryPlan, tables: QueryTables, settings: PlanningSettings,
    cancellation: CancellationFlag
  ) {
    self.plan = plan
    self.tables = tables
    self.settings = settings
    self.cancellation = cancellation
    evaluator = FormulaEvaluator(tables: tables.main)
  }

  /// The result of the query.
  func finish() throws(ExecutionError) -> ResultTable {
    if let plain = GroupFinisher(
      plan: plan, tables: tables, settings: settings, cancellation: cancellation)
    {
      return try plain.finish()
    }
    let all = try GroupLineup.rows(plan, tables, settings, cancellation)
    var rows = all.map { ResultRow(row: $0) }
    if let windows = TimeWindows(all, plan) {
      for index in rows.indices {
        rows[index].window = windows.windows[index]
        rows[index].pivotWindows = windows.pivotWindows[index]
      }
    }
    try cancellation.check()
    let judge = RowJudge(tables, main: evaluator)
    if let having = plan.having {
      rows.removeAll { !judge.evaluator.holds(having, judge.cell($0.row), keys: $0.row.keys) }
    }
    try cancellation.check()
    let ranking = RowRanking(evaluator: judge.evaluator)
    let ranked = rows.map(\.row)
    var rest: [GroupRow] = []
    if let rule = plan.query.ranking, let by = plan.rankBy {
      let split = ranking.best(judge.rows(rows), rule, by: by)
      rest = split.rest.map { rows[$0].row }
      rows = split.kept.map { rows[$0] }
    }
    try cancellation.check()
    if !plan.order.isEmpty {
      rows = ranking.order(judge.rows(rows), by: plan.order).map { rows[$0] }
    }
    let count = rows.count
    rows = Array(rows.dropFirst(plan.query.offset))
    if let limit = plan.query.limit { rows = Array(rows.prefix(limit)) }
    let isCut = rows.count != count
    if plan.query.options.showsOther, !rest.isEmpty { rows.append(other(rest)) }
    if plan.query.options.showsTotal, rowKeyCount > 0 { rows.append(total(all)) }
    let columns = try ColumnBuilder(
      plan: plan, tables: tables, settings: settings, cancellation: cancellation, all: all,
      ranked: ranked, rows: rows
    ).columns()
    var table = ResultTable(
      title: plan.query.title, columns: columns, notes: plan.query.notes,
      uncutRowCount: isCut ? count : nil)
    table.chart = plan.query.chart
    if settings.showsIntervals { table.notes += thinNotes(rows) }
    return table
  }

  /// Below this many rows behind a share or mean, the result says so.
  private static let thinSample = 30.0

  /// Which shares and means rest on few rows.
  private func thinNotes(_ rows: [ResultRow]) -> [String] {
    let compared = FormulaEvaluator(tables: tables.baseline)
    // A change is no surer than the thinner of what it is between.
    func count(
      _ sample: Formula<PrimitiveSlot>, _ cell: GroupCell, _ baseline: GroupCell?
    ) -> Double? {
      let own = evaluator.number(sample, cell)
      guard !tables.baseline.isEmpty, let other = baseline.flatMap({ compared.number(sample, $0) })
      else { return own }
      return other > 0 ? own.map { min($0, other) } : own
    }
    return plan.measures.compactMap { measure in
      guard measure.sampling != .none, let sample = measure.sample else { return nil }
      let counts = rows.filter { $0.label == nil }
        .flatMap { row in
          plan.query.isPivoted
            ? row.row.pivot.values.map { count(sample, $0.cell, $0.baseline) }
            : [count(sample, row.row.cell, row.row.isUnfinished ? nil : row.row.baseline)]
        }
        .compactMap { $0 }
      let thin = counts.filter { $0 > 0 && $0 < Self.thinSample }
      guard let least = thin.min() else { return nil }
      let name = measure.measure.name
      if counts.count == 1 {
        return "\(name) rests on only \(Int(least)) \(least == 1 ? "row" : "rows")"
      }
      return "\(name) rests on fewer than 30 rows in \(thin.count) of \(counts.count) groups "
        + "(as few as \(Int(least)))"
    }
  }

  private var rowKeyCount: Int { plan.query.keys.count - (plan.query.isPivoted ? 1 : 0) }

  /// What `top` leaves out, as one row.
  private func other(_ rest: [GroupRow]) -> ResultRow {
    ResultRow(row: merged(rest), label: "(other)")
  }

  /// All rows as one group: rows that belong to several groups count once.
  private func total(_ all: [GroupRow]) -> ResultRow {
    var row = merged(all)
    row.cell = GroupCell(groups: tables.totals.map { $0.count > 0 ? [0] : [] })
    if !tables.baselineTotals.isEmpty {
      row.baseline = GroupCell(groups: tables.baselineTotals.map { $0.count > 0 ? [0] : [] })
    }
    for value in row.pivot.keys {
      row.pivot[value] = total(under: value)
    }
    return ResultRow(row: row, label: "(total)", isTotal: true)
  }

  /// The total under one value of the key that becomes columns, with what it is compared with.
  private func total(under value: KeyValue) -> PivotCell {
    var total = PivotCell(cell: cell(of: value, tables.pivotTotals))
    guard case .bucket(let key, let grain, let isYear, let current)? = plan.query.baseline?.source
    else {
      if !tables.baselinePivotTotals.isEmpty {
        total.baseline = cell(of: value, tables.baselinePivotTotals)
      }
      return total
    }
    guard key == rowKeyCount, case .integer(let bucket) = value else { return total }
    total.isUnfinished = bucket == current && !tables.unfinishedPivotTotals.isEmpty
    let earlier =
      total.isUnfinished ? tables.unfinishedPivotTotals : tables.baselinePivotTotals
    total.baseline = GroupCell(
      groups: earlier.map { table in
        table.keys.indices.filter { group in
          guard case .integer(let base)? = table.keys[group].first else { return false }
          return YearShift.after(base, grain, isYear: isYear, settings) == bucket
        }
      })
    return total
  }

  /// The groups that have this value as their only key; a table without keys is the same for all.
  private func cell(of value: KeyValue, _ tables: [GroupTable]) -> GroupCell {
    GroupCell(
      groups: tables.map { table in
        table.keys.indices.filter { table.keys.columns.isEmpty || table.keys[$0] == [value] }
      })
  }

  private func merged(_ rows: [GroupRow]) -> GroupRow {
    var result = GroupRow(
      keys: [KeyValue](repeating: .missing, count: rowKeyCount),
      cell: GroupCell(tasks: plan.tasks.count))
    for row in rows {
      result.cell = result.cell.merged(with: row.cell)
      if let baseline = row.baseline {
        result.baseline = (result.baseline ?? GroupCell(tasks: plan.tasks.count))
          .merged(with: baseline)
      }
      for (key, part) in row.pivot {
        var own = result.pivot[key] ?? PivotCell(cell: GroupCell(tasks: plan.tasks.count))
        own.cell = own.cell.merged(with: part.cell)
        if let baseline = part.baseline {
          own.baseline = (own.baseline ?? GroupCell(tasks: plan.tasks.count))
            .merged(with: baseline)
        }
        result.pivot[key] = own
      }
    }
    return result
  }
}

/// A row of the result with all that its columns need.
struct ResultRow: Sendable {
  var row: GroupRow
  /// The earlier rows that `running` and `rolling` take in.
  var window = TimeWindow()
  /// The same for each value of the key that becomes columns.
  var pivotWindows: [KeyValue: TimeWindow] = [:]
  /// `(total)`, `(other)`.
  var label: String?
  var isTotal = false
}
