import ColumnStore

/// The texts of one chunk: codes into the thread's dictionary, or the texts themselves.
struct TextPiece {
  var chunk: Int
  var rowCount: Int
  var content: Content
  var block: PieceArena.Block

  /// How the texts are held.
  enum Content {
    /// Codes of 1, 2 or 4 bytes into the table with this index; 0 is missing.
    case codes(UnsafeMutableRawPointer, byteWidth: Int, table: Int)
    /// Bytes with a separator behind each text, the offset behind each separator, and one bit
    /// per row that has a text.
    case plain(
      UnsafeMutablePointer<UInt8>, ends: UnsafeMutablePointer<UInt32>,
      validity: UnsafeMutablePointer<UInt64>?)
  }

  /// The narrowest form of codes.
  static func codes(
    chunk: Int, _ codes: UnsafePointer<UInt32>, rowCount: Int, largest: UInt32, table: Int,
    arena: PieceArena
  ) -> TextPiece {
    let narrow = narrowed(codes, count: rowCount, largest: largest, arena: arena)
    return TextPiece(
      chunk: chunk, rowCount: rowCount,
      content: .codes(narrow.base, byteWidth: narrow.byteWidth, table: table), block: narrow.block)
  }

  /// Codes as narrow as the largest of them allows, in memory of an arena.
  static func narrowed(
    _ codes: UnsafePointer<UInt32>, count: Int, largest: UInt32, arena: PieceArena
  ) -> (base: UnsafeMutableRawPointer, byteWidth: Int, block: PieceArena.Block) {
    let width = CodeArray.byteWidth(largest: Int(largest))
    let (base, block) = arena.allocate(count &* width)
    switch width {
    case 1:
      let target = base.assumingMemoryBound(to: UInt8.self)
      for row in 0..<count { target[row] = UInt8(truncatingIfNeeded: codes[row]) }
    case 2:
      let target = base.assumingMemoryBound(to: UInt16.self)
      for row in 0..<count { target[row] = UInt16(truncatingIfNeeded: codes[row]) }
    default:
      base.copyMemory(from: codes, byteCount: count &* 4)
    }
    return (base, width, block)
  }

  /// The code of a row in a run of codes.
  @inline(__always)
  static func code(_ base: UnsafeRawPointer, _ byteWidth: Int, _ row: Int) -> Int {
    switch byteWidth {
    case 1: Int(base.assumingMemoryBound(to: UInt8.self)[row])
    case 2: Int(base.assumingMemoryBound(to: UInt16.self)[row])
    default: Int(base.assumingMemoryBound(to: UInt32.self)[row])
    }
  }
}
