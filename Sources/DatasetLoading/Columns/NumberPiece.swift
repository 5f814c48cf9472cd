import CKernels
import ColumnStore

/// The numbers of one chunk, as narrow as they allow.
struct NumberPiece {
  var chunk: Int
  var rowCount: Int
  var width: NumberColumn.Width
  /// Decimal digits behind the point.
  var scale: Int
  var minimum: Int64
  var maximum: Int64
  var base: UnsafeMutableRawPointer
  /// One bit per row that has a value; nil where all have.
  var validity: UnsafeMutablePointer<UInt64>?
  var blocks: (PieceArena.Block?, PieceArena.Block)

  /// Narrows the values of a chunk to where they belong, or into an arena where there is no such
  /// place; a value equal to `missing` becomes 0.
  static func make(
    _ position: ChunkPosition, values: UnsafePointer<Int64>, rowCount: Int, missing: Int64,
    missingCount: Int, scale: Int, isDouble: Bool, run: NumberRun?, arena: PieceArena
  ) -> NumberPiece {
    var low = Int64.max
    var high = Int64.min
    if isDouble {
      low = 0
      high = 0
    } else {
      dq_range(values, rowCount, missing, &low, &high)
    }
    if low > high { (low, high) = (0, 0) }
    let least = isDouble ? .float64 : NumberColumn.Width.narrowest(low, high)
    let place = position.firstRow.flatMap { run?.place(row: $0, rowCount: rowCount, width: least) }
    let width = place?.width ?? least
    let valueBytes = place == nil ? (rowCount &* width.byteCount &+ 7) & ~7 : 0
    let words = missingCount == 0 ? 0 : Bitmap.wordCount(rowCount)
    let (own, block) = arena.allocate(valueBytes &+ words &* 8)
    let base = place?.base ?? own
    dq_narrow(values, rowCount, missing, Int32(width.byteCount), base)
    var validity: UnsafeMutablePointer<UInt64>?
    if words > 0 {
      let bits = (own + valueBytes).assumingMemoryBound(to: UInt64.self)
      for word in 0..<words {
        let from = word &* 64
        var mask: UInt64 = 0
        for bit in 0..<min(64, rowCount &- from) {
          mask |= (values[from &+ bit] == missing ? 0 : 1) &<< UInt64(bit)
        }
        bits[word] = mask
      }
      validity = bits
    }
    return NumberPiece(
      chunk: position.chunk, rowCount: rowCount, width: width, scale: scale, minimum: low,
      maximum: high, base: base, validity: validity, blocks: (place?.block, block))
  }

  /// The stored integer of a row, or the bits of its double.
  @inline(__always)
  func stored(_ row: Int) -> Int64 {
    switch width {
    case .int8: Int64(base.assumingMemoryBound(to: Int8.self)[row])
    case .int16: Int64(base.assumingMemoryBound(to: Int16.self)[row])
    case .int32: Int64(base.assumingMemoryBound(to: Int32.self)[row])
    case .int64, .float64: base.assumingMemoryBound(to: Int64.self)[row]
    }
  }
}
