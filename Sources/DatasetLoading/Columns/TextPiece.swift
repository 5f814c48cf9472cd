import ColumnStore

/// The texts of one chunk: codes into the thread's dictionary, or the texts themselves.
struct TextPiece {
  var chunk: Int
  var rowCount: Int
  var content: Content
  var blocks: (PieceArena.Block, PieceArena.Block)
  /// Whether the texts stand in the memory of the whole column.
  var isPlaced = false

  /// How the texts are held.
  enum Content {
    /// Codes of 1, 2 or 4 bytes into the table with this index; 0 is missing. Where the table
    /// holds templates, the digits of all rows.
    case codes(
      UnsafeMutableRawPointer, byteWidth: Int, table: Int, digits: UnsafeBufferPointer<UInt8>?)
    /// Bytes with a separator behind each text, the offset behind each separator, counted from
    /// the bytes less an origin, and one bit per row that has a text.
    case plain(
      UnsafeMutablePointer<UInt8>, ends: UnsafeMutablePointer<UInt32>, origin: UInt32,
      validity: UnsafeMutablePointer<UInt64>?)

    /// The bits of texts held as they are; nil where all rows have one.
    var validity: UnsafeMutablePointer<UInt64>? {
      if case .plain(_, _, _, let validity) = self { validity } else { nil }
    }

    /// How many digits were taken out of templates.
    var digitCount: Int {
      if case .codes(_, _, _, let digits?) = self { digits.count } else { 0 }
    }
  }

  /// The same piece, whose codes are those of the table with an index.
  func ofTable(_ index: Int) -> TextPiece {
    var piece = self
    if case .codes(let base, let byteWidth, _, let digits) = content {
      piece.content = .codes(base, byteWidth: byteWidth, table: index, digits: digits)
    }
    return piece
  }

  /// Codes as narrow as the largest of them allows, where they belong or in an arena; of templates
  /// with a copy of their digits.
  static func codes(
    _ position: ChunkPosition, _ codes: UnsafePointer<UInt32>, rowCount: Int, largest: UInt32,
    digits: UnsafeBufferPointer<UInt8>? = nil, run: NumberRun?, arena: PieceArena
  ) -> TextPiece {
    let least = CodeArray.byteWidth(largest: Int(largest))
    let place = position.firstRow.flatMap {
      run?.place(row: $0, rowCount: rowCount, width: .ofCodes(byteWidth: least))
    }
    let width = place?.width.byteCount ?? least
    let (base, block) = place.map { ($0.base, $0.block) } ?? arena.allocate(rowCount &* width)
    narrow(codes, rowCount, byteWidth: width, to: base)
    let kept = digits.map { arena.copy(of: $0) }
    return TextPiece(
      chunk: position.chunk, rowCount: rowCount,
      content: .codes(base, byteWidth: width, table: 0, digits: kept?.bytes),
      blocks: (block, kept?.block ?? block))
  }

  /// Writes codes in 1, 2 or 4 bytes each, which must hold them.
  static func narrow(
    _ codes: UnsafePointer<UInt32>, _ count: Int, byteWidth: Int, to base: UnsafeMutableRawPointer
  ) {
    switch byteWidth {
    case 1:
      let target = base.assumingMemoryBound(to: UInt8.self)
      for row in 0..<count { target[row] = UInt8(truncatingIfNeeded: codes[row]) }
    case 2:
      let target = base.assumingMemoryBound(to: UInt16.self)
      for row in 0..<count { target[row] = UInt16(truncatingIfNeeded: codes[row]) }
    default:
      base.copyMemory(from: codes, byteCount: count &* 4)
    }
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
