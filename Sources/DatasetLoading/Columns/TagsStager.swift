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
  // The codes of a chunk, where its words stand, and which of these are new.
  private var codeMemory = GrowingMemory<UInt32>()
  private var startMemory = GrowingMemory<UInt32>()
  private var endMemory = GrowingMemory<UInt32>()
  private var otherMemory = GrowingMemory<UInt32>()

  init(column: Int, separator: UInt8, isBracketed: Bool) {
    self.separator = separator
    self.isBracketed = isBracketed
    super.init(column: column)
  }

  private var codes: UnsafeMutablePointer<UInt32> { codeMemory.base }

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
    var end = 0
    if var run = grid.run(ofColumn: column), run.count > 0 {
      end = isBracketed ? takeBracketed(grid, run, ends) : takePlain(grid, &run, ends)
    } else {
      ends.update(repeating: 0, count: grid.rowCount)
    }
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

  /// Room for the words of some lists, each of which has a byte and a separator, but for the last.
  private func words(of run: FieldRun) -> ListWords {
    let byteCount = run.ends[(run.count &- 1) &* run.step] &- run.before[0]
    let room = Int(byteCount) / 2 &+ run.count &+ 4
    codeMemory.reserve(room)
    startMemory.reserve(room)
    endMemory.reserve(room)
    otherMemory.reserve(room)
    return ListWords(starts: startMemory.base, ends: endMemory.base, count: 0, emptyCount: 0)
  }

  /// Takes in lists that do not stand in brackets; gives how many words there are.
  private func takePlain(
    _ grid: FieldGrid, _ run: inout FieldRun, _ ends: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var words = words(of: run)
    var row = 0
    while true {
      let first = words.count
      row = dq_split_lists(&run, row, separator, &words, ends)
      if words.count > first { lookUp(words, from: first, in: run.bytes) }
      if row == run.count { break }
      let (start, count, isQuoted) = grid.field(row: row, of: run)
      append(start, count, isQuoted: isQuoted, to: &words)
      ends[row] = UInt32(truncatingIfNeeded: words.count)
      row &+= 1
    }
    tally.valueCount &+= run.count &- words.emptyCount
    return words.count
  }

  /// Finds the codes of words from one of them on.
  private func lookUp(_ words: ListWords, from first: Int, in bytes: UnsafePointer<UInt8>) {
    var run = FieldRun(
      bytes: bytes, before: words.starts + first, beforeStep: 1, skip: 0,
      ends: words.ends + first, step: 1, count: words.count &- first)
    var (texts, empty) = (table.texts, 0)
    let others = otherMemory.base
    let otherCount = dq_known_codes(&texts, &run, 0, codes + first, others, &empty)
    for word in UnsafeBufferPointer(start: others, count: otherCount) {
      let start = run.before[Int(word)]
      codes[first &+ Int(word)] = table.code(bytes + Int(start), Int(run.ends[Int(word)] &- start))
    }
  }

  /// Takes in lists that may stand in brackets; gives how many words there are.
  private func takeBracketed(
    _ grid: FieldGrid, _ run: FieldRun, _ ends: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var words = words(of: run)
    grid.forEachField(column: column) { row, start, count, isQuoted in
      words.emptyCount &+= count == 0 ? 1 : 0
      append(start, count, isQuoted: isQuoted, to: &words)
      ends[row] = UInt32(truncatingIfNeeded: words.count)
      return true
    }
    tally.valueCount &+= run.count &- words.emptyCount
    return words.count
  }

  /// Adds the codes of the words of one list; quotes in it are doubled where it stands in quotes.
  private func append(
    _ start: UnsafePointer<UInt8>, _ count: Int, isQuoted: Bool, to words: inout ListWords
  ) {
    let text =
      isQuoted
      ? unquoter.text(start, count) : UnsafeBufferPointer(start: start, count: count)
    guard let base = text.baseAddress else { return }
    if isBracketed, let list = BracketedList.words(text) {
      for word in list {
        codes[words.count] = ParsedText.with(word) { table.code($0, $1) }
        words.count &+= 1
      }
      return
    }
    let first = words.count
    dq_split_list(base, text.count, separator, 0, &words)
    for word in first..<words.count {
      let (start, end) = (Int(words.starts[word]), Int(words.ends[word]))
      codes[word] = table.code(base + start, end &- start)
    }
  }
}
