import CivilTime
import ColumnStore
import QueryPlanning

/// Lines the groups of all tasks up on their keys, with what they are compared with, and adds the
/// periods without rows.
struct GroupLineup {
  private let plan: QueryPlan
  private let tables: QueryTables
  private let settings: PlanningSettings
  private let cancellation: CancellationFlag
  private var rows: [GroupRow] = []
  /// The first rows by their keys, as far as anybody has asked.
  private var rowOf: [[KeyValue]: Int] = [:]
  private var indexedCount = 0

  /// Keys of rows; the one that becomes columns is not among them.
  private var rowKeyCount: Int { plan.query.keys.count - (plan.query.isPivoted ? 1 : 0) }

  /// The rows of the result, in the order of their keys.
  static func rows(
    _ plan: QueryPlan, _ tables: QueryTables, _ settings: PlanningSettings,
    _ cancellation: CancellationFlag
  ) throws(ExecutionError) -> [GroupRow] {
    var lineup = GroupLineup(
      plan: plan, tables: tables, settings: settings, cancellation: cancellation)
    try lineup.addGroups(shown: true)
    try lineup.addBaselines()
    lineup.fillAxis()
    // Measures that are not shown have values in the rows that are there by now.
    try lineup.addGroups(shown: false)
    try cancellation.check()
    return RowOrder.sorted(lineup.rows, keyCount: lineup.rowKeyCount)
  }

  private init(
    plan: QueryPlan, tables: QueryTables, settings: PlanningSettings,
    cancellation: CancellationFlag
  ) {
    self.plan = plan
    self.tables = tables
    self.settings = settings
    self.cancellation = cancellation
  }

  private func emptyCell() -> GroupCell { GroupCell(tasks: plan.tasks.count) }

  /// The row with these keys, made where it may appear; `guess` is where it stands if all goes in
  /// the order of the rows.
  private mutating func row(_ keys: [KeyValue], mayAppear: Bool, guess: Int = 0) -> Int? {
    if guess < rows.count, rows[guess].keys == keys { return guess }
    // Without keys there is one row.
    if let row = keys.isEmpty ? rows.indices.first : indexed(keys) { return row }
    guard mayAppear else { return nil }
    rows.append(GroupRow(keys: keys, cell: emptyCell()))
    return rows.count - 1
  }

  private mutating func indexed(_ keys: [KeyValue]) -> Int? {
    while indexedCount < rows.count {
      rowOf[rows[indexedCount].keys] = indexedCount
      indexedCount += 1
    }
    return rowOf[keys]
  }

  private mutating func addGroups(shown: Bool) throws(ExecutionError) {
    if shown, rowKeyCount == 0 { _ = row([], mayAppear: true) }
    for (task, table) in tables.main.enumerated() where plan.tasks[task].showsGroups == shown {
      // The groups of one table are all different.
      let isFirst = rows.isEmpty && !plan.query.isPivoted && shown
      var guess = 0
      for (group, keys) in table.keys.enumerated() {
        try cancellation.check()
        if isFirst {
          rows.append(GroupRow(keys: keys, cell: emptyCell()))
          rows[rows.count - 1].cell.groups[task].append(group)
          continue
        }
        let rowKeys = plan.query.isPivoted ? Array(keys.prefix(rowKeyCount)) : keys
        guard let row = row(rowKeys, mayAppear: shown, guess: guess) else { continue }
        guess = row + 1
        rows[row].cell.groups[task].append(group)
        // A measure that is not shown adds no column.
        if plan.query.isPivoted, shown {
          let value = keys[rowKeyCount]
          var part = rows[row].pivot[value] ?? PivotCell(cell: emptyCell())
          part.cell.groups[task].append(group)
          rows[row].pivot[value] = part
        }
      }
    }
  }

  // MARK: Baselines

  private mutating func addBaselines() throws(ExecutionError) {
    guard let baseline = plan.query.baseline else { return }
    switch baseline.source {
    case .rows(let droppedKey): try addRows(droppedKey)
    case .bucket(let key, let grain, let isYear, let current):
      try addBuckets(key: key, grain: grain, isYear: isYear, current: current)
    case .rest, .total, .figures: break
    }
  }

  private mutating func attach(
    _ row: Int, _ task: Int, _ group: Int, pivot: KeyValue?, isUnfinished: Bool = false
  ) {
    if rows[row].baseline == nil { rows[row].baseline = emptyCell() }
    rows[row].baseline?.groups[task].append(group)
    guard let pivot else {
      rows[row].isUnfinished = isUnfinished
      return
    }
    var cell = rows[row].pivot[pivot] ?? PivotCell(cell: emptyCell())
    var own = cell.baseline ?? emptyCell()
    own.groups[task].append(group)
    cell.baseline = own
    cell.isUnfinished = isUnfinished
    rows[row].pivot[pivot] = cell
  }

