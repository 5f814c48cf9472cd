import CKernels
import ColumnStore
import QueryPlanning

extension RowCompiler {
  /// Calls `visit` for each of some rows that has a value: with the row's index among them, the
  /// operator, and the row's place in its vector.
  ///
  /// Rows may be asked for in any order; every block is evaluated once.
  func forEachNumber(
    _ expression: RowExpression, _ rows: [Int],
    _ visit: (_ index: Int, _ operand: NumberOperator, _ place: Int) -> Void
  ) throws(ExecutionError) {
    let operand = try number(expression)
    var current = -1
    func take(_ index: Int, _ row: Int) throws(ExecutionError) {
      let block = row / NumberColumn.blockLength
      if block != current {
        try store.cancellation.check()
        operand.evaluate(Blocks.block(block, of: rowCount))
        current = block
      }
      let place = row - block * NumberColumn.blockLength
      if operand.vector.isValid(place) { visit(index, operand, place) }
    }
    if zip(rows, rows.dropFirst()).allSatisfy({ $0 <= $1 }) {
      for (index, row) in rows.enumerated() { try take(index, row) }
    } else {
      for own in inOrder(rows) { try take(Int(own.row), Int(own.key)) }
    }
  }

  /// Rows as keys with their indexes, ascending.
  private func inOrder(_ rows: [Int]) -> [dq_keyed_row] {
    var keyed = rows.enumerated().map { index, row in
      dq_keyed_row(key: UInt64(row), row: UInt32(truncatingIfNeeded: index), number: 0)
    }
    keyed.sortByKey()
    return keyed
  }
}
