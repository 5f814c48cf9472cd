/// The smallest and largest value of each block of a number column, so that a filter on a time
/// span can take or leave whole blocks unread.
enum BlockBounds {
  static func scan(
    width: NumberColumn.Width, memory: ColumnMemory, count: Int, validity: Bitmap?
  ) -> [Int64] {
    switch width {
    case .int8: scan(memory.pointer(as: Int8.self), count, validity)
    case .int16: scan(memory.pointer(as: Int16.self), count, validity)
    case .int32: scan(memory.pointer(as: Int32.self), count, validity)
    case .int64: scan(memory.pointer(as: Int64.self), count, validity)
    case .float64: []
    }
  }

  @inline(__always)
  private static func scan<T: FixedWidthInteger>(
    _ values: UnsafeMutablePointer<T>, _ count: Int, _ validity: Bitmap?
  ) -> [Int64] {
    var bounds: [Int64] = []
    bounds.reserveCapacity((count / NumberColumn.blockLength &+ 1) &* 2)
    var start = 0
    while start < count {
      let end = min(start &+ NumberColumn.blockLength, count)
      var low = T.max
      var high = T.min
      var any = false
      if let validity {
        for row in start..<end where validity[row] {
          any = true
          low = min(low, values[row])
          high = max(high, values[row])
        }
      } else {
        any = true
        for row in start..<end {
          low = min(low, values[row])
          high = max(high, values[row])
        }
      }
      bounds.append(any ? Int64(low) : Int64.max)
      bounds.append(any ? Int64(high) : Int64.min)
      start = end
    }
    return bounds
  }
}
