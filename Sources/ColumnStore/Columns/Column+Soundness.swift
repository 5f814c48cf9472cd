import CKernels

/// Whether values are such that no reader of them leaves its memory: for columns from a file that
/// anybody may have written.
extension Column {
  /// Whether codes lie within their dictionary, texts within their heap and numbers within the
  /// bounds of their block.
  public var isSound: Bool {
    switch self {
    case .number(let column): (column.validity?.isSound ?? true) && column.isSound
    case .dictionary(let column):
      column.dictionary.isSound && column.codes.isBelow(column.dictionary.count)
    case .text(let column): (column.validity?.isSound ?? true) && column.heap.isSound
    case .tags(let column):
      column.dictionary.isSound && column.codes.isBelow(column.dictionary.count)
        && dq_leads_u32(
          column.offsets.pointer(as: UInt32.self), column.count &+ 1, 0,
          UInt64(column.codes.count)) != 0
    }
  }
}

extension Bitmap {
  /// Whether the bits behind the last row are 0.
  fileprivate var isSound: Bool {
    count & 63 == 0 || words[count &>> 6] &>> UInt64(count & 63) == 0
  }
}

extension NumberColumn {
  fileprivate var isSound: Bool {
    var start = 0
    for block in stride(from: 0, to: blockBounds.count, by: 2) {
      let end = min(start &+ NumberColumn.blockLength, count)
      if isAnyOutside(start, end, blockBounds[block], blockBounds[block &+ 1]) { return false }
      start = end
    }
    return true
  }

  private func isAnyOutside(_ start: Int, _ end: Int, _ low: Int64, _ high: Int64) -> Bool {
    // A block starts at a multiple of 64 rows.
    let words = validity.map { UnsafePointer($0.words) + start &>> 6 }
    let rows = end &- start
    // A block without values has bounds that no value lies within.
    func check<T: FixedWidthInteger & BitwiseCopyable>(
      _ kernel: (UnsafePointer<T>?, Int, UnsafePointer<UInt64>?, T, T) -> Int32
    ) -> Bool {
      let (low, high) = low <= high ? (T(clamping: low), T(clamping: high)) : (T.max, T.min)
      return kernel(memory.pointer(as: T.self) + start, rows, words, low, high) != 0
    }
    switch width {
    case .int8: return check(dq_any_outside_i8)
    case .int16: return check(dq_any_outside_i16)
    case .int32: return check(dq_any_outside_i32)
    case .int64: return check(dq_any_outside_i64)
    case .float64: return false
    }
  }
}

extension CodeArray {
  /// Whether every code is `largest` or smaller.
  fileprivate func isBelow(_ largest: Int) -> Bool {
    switch byteWidth {
    case 1:
      dq_any_above_u8(memory.pointer(as: UInt8.self), count, UInt8(clamping: largest)) == 0
    case 2:
      dq_any_above_u16(memory.pointer(as: UInt16.self), count, UInt16(clamping: largest)) == 0
    default:
      dq_any_above_u32(memory.pointer(as: UInt32.self), count, UInt32(clamping: largest)) == 0
    }
  }
}

extension TextHeap {
  /// Whether the texts follow one another, each with its separator, and end with the heap.
  fileprivate var isSound: Bool {
    let end = UInt64(bytes.byteCount)
    return isWide
      ? dq_leads_u64(offsets.pointer(as: UInt64.self), count &+ 1, 1, end) != 0
      : dq_leads_u32(offsets.pointer(as: UInt32.self), count &+ 1, 1, end) != 0
  }
}
