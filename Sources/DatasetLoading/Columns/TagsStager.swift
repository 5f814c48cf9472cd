import CKernels
import ColumnStore

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
  /// Whether lists stand in brackets, with their words in quotes.
  private let isBracketed: Bool
  private let arena = PieceArena()
  private let unquoter = Unquoter()
  private var pieces: [TagsPiece] = []
  // The codes of a chunk.
  private var codes: UnsafeMutablePointer<UInt32> = .allocate(capacity: 0)
  private var capacity = 0

  init(column: Int, separator: UInt8, isBracketed: Bool) {
    self.separator = separator
    self.isBracketed = isBracketed
    super.init(column: column)
  }

  deinit { codes.deallocate() }

  func takePieces(table index: Int) -> [TagsPiece] {
    defer { pieces = [] }
    return pieces.map { piece in
      var piece = piece
      piece.table = index
      return piece
    }
  }

  override func stage(_ grid: FieldGrid, _ position: ChunkPosition, _ reader: ChunkReader) {
    let (endsBase, endsBlock) = arena.allocate(grid.rowCount &* 4)
    let ends = endsBase.assumingMemoryBound(to: UInt32.self)
    var empty = 0
    var end = 0
    grid.forEachField(column: column) { row, start, count, isQuoted in
      empty &+= count == 0 ? 1 : 0
      // A word has a byte and a separator at least.
      if end &+ count / 2 &+ 1 > capacity { grow(toHold: end &+ count, from: end) }
      if isQuoted {
        let text = unquoter.text(start, count)
        if let base = text.baseAddress { append(base, text.count, &end) }
      } else {
        append(start, count, &end)
      }
      ends[row] = UInt32(truncatingIfNeeded: end)
      return true
    }
    tally.valueCount &+= grid.rowCount &- empty
    var largest: UInt32 = 0
    for index in 0..<end { largest = max(largest, codes[index]) }
    let width = CodeArray.byteWidth(largest: Int(largest))
    let (base, block) = arena.allocate(end &* width)
    TextPiece.narrow(codes, end, byteWidth: width, to: base)
    pieces.append(
      TagsPiece(
        chunk: position.chunk, rowCount: grid.rowCount, ends: ends, codes: base,
        byteWidth: width, table: 0, blocks: (endsBlock, block)))
  }

  private func grow(toHold least: Int, from count: Int) {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: least &* 2 &+ 1_024)
    larger.update(from: codes, count: count)
    codes.deallocate()
    codes = larger
    capacity = least &* 2 &+ 1_024
  }

  /// Adds the codes of a list's words, without the blanks around them.
  @inline(__always)
  private func append(_ text: UnsafePointer<UInt8>, _ count: Int, _ end: inout Int) {
    if isBracketed, appendBracketed(text, count, &end) { return }
    let (codes, table, separator) = (codes, table, separator)
    var start = 0
    while start < count {
      let stop = dq_find_short(text, start, count, separator)
      var first = start
      var last = stop
      while first < last, text[first] == 0x20 { first &+= 1 }
      while last > first, text[last &- 1] == 0x20 { last &-= 1 }
      if last > first {
        codes[end] = table.code(text + first, last &- first)
        end &+= 1
      }
      start = stop &+ 1
    }
  }

  /// Adds the codes of the words of a list in brackets; false where it is none.
  private func appendBracketed(
    _ text: UnsafePointer<UInt8>, _ count: Int, _ end: inout Int
  ) -> Bool {
    let (codes, table) = (codes, table)
    guard let words = BracketedList.words(UnsafeBufferPointer(start: text, count: count)) else {
      return false
    }
    for word in words {
      codes[end] = ParsedText.with(word) { table.code($0, $1) }
      end &+= 1
    }
    return true
  }
}
