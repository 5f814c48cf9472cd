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
    for (index, row) in inOrder(rows) {
      let block = row / NumberColumn.blockLength
      if block != current {
        try store.cancellation.check()
        operand.evaluate(Blocks.block(block, of: rowCount))
        current = block
      }
      let place = row - block * NumberColumn.blockLength
      if operand.vector.isValid(place) { visit(index, operand, place) }
    }
  }

  /// Rows with their indexes, ascending.
  private func inOrder(_ rows: [Int]) -> [(index: Int, row: Int)] {
    if zip(rows, rows.dropFirst()).allSatisfy({ $0 <= $1 }) {
      return rows.enumerated().map { ($0, $1) }
    }
    var keyed = rows.enumerated().map { index, row in
      dq_keyed_row(key: UInt64(row), row: UInt32(truncatingIfNeeded: index), number: 0)
    }
    var scratch = keyed
    dq_sort_keyed(&keyed, keyed.count, &scratch)
    return keyed.map { (Int($0.row), Int($0.key)) }
  }
}
