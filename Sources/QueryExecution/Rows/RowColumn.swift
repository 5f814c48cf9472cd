import ColumnStore
import QueryPlanning

/// The values of an expression over all rows of a dataset.
struct RowColumn {
  var values: [Int64?]
  var scale: Int

  /// The integers of an expression; doubles are rounded to microseconds or millionths.
  static func integers(
    _ expression: RowExpression, _ compiler: RowCompiler
  ) throws(ExecutionError) -> RowColumn {
    let evaluator = try compiler.number(expression)
    var values: [Int64?] = []
    values.reserveCapacity(compiler.rowCount)
    for block in Blocks.all(compiler.rowCount) {
      evaluator.evaluate(block)
      for row in 0..<block.count {
        guard evaluator.vector.isValid(row) else {
          values.append(nil)
          continue
        }
        if evaluator.form == .double {
          values.append(Int64(exactly: (evaluator.vector.doubles[row] * 1e6).rounded()))
        } else {
          values.append(evaluator.vector.integers[row])
        }
      }
    }
    return RowColumn(
      values: values, scale: evaluator.form == .double ? 6 : evaluator.form.scale)
  }
}

/// The blocks of a dataset.
enum Blocks {
  static func count(_ rows: Int) -> Int {
    (rows + NumberColumn.blockLength - 1) / NumberColumn.blockLength
  }

  static func block(_ index: Int, of rows: Int) -> Block {
    let start = index * NumberColumn.blockLength
    return Block(start: start, count: min(NumberColumn.blockLength, rows - start))
  }

  static func all(_ rows: Int) -> [Block] { (0..<count(rows)).map { block($0, of: rows) } }

  /// How many threads are worth their start for work of a few nanoseconds a row.
  static func threads(_ rows: Int, atMost threads: Int) -> Int {
    max(1, min(threads, count(rows) / 4))
  }

  /// Calls `body` with every block, on several threads where there are enough.
  static func forEach(
    _ rows: Int, threads: Int, _ body: @escaping @Sendable (Block) -> Void
  ) {
    Parallel.forEach(count(rows), threads: Self.threads(rows, atMost: threads)) {
      body(block($0, of: rows))
    }
  }
}
