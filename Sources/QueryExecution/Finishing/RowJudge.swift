import QueryPlanning

/// What `having`, `order by` and `top` look at in a row: the row as a whole, with every row of data
/// once, also where it stands under several values of the key that becomes columns.
struct RowJudge {
  /// Computes formulas over the cells that are given out here.
  let evaluator: FormulaEvaluator
  private let groups: [[[KeyValue]: Int]]

  init(_ tables: QueryTables, main: FormulaEvaluator) {
    evaluator =
      tables.rowTotals.isEmpty ? main : FormulaEvaluator(tables: tables.rowTotals)
    groups = tables.rowTotals.map { table in
      var groups: [[KeyValue]: Int] = [:]
      for group in 0..<table.count { groups[table.keys[group]] = group }
      return groups
    }
  }

  /// The groups that a row is judged by.
  func cell(_ row: GroupRow) -> GroupCell {
    groups.isEmpty ? row.cell : GroupCell(groups: groups.map { $0[row.keys].map { [$0] } ?? [] })
  }

  /// The rows with the cells that they are judged by.
  func rows(_ rows: [ResultRow]) -> [GroupRow] {
    rows.map { row in
      var judged = row.row
      judged.cell = cell(row.row)
      return judged
    }
  }
}
