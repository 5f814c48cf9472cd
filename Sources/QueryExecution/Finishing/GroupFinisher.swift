import ColumnStore
import QueryPlanning
import Results

/// Finishes a query whose rows are the groups of one task, column by column: no row is made of
/// several groups, nor compared with others.
struct GroupFinisher {
  private let plan: QueryPlan
  private let table: GroupTable
  private let settings: PlanningSettings
  private let cancellation: CancellationFlag
  private let evaluator: FormulaEvaluator
  private let order: KeyOrder

  /// nil where rows need more than their own group.
  init?(
    plan: QueryPlan, tables: QueryTables, settings: PlanningSettings,
    cancellation: CancellationFlag
  ) {
    let query = plan.query
    let options = query.options
    let isPlain =
      plan.tasks.count == 1 && plan.tasks[0].showsGroups && !query.keys.isEmpty
      && query.baseline == nil && !query.isPivoted && query.axis == nil
      && !options.showsCounts && !options.showsTotal && !options.showsShare && !options.showsOther
      && options.interval == nil && options.rank == nil && !options.isRunning
      && options.rolling == nil
    let hasIntervals = settings.showsIntervals && plan.measures.contains { $0.sampling != .none }
    let isRankedApart = query.ranking.map { $0.per != nil || $0.isFair } ?? false
    guard isPlain, !hasIntervals, !isRankedApart, let table = tables.main.first else { return nil }
    self.plan = plan
    self.table = table
    self.settings = settings
    self.cancellation = cancellation
    evaluator = FormulaEvaluator(tables: tables.main)
    order = KeyOrder(table.keys)
  }

  func finish() throws(ExecutionError) -> ResultTable {
    var groups = try order.sorted(cancellation)
    try cancellation.check()
    if let having = plan.having {
      groups = GroupSelection(
        groups.filter {
          evaluator.holds(having, SingleGroup(group: $0), keys: table.keys[$0])
        })
    }
    try cancellation.check()
    let query = plan.query
    if let ranking = query.ranking, let by = plan.rankBy {
      groups = sorted(
        groups, by: [(by.formula, !ranking.isBottom)], first: ranking.count)
    }
    let count = groups.count
    try cancellation.check()
    if !plan.order.isEmpty {
      let wanted = query.limit.map { query.offset.addingReportingOverflow($0) }
      groups = sorted(
        groups, by: plan.order,
        first: wanted.map { $0.overflow ? count : $0.partialValue } ?? count)
    }
    try cancellation.check()
    groups = groups.run(offset: query.offset, limit: query.limit)
    var result = ResultTable(
      title: query.title, columns: try columns(groups), notes: query.notes,
      uncutRowCount: groups.count == count ? nil : count)
    result.chart = query.chart
    return result
  }

  // MARK: Order

  /// A sort key of all groups: a larger value comes later, a missing one last.
  private enum SortKey {
    case ranks(key: Int, isDescending: Bool)
    case numbers(GroupNumbers, isDescending: Bool)
  }

  /// The first groups by formulas, missing values last, ties in the order they had.
  private func sorted(
    _ groups: GroupSelection,
    by formulas: [(formula: Formula<PrimitiveSlot>, isDescending: Bool)], first count: Int
  ) -> GroupSelection {
    let keys = formulas.map { formula, isDescending in
      if case .key(let key) = formula { return SortKey.ranks(key: key, isDescending: isDescending) }
      return .numbers(numbers(formula, of: groups), isDescending: isDescending)
    }
    let best = Selection.first(count, of: groups.count) { left, right in
      for key in keys {
        switch key {
        case .ranks(let key, let isDescending):
          let a = order.rank(groups[left], key: key)
          let b = order.rank(groups[right], key: key)
          if a == b { continue }
          if a == .max || b == .max { return b == .max }
          return isDescending ? a > b : a < b
        case .numbers(let numbers, let isDescending):
          let (a, b) = (numbers[left], numbers[right])
          if let first = ValueOrder.precedes(a, b, isDescending: isDescending) { return first }
        }
      }
      return left < right
    }
    return GroupSelection(best.map { groups[$0] })
  }

  private func numbers(
    _ formula: Formula<PrimitiveSlot>, of groups: GroupSelection
  ) -> GroupNumbers {
    evaluator.numbers(formula, of: groups)
  }

  // MARK: Columns

  private func columns(_ groups: GroupSelection) throws(ExecutionError) -> [ResultColumn] {
    let formatter = KeyFormatter(settings: settings)
    var columns: [ResultColumn] = []
    for (key, column) in zip(plan.query.keys, table.keys.columns) {
      columns.append(
        ResultColumn(
          name: key.name, unit: ValueUnit(key.type), role: .key,
          values: cells(column, key.type, groups, formatter)))
      try cancellation.check()
    }
    for planned in plan.measures {
      try cancellation.check()
      let measure = planned.measure
      columns.append(
        ResultColumn(
          name: measure.name, unit: measure.unit, better: measure.better, role: .measure,
          values: try evaluator.results(
            planned.formula, of: groups, type: planned.formula.operandType(plan),
            keys: formatter)))
    }
    return columns
  }

  /// The cells of a key: made once for each code where most codes occur.
  private func cells(
    _ column: GroupKeys.Column, _ type: RowType, _ groups: GroupSelection,
    _ formatter: KeyFormatter
  ) -> ResultValues {
    let domain = column.key.domain
    if domain > groups.count * 2 {
      return ResultValues(
        (0..<groups.count).map { formatter.value(column.value(groups[$0]), type) })
    }
    return ResultValues(
      codes: groups.take(column.codes),
      table: (0..<domain).map { formatter.value(column.key.value($0), type) })
  }
}
