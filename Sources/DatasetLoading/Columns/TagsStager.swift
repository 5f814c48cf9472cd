import ColumnStore
import Glibc

/// The lists of one chunk: codes into the thread's dictionary, row after row.
struct TagsPiece {
  var chunk: Int
  var rowCount: Int
  /// The offset behind each row's codes.
  var ends: UnsafeMutablePointer<UInt32>
  /// Codes as narrow as the largest of the chunk allows.
  var codes: UnsafeMutableRawPointer
  var byteWidth: Int
  var table: Int
  var blocks: (PieceArena.Block, PieceArena.Block)
}

/// Reads lists of words.
final class TagsStager: ColumnStager {
  let table = StringTable()
  private let separator: UInt8
  private let arena = PieceArena()
  private let unquoter = Unquoter()
  private var pieces: [TagsPiece] = []

  init(column: Int, separator: UInt8) {
    self.separator = separator
    super.init(column: column)
  }

  func takePieces(table index: Int) -> [TagsPiece] {
    defer { pieces = [] }
    return pieces.map { piece in
      var piece = piece
      piece.table = index
      return piece
    }
  }

  override func stage(_ grid: FieldGrid, chunk: Int, reader: ChunkReader) {
    var codes: [UInt32] = []
    codes.reserveCapacity(grid.rowCount &* 2)
    let (endsBase, endsBlock) = arena.allocate(grid.rowCount &* 4)
    let ends = endsBase.assumingMemoryBound(to: UInt32.self)
    grid.forEachField(column: column) { row, start, count, isQuoted in
      let text =
        isQuoted
        ? unquoter.text(start, count) : UnsafeBufferPointer(start: start, count: count)
      if let base = text.baseAddress { append(base, text.count, to: &codes) }
      tally.valueCount &+= count == 0 ? 0 : 1
      ends[row] = UInt32(truncatingIfNeeded: codes.count)
      return true
    }
    let largest = codes.max() ?? 0
    let narrow = codes.withUnsafeBufferPointer { source in
      TextPiece.narrowed(
        source.baseAddress, count: source.count, largest: largest, arena: arena)
    }
    pieces.append(
      TagsPiece(
        chunk: chunk, rowCount: grid.rowCount, ends: ends, codes: narrow.base,
        byteWidth: narrow.byteWidth, table: 0, blocks: (endsBlock, narrow.block)))
  }

  /// Adds the codes of a list's words, without the blanks around them.
  private func append(_ text: UnsafePointer<UInt8>, _ count: Int, to codes: inout [UInt32]) {
    var start = 0
    while start < count {
      let hit = memchr(text + start, Int32(separator), count &- start)
      let stop = hit.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - text } ?? count
      var first = start
      var last = stop
      while first < last, text[first] == 0x20 { first &+= 1 }
      while last > first, text[last &- 1] == 0x20 { last &-= 1 }
      if last > first { codes.append(table.code(text + first, last &- first)) }
      start = stop &+ 1
    }
  }
}