  private mutating func addRows(_ droppedKey: Int?) throws(ExecutionError) {
    var rowsWithout: [[KeyValue]: [Int]] = [:]
    // The period may be the key that becomes columns.
    let isPivotDropped = droppedKey == rowKeyCount
    if let droppedKey {
      for (index, row) in rows.enumerated() {
        var keys = row.keys
        if !isPivotDropped { keys.remove(at: droppedKey) }
        rowsWithout[keys, default: []].append(index)
      }
    }
    let count = rowKeyCount - (droppedKey == nil || isPivotDropped ? 0 : 1)
    for (task, table) in tables.baseline.enumerated() {
      for (group, keys) in table.keys.enumerated() {
        try cancellation.check()
        let rowKeys = Array(keys.prefix(count))
        let pivot = plan.query.isPivoted ? keys.last : nil
        if isPivotDropped {
          for row in rowsWithout[rowKeys] ?? [] {
            for value in rows[row].pivot.keys { attach(row, task, group, pivot: value) }
          }
        } else if droppedKey != nil {
          for row in rowsWithout[rowKeys] ?? [] { attach(row, task, group, pivot: pivot) }
        } else if let row = row(rowKeys, mayAppear: plan.tasks[task].showsGroups) {
          attach(row, task, group, pivot: pivot)
        }
      }
    }
    for row in rows.indices where rows[row].baseline == nil { rows[row].baseline = emptyCell() }
  }

  /// Every row's own bucket before, or of the year before.
  private mutating func addBuckets(
    key: Int, grain: TimeGrain, isYear: Bool, current: Int64?
  ) throws(ExecutionError) {
    var shown: Set<Int64> = []
    for row in rows {
      // The bucket may be the key that becomes columns.
      for value in key < rowKeyCount ? [row.keys[key]] : Array(row.pivot.keys) {
        if case .integer(let bucket) = value { shown.insert(bucket) }
      }
    }
    if let bounds = plan.query.axis?.bounds {
      shown.formUnion([bounds.lowerBound, bounds.upperBound])
    }
    let low = shown.min() ?? 0
    let high = shown.max() ?? -1
    func add(_ tables: [GroupTable], isUnfinished: Bool) throws(ExecutionError) {
      for (task, table) in tables.enumerated() {
        for (group, keys) in table.keys.enumerated() {
          try cancellation.check()
          guard case .integer(let base) = keys[key],
            let bucket = YearShift.after(base, grain, isYear: isYear, settings),
            bucket >= low, bucket <= high, (bucket == current) == isUnfinished
          else { continue }
          var keys = keys
          keys[key] = .integer(bucket)
          let rowKeys = Array(keys.prefix(rowKeyCount))
          guard let row = row(rowKeys, mayAppear: plan.tasks[task].showsGroups) else { continue }
          attach(
            row, task, group, pivot: plan.query.isPivoted ? keys.last : nil,
            isUnfinished: isUnfinished)
        }
      }
    }
    let hasUnfinished = !tables.unfinished.isEmpty
    try add(tables.baseline, isUnfinished: false)
    if hasUnfinished { try add(tables.unfinished, isUnfinished: true) }
    for row in rows.indices where rows[row].baseline == nil { rows[row].baseline = emptyCell() }
  }

  // MARK: Time axis

  /// Adds the periods without rows.
  private mutating func fillAxis() {
    guard let axis = plan.query.axis else { return }
    var present: Set<Int64> = []
    for row in rows { if case .integer(let bucket) = row.keys[0] { present.insert(bucket) } }
    guard let bounds = axis.bounds ?? Self.span(present), bounds.count <= 1_000_000 else { return }
    for bucket in bounds where !present.contains(bucket) {
      rows.append(
        GroupRow(
          keys: [.integer(bucket)], cell: emptyCell(),
          baseline: plan.baseline.isEmpty ? nil : emptyCell()))
    }
  }

  private static func span(_ buckets: Set<Int64>) -> ClosedRange<Int64>? {
    guard let low = buckets.min(), let high = buckets.max() else { return nil }
    return low...high
  }
}

/// The group tables of a query.
struct QueryTables: Sendable {
  var main: [GroupTable] = []
  var totals: [GroupTable] = []
  var baseline: [GroupTable] = []
  var baselineTotals: [GroupTable] = []
  var pivotTotals: [GroupTable] = []
  var baselinePivotTotals: [GroupTable] = []
  var rowTotals: [GroupTable] = []
  var unfinished: [GroupTable] = []
  var unfinishedPivotTotals: [GroupTable] = []
}
