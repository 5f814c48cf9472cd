import CKernels
import ColumnStore
import Glibc

/// Reads text whose values repeat as codes into the thread's own dictionary.
final class DictionaryStager: ColumnStager {
  private let table = StringTable()
  private var numbers: NumberedTexts?
  /// The form of the texts, which the stagers of the column share; nil where it is not looked for.
  private var formChoice: NumberedFormChoice?
  /// The memory for codes that the stagers of the column share.
  let run: NumberRun?
  private let arena = PieceArena()
  private let unquoter = Unquoter()
  private var pieces: [TextPiece] = []
  private var codeMemory = GrowingMemory<UInt32>()
  // The rows whose texts are not found at once.
  private var otherMemory = GrowingMemory<UInt32>()
  /// Tells the words that stand for missing values, such as `offered`; nil where there are none.
  private let isMissing: ((UnsafeBufferPointer<UInt8>) -> Bool)?
  // The words found so far, by their codes, and how many codes were looked at.
  private var missingWords: [UInt32: String] = [:]
  private var checkedCount = 0

  init(
    column: Int, run: NumberRun?, formChoice: NumberedFormChoice?,
    isMissing: ((UnsafeBufferPointer<UInt8>) -> Bool)? = nil
  ) {
    self.run = run
    self.formChoice = formChoice
    self.isMissing = isMissing
    super.init(column: column)
  }

  private var codes: UnsafeMutablePointer<UInt32> { codeMemory.base }
  private var others: UnsafeMutablePointer<UInt32> { otherMemory.base }

  /// The texts met, once all are read.
  var texts: StagedTexts { StagedTexts(table: table, numbers: numbers) }

  func takePieces(table index: Int) -> [TextPiece] {
    defer { pieces = [] }
    return pieces.map { $0.ofTable(index) }
  }

  override func stage(_ grid: FieldGrid, _ position: ChunkPosition, _ reader: ChunkReader) {
    codeMemory.reserve(grid.rowCount)
    otherMemory.reserve(grid.rowCount)
    tally.valueCount &+= grid.rowCount &- lookUp(grid)
    if let isMissing { clear(grid.rowCount, isMissing) }
    var largest: UInt32 = 0
    for row in 0..<grid.rowCount { largest = max(largest, codes[row]) }
    pieces.append(
      TextPiece.codes(
        position, codes, rowCount: grid.rowCount, largest: largest, run: run, arena: arena))
  }

  /// Finds the codes of all rows and gives how many have no text.
  private func lookUp(_ grid: FieldGrid) -> Int {
    guard var run = grid.run(ofColumn: column) else {
      codes.update(repeating: 0, count: grid.rowCount)
      return grid.rowCount
    }
    var empty = 0
    let otherCount = lookUp(&run, &empty)
    for row in UnsafeBufferPointer(start: others, count: otherCount) {
      let (start, count, isQuoted) = grid.field(row: Int(row), of: run)
      let text =
        isQuoted
        ? unquoter.text(start, count) : UnsafeBufferPointer(start: start, count: count)
      if let base = text.baseAddress, text.count > 0 {
        codes[Int(row)] = numbers?.code(base, text.count) ?? table.code(base, text.count)
      } else {
        empty &+= 1
      }
    }
    return empty
  }

  /// Finds the codes of rows whose texts are known or of the form, and gives the number of others.
  private func lookUp(_ run: inout FieldRun, _ empty: inout Int) -> Int {
    if table.count >= NumberedFormChoice.leastCount, let choice = formChoice {
      numbers = choice.form(of: table).flatMap { NumberedTexts($0) }
      formChoice = nil
    }
    if let numbers {
      var form = numbers.form
      return dq_numbered_codes(&form, &numbers.set, &run, codes, others, &empty)
    }
    var texts = table.texts
    return dq_known_codes(&texts, &run, 1, codes, others, &empty)
  }

  /// Makes the words that stand for nothing missing values.
  private func clear(_ rowCount: Int, _ isMissing: (UnsafeBufferPointer<UInt8>) -> Bool) {
    while checkedCount < table.count {
      checkedCount &+= 1
      let text = table.text(checkedCount)
      if isMissing(text) {
        missingWords[UInt32(truncatingIfNeeded: checkedCount)] = SafeText.string(text)
      }
    }
    if missingWords.isEmpty { return }
    for row in 0..<rowCount {
      guard let word = missingWords[codes[row]] else { continue }
      codes[row] = 0
      tally.markers[word, default: 0] &+= 1
    }
  }
}

