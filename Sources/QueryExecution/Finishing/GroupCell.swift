/// The groups of each task's table that are put together for one value.
struct GroupCell: Sendable {
  /// For each task the groups; several where groups are put together.
  var groups: [[Int]]

  /// No groups of so many tasks.
  init(tasks: Int) { groups = [[Int]](repeating: [], count: tasks) }

  init(groups: [[Int]]) { self.groups = groups }

  /// All groups of both cells.
  func merged(with other: GroupCell) -> GroupCell {
    GroupCell(groups: zip(groups, other.groups).map { $0 + $1 })
  }
}

/// What a formula is computed of: some groups of each task.
protocol FormulaCell {
  associatedtype Groups: Collection<Int>
  func groups(of task: Int) -> Groups
}

extension GroupCell: FormulaCell {
  func groups(of task: Int) -> [Int] { groups[task] }
}

/// One group of the only task.
struct SingleGroup: FormulaCell {
  var group: Int

  func groups(of task: Int) -> CollectionOfOne<Int> { CollectionOfOne(group) }
}

/// A row of the result.
struct GroupRow: Sendable {
  var keys: [KeyValue]
  var cell: GroupCell
  /// What the row is compared with, in the baseline's tables; nil where nothing is found there.
  var baseline: GroupCell?
  /// Whether the baseline's cells are in the tables of the period in progress.
  var isUnfinished = false
  /// The row's values of the key that becomes columns.
  var pivot: [KeyValue: PivotCell] = [:]
}

/// A row's part under one value of the key that becomes columns.
struct PivotCell: Sendable {
  var cell: GroupCell
  var baseline: GroupCell?
  var isUnfinished = false
}
