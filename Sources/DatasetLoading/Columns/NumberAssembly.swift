import ColumnStore
import Glibc

/// Joins the pieces of a number column to one run of memory.
enum NumberAssembly {
  /// The column of the pieces, which stand in the order of the file; none are left.
  static func column(
    _ pieces: inout [NumberPiece], run: NumberRun?, rowCount: Int, _ stop: CancellationFlag
  ) -> NumberColumn {
    var width = NumberColumn.Width.int8
    let scale = pieces.reduce(0) { max($0, $1.scale) }
    var isDouble = pieces.contains { $0.width == .float64 }
    var low = Int64(0)
    var high = Int64(0)
    for piece in pieces where !isDouble {
      let factor = PowersOfTen.integer(scale &- piece.scale)
      let (bottom, overflowsBelow) = piece.minimum.multipliedReportingOverflow(by: factor)
      let (top, overflowsAbove) = piece.maximum.multipliedReportingOverflow(by: factor)
      isDouble = overflowsBelow || overflowsAbove
      low = min(low, bottom)
      high = max(high, top)
    }
    width = isDouble ? .float64 : .narrowest(low, high)

    let validity = NumberAssembly.validity(pieces, rowCount: rowCount)
    let memory =
      run?.memory(width: width, rowCount: rowCount)
      ?? ColumnMemory(uninitializedByteCount: rowCount &* width.byteCount)
    var row = 0
    var remaining = pieces.count
    pieces.reverse()
    while remaining > 0, !stop.isSet {
      remaining &-= 1
      let piece = pieces.removeLast()
      copy(piece, to: memory, width: width, scale: scale, row: row)
      row &+= piece.rowCount
    }
    return NumberColumn(
      width: width, scale: isDouble ? 0 : scale, memory: memory, count: rowCount,
      validity: validity)
  }

  private static func copy(
    _ piece: NumberPiece, to memory: ColumnMemory, width: NumberColumn.Width, scale: Int, row: Int
  ) {
    if width == .float64 {
      let target = memory.pointer(as: Double.self) + row
      for index in 0..<piece.rowCount { target[index] = double(piece, index) }
      return
    }
    let factor = PowersOfTen.integer(scale &- piece.scale)
    if piece.width == width, factor == 1 {
      let target = memory.base + row &* width.byteCount
      if piece.base != target { memcpy(target, piece.base, piece.rowCount &* width.byteCount) }
      return
    }
    switch width {
    case .int8: widen(piece, memory.pointer(as: Int8.self) + row, factor)
    case .int16: widen(piece, memory.pointer(as: Int16.self) + row, factor)
    case .int32: widen(piece, memory.pointer(as: Int32.self) + row, factor)
    case .int64, .float64: widen(piece, memory.pointer(as: Int64.self) + row, factor)
    }
  }

  @inline(__always)
  private static func widen<T: FixedWidthInteger>(
    _ piece: NumberPiece, _ target: UnsafeMutablePointer<T>, _ factor: Int64
  ) {
    switch piece.width {
    case .int8: widen(piece.base.assumingMemoryBound(to: Int8.self), piece, target, factor)
    case .int16: widen(piece.base.assumingMemoryBound(to: Int16.self), piece, target, factor)
    case .int32: widen(piece.base.assumingMemoryBound(to: Int32.self), piece, target, factor)
    case .int64, .float64:
      widen(piece.base.assumingMemoryBound(to: Int64.self), piece, target, factor)
    }
  }

  @inline(__always)
  private static func widen<S: FixedWidthInteger, T: FixedWidthInteger>(
    _ source: UnsafePointer<S>, _ piece: NumberPiece, _ target: UnsafeMutablePointer<T>,
    _ factor: Int64
  ) {
    for index in 0..<piece.rowCount {
      target[index] = T(truncatingIfNeeded: Int64(truncatingIfNeeded: source[index]) &* factor)
    }
  }

  private static func double(_ piece: NumberPiece, _ row: Int) -> Double {
    let stored = piece.stored(row)
    if piece.width == .float64 { return Double(bitPattern: UInt64(bitPattern: stored)) }
    if piece.scale == 0 || stored.magnitude < 1 << 53 {
      return Double(stored) / PowersOfTen.double(piece.scale)
    }
    // Dividing would round twice; the text is read with one rounding.
    return Double("\(stored)e-\(piece.scale)") ?? 0
  }

  /// The rows with a value, nil where all have one.
  static func validity(_ pieces: [NumberPiece], rowCount: Int) -> Bitmap? {
    joined(pieces.map { ($0.validity, $0.rowCount) }, rowCount: rowCount)
  }

  /// Joins bitmaps; one that is nil has only ones.
  static func joined(
    _ parts: [(bits: UnsafeMutablePointer<UInt64>?, rowCount: Int)], rowCount: Int
  ) -> Bitmap? {
    guard parts.contains(where: { $0.bits != nil }) else { return nil }
    let bitmap = Bitmap(count: rowCount)
    var row = 0
    for part in parts {
      var done = 0
      while done < part.rowCount {
        let count = min(64, part.rowCount &- done)
        let ones = count == 64 ? UInt64.max : (1 &<< UInt64(count)) &- 1
        let word = (part.bits.map { $0[done &>> 6] } ?? UInt64.max) & ones
        let shift = UInt64(row & 63)
        bitmap.words[row &>> 6] |= word &<< shift
        if shift &+ UInt64(count) > 64 { bitmap.words[(row &>> 6) &+ 1] |= word &>> (64 &- shift) }
        row &+= count
        done &+= count
      }
    }
    return bitmap
  }
}
