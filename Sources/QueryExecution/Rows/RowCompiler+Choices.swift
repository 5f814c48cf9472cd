import ColumnStore
import QueryPlanning

extension RowCompiler {
  /// The expression without what no row of the data falls back to: `coalesce` ends at the first
  /// column in which no value is missing, so that `coalesce(responded, tickets.created)` is mostly
  /// a plain column, whose blocks can be skipped and whose tickets need not be looked up.
  func withoutNeedlessChoices(_ expression: RowExpression) -> RowExpression {
    guard case .coalesce(let operands) = expression else { return expression }
    var needed: [RowExpression] = []
    for operand in operands {
      needed.append(operand)
      if case .column(let path) = operand, case .number(let column) = store.column(path),
        column.validity == nil
      {
        break
      }
    }
    return needed.count == 1 ? needed[0] : .coalesce(needed)
  }
}
