import CKernels
import ColumnStore

/// The values of a number column, widened.
final class ColumnOperator: NumberOperator {
  private let column: NumberColumn

  init(_ column: NumberColumn) {
    self.column = column
    super.init(
      form: column.width == .float64
        ? .double
        : .integer(scale: column.scale, low: column.minimum, high: column.maximum),
      isComplete: column.validity == nil)
  }

  override func evaluate(_ block: Block) {
    let memory = column.memory
    switch column.width {
    case .int8:
      dq_widen_i8(memory.pointer(as: Int8.self) + block.start, block.count, vector.integers)
    case .int16:
      dq_widen_i16(memory.pointer(as: Int16.self) + block.start, block.count, vector.integers)
    case .int32:
      dq_widen_i32(memory.pointer(as: Int32.self) + block.start, block.count, vector.integers)
    case .int64, .float64:
      vector.integers.update(
        from: memory.pointer(as: Int64.self) + block.start, count: block.count)
    }
    if let validity = column.validity {
      vector.allValid = false
      vector.validity.update(
        from: validity.words + block.start &>> 6, count: block.wordCount)
    } else {
      vector.allValid = true
    }
  }
}

/// The same number in every row, or none.
final class ConstantOperator: NumberOperator {
  init(integer: Int64, scale: Int) {
    super.init(form: .integer(scale: scale, low: integer, high: integer), filledWith: integer)
  }

  init(double: Double) {
    super.init(form: .double, filledWith: Int64(bitPattern: double.bitPattern))
  }

  /// A constant that is missing.
  init() {
    super.init(form: .integer(scale: 0, low: 0, high: 0))
    vector.allValid = false
  }
}