/// Reads text whose values hardly repeat: as templates where only digits differ, or as it stands.
final class FreeTextStager: ColumnStager {
  /// The memory that the stagers of the column share.
  let run: TextRun?
  private let staging: TemplateStaging
  private let arena = PieceArena()
  private let unquoter = Unquoter()
  private var pieces: [TextPiece] = []
  // The texts of the chunk at hand, each with a separator behind it, and where these end.
  private var bytes = GrowingMemory<UInt8>()
  private var ends = GrowingMemory<UInt32>()

  init(column: Int, run: TextRun?, choice: TemplateChoice) {
    self.run = run
    staging = TemplateStaging(column: column, choice: choice)
    super.init(column: column)
  }

  /// The templates met, once all are read.
  var templates: StagedTexts { staging.texts }

  func takePieces(table index: Int) -> [TextPiece] {
    defer { pieces = [] }
    return pieces.map { $0.ofTable(index) }
  }

  override func stage(_ grid: FieldGrid, _ position: ChunkPosition, _ reader: ChunkReader) {
    if let (piece, emptyCount) = staging.piece(grid, position) {
      if run != nil { position.skipBytes(ofColumn: column) }
      tally.valueCount &+= grid.rowCount &- emptyCount
      pieces.append(piece)
      return
    }
    var room = 0
    var empty = 0
    grid.forEachField(column: column) { _, _, count, _ in
      room &+= count &+ 1
      empty &+= count == 0 ? 1 : 0
      return true
    }
    tally.valueCount &+= grid.rowCount &- empty
    bytes.reserve(room &+ 32)
    ends.reserve(grid.rowCount)
    let words = empty == 0 ? 0 : Bitmap.wordCount(grid.rowCount)
    let (base, block) = arena.allocate(words &* 8)
    let validity = words > 0 ? base.assumingMemoryBound(to: UInt64.self) : nil
    validity?.update(repeating: 0, count: words)
    let byteCount = copy(grid, validity: validity)
    pieces.append(
      piece(
        position, rowCount: grid.rowCount, byteCount: byteCount, validity: validity, block: block))
  }

  /// Copies the texts of a chunk and gives how many bytes they take.
  private func copy(_ grid: FieldGrid, validity: UnsafeMutablePointer<UInt64>?) -> Int {
    let (bytes, ends, unquoter) = (bytes.base, ends.base, unquoter)
    var end = 0
    grid.forEachField(column: column) { row, start, count, isQuoted in
      if isQuoted {
        let text = unquoter.text(start, count)
        if let source = text.baseAddress { memcpy(bytes + end, source, text.count) }
        end &+= text.count
      } else {
        dq_copy_short(bytes + end, start, count)
        end &+= count
      }
      bytes[end] = 0xFF
      end &+= 1
      ends[row] = UInt32(truncatingIfNeeded: end)
      if let validity, count > 0 { validity[row &>> 6] |= 1 &<< UInt64(row & 63) }
      return true
    }
    return end
  }

  /// The texts of the chunk, where they belong or in the arena.
  private func piece(
    _ position: ChunkPosition, rowCount: Int, byteCount: Int,
    validity: UnsafeMutablePointer<UInt64>?, block: PieceArena.Block
  ) -> TextPiece {
    let (bytes, ends) = (bytes.base, ends.base)
    if let run, let row = position.firstRow,
      let byte = position.firstByte(ofColumn: column, adding: byteCount),
      let place = run.place(row: row, rowCount: rowCount, byte: byte, byteCount: byteCount)
    {
      memcpy(place.bytes, bytes, byteCount)
      let origin = UInt32(truncatingIfNeeded: byte)
      for row in 0..<rowCount { place.ends[row] = ends[row] &+ origin }
      return TextPiece(
        chunk: position.chunk, rowCount: rowCount,
        content: .plain(place.bytes, ends: place.ends, origin: origin, validity: validity),
        blocks: (run.block, block), isPlaced: true)
    }
    let endBytes = (rowCount &* 4 &+ 7) & ~7
    let (base, own) = arena.allocate(endBytes &+ byteCount)
    memcpy(base, ends, rowCount &* 4)
    memcpy(base + endBytes, bytes, byteCount)
    return TextPiece(
      chunk: position.chunk, rowCount: rowCount,
      content: .plain(
        (base + endBytes).assumingMemoryBound(to: UInt8.self),
        ends: base.assumingMemoryBound(to: UInt32.self), origin: 0, validity: validity),
      blocks: (own, block))
  }
}
