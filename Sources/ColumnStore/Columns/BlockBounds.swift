import CKernels

/// The smallest and largest value of each block of a number column, so that a filter on a time
/// span can take or leave whole blocks unread.
enum BlockBounds {
  /// A pair for each block; none for doubles.
  static func scan(
    width: NumberColumn.Width, memory: ColumnMemory, count: Int, validity: Bitmap?
  ) -> [Int64] {
    if width == .float64 { return [] }
    var bounds: [Int64] = []
    bounds.reserveCapacity((count / NumberColumn.blockLength &+ 1) &* 2)
    for start in stride(from: 0, to: count, by: NumberColumn.blockLength) {
      var low: Int64 = 0
      var high: Int64 = 0
      // A block begins with a whole word of the bitmap.
      dq_stored_range(
        memory.base + start &* width.byteCount, Int32(width.byteCount),
        min(NumberColumn.blockLength, count &- start),
        validity.map { UnsafePointer($0.words + start &>> 6) }, &low, &high)
      bounds.append(low)
      bounds.append(high)
    }
    return bounds
  }
}
