import CivilTime
import QueryPlanning
import Results

/// Puts the groups of all tasks together: lines them up, filters, ranks, and computes the columns.
struct Finisher: Sendable {
  let plan: QueryPlan
  let tables: [GroupTable]
  let settings: PlanningSettings
  let evaluator: FormulaEvaluator

  init(plan: QueryPlan, tables: [GroupTable], settings: PlanningSettings) {
    self.plan = plan
    self.tables = tables
    self.settings = settings
    evaluator = FormulaEvaluator(tables: tables)
  }

  /// The result of the query.
  func finish() -> ResultTable {
    var rows = linedUp()
    fillAxis(&rows)
    let order = RowOrder(rows, keyCount: plan.query.keys.count)
    rows.sort { order.precedes($0, $1) }
    if let having = plan.having { rows.removeAll { !evaluator.holds(having, $0) } }
    rank(&rows)
    sort(&rows)
    let all = rows.count
    rows = Array(rows.dropFirst(plan.query.offset))
    if let limit = plan.query.limit { rows = Array(rows.prefix(limit)) }
    return ResultTable(
      title: plan.query.title, columns: keyColumns(rows) + measureColumns(rows),
      uncutRowCount: rows.count == all ? nil : all)
  }

  /// The groups of all tasks side by side: a full outer join on the keys. A query without keys has
  /// one row.
  private func linedUp() -> [GroupRow] {
    if plan.query.keys.isEmpty {
      return [GroupRow(keys: [], groups: tables.map { $0.count > 0 ? [0] : [] })]
    }
    var rows: [GroupRow] = []
    if tables.count == 1 {
      rows.reserveCapacity(tables[0].count)
      for (group, keys) in tables[0].keys.enumerated() {
        rows.append(GroupRow(keys: keys, groups: [[group]]))
      }
      return rows
    }
    var rowOf: [[KeyValue]: Int] = [:]
    for (task, table) in tables.enumerated() {
      for (group, keys) in table.keys.enumerated() {
        if let row = rowOf[keys] {
          rows[row].groups[task].append(group)
        } else if plan.tasks[task].showsGroups {
          rowOf[keys] = rows.count
          var groups = [[Int]](repeating: [], count: tables.count)
          groups[task] = [group]
          rows.append(GroupRow(keys: keys, groups: groups))
        }
      }
    }
    return rows
  }

  /// Adds the periods without rows to a time axis.
  private func fillAxis(_ rows: inout [GroupRow]) {
    guard let axis = plan.query.axis else { return }
    var present: Set<Int64> = []
    for row in rows { if case .integer(let bucket) = row.keys[0] { present.insert(bucket) } }
    guard let bounds = axis.bounds ?? span(present) else { return }
    guard bounds.count <= 1_000_000 else { return }
    for bucket in bounds where !present.contains(bucket) {
      rows.append(
        GroupRow(keys: [.integer(bucket)], groups: tables.map { _ in [] }))
    }
  }

  private func span(_ buckets: Set<Int64>) -> ClosedRange<Int64>? {
    guard let low = buckets.min(), let high = buckets.max() else { return nil }
    return low...high
  }

  // MARK: Order

  /// Keeps the N rows with the largest or smallest value, of each value of the `per` key.
  private func rank(_ rows: inout [GroupRow]) {
    guard let ranking = plan.query.ranking, let formula = plan.rankBy else { return }
    let ranked = sorted(rows, by: [(formula, !ranking.isBottom)])
    guard let per = ranking.per else {
      rows = Array(ranked.prefix(ranking.count))
      return
    }
    var taken: [KeyValue: [GroupRow]] = [:]
    var seen: [KeyValue] = []
    for row in rows where !seen.contains(row.keys[per]) { seen.append(row.keys[per]) }
    for row in ranked where taken[row.keys[per], default: []].count < ranking.count {
      taken[row.keys[per], default: []].append(row)
    }
    rows = seen.flatMap { taken[$0] ?? [] }
  }

  private func sort(_ rows: inout [GroupRow]) {
    if plan.order.isEmpty { return }
    rows = sorted(rows, by: plan.order)
  }

  /// Rows by formulas, missing values last, ties in the order they had.
  private func sorted(
    _ rows: [GroupRow], by order: [(formula: Formula<PrimitiveSlot>, isDescending: Bool)]
  ) -> [GroupRow] {
    let keyOrder = RowOrder(rows, keyCount: plan.query.keys.count)
    let values = rows.map { row in order.map { evaluator.number($0.formula, row) } }
    let indexes = rows.indices.sorted { left, right in
      for (position, key) in order.enumerated() {
        if case .key(let index) = key.formula {
          let (a, b) = (rows[left].keys[index], rows[right].keys[index])
          if a == b { continue }
          if a == .missing || b == .missing { return b == .missing }
          return keyOrder.precedes(a, b, key: index) != key.isDescending
        }
        switch (values[left][position], values[right][position]) {
        case (nil, nil): continue
        case (nil, _): return false
        case (_, nil): return true
        case (let a?, let b?):
          if a != b { return key.isDescending ? a > b : a < b }
        }
      }
      return left < right
    }
    return indexes.map { rows[$0] }
  }

  // MARK: Columns

  private func keyColumns(_ rows: [GroupRow]) -> [ResultColumn] {
    let formatter = KeyFormatter(settings: settings)
    return plan.query.keys.enumerated().map { index, key in
      ResultColumn(
        name: key.name, unit: ValueUnit(key.type), role: .key,
        values: rows.map { formatter.value($0.keys[index], key.type) })
    }
  }

  private func measureColumns(_ rows: [GroupRow]) -> [ResultColumn] {
    let formatter = KeyFormatter(settings: settings)
    return plan.measures.map { planned in
      let type = planned.formula.operandType(plan)
      return ResultColumn(
        name: planned.measure.name, unit: planned.measure.unit, better: planned.measure.better,
        role: .measure,
        values: rows.map {
          evaluator.result(planned.formula, $0, type: type, keys: formatter)
        })
    }
  }
}

extension Formula<PrimitiveSlot> {
  /// The type of the row values behind a bare minimum, maximum or mode.
  func operandType(_ plan: QueryPlan) -> RowType? {
    guard case .primitive(let slot) = self else { return nil }
    let primitive = plan.tasks[slot.task].primitives[slot.primitive]
    switch primitive.function {
    case .minimum, .maximum, .mode: return primitive.operands.first?.type
    default: return nil
    }
  }
}
