import CKernels
import Diagnostics
import Glibc

/// Reads one chunk of a file at a time and finds its rows: those that begin in it.
///
/// The bytes lie behind 64 bytes of what comes before them, and ahead of as much as the last row
/// needs; 64 zero bytes follow.
final class ChunkReader {
  /// The longest record that is read.
  static let recordLimit = 16 << 20
  static let lead = 64

  let source: TextSource
  let header: CSVHeader
  /// Where each column of the dataset stands in this file, as `FieldGrid` has it.
  let places: [Int]?
  let chunkSize: Int
  let turns: ScanTurns
  private(set) var strayQuotes = 0
  private(set) var firstStray: (chunk: Int, failure: ScanTurns.ChunkFailure)?
  var blankLines = 0
  var emptyRecords = 0
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  private(set) var ends: UnsafeMutablePointer<UInt32>
  private(set) var rowStarts: UnsafeMutablePointer<UInt32>
  /// Where blocks of 64 bytes begin that hold a byte of 0x80 and above.
  private let highs: UnsafeMutablePointer<UInt32>
  // Of the chunk at hand: its offset in the file, the bytes behind `lead` that belong to it, and
  // those that were read.
  private(set) var offset = 0
  private(set) var ownEnd = 0
  private(set) var readEnd = 0
  private(set) var isMidRow = false
  /// Whether the text ends behind the bytes that were read.
  private(set) var isAtEnd = false

  init(
    source: TextSource, header: CSVHeader, places: [Int]? = nil, chunkSize: Int, turns: ScanTurns
  ) {
    self.source = source
    self.header = header
    self.places = places
    self.chunkSize = chunkSize
    self.turns = turns
    capacity = chunkSize &+ ChunkReader.lookahead
    bytes = .allocate(capacity: capacity &+ 2 &* ChunkReader.lead)
    ends = .allocate(capacity: capacity &+ 2 &* ChunkReader.lead)
    rowStarts = .allocate(capacity: capacity &+ 2)
    highs = .allocate(capacity: chunkSize / 64 &+ 1)
  }

  deinit {
    bytes.deallocate()
    ends.deallocate()
    rowStarts.deallocate()
    highs.deallocate()
  }

  private static let lookahead = 16 << 10

  /// How many chunks a text has, nil where only reading tells.
  static func chunkCount(_ source: TextSource, _ header: CSVHeader, chunkSize: Int) -> Int? {
    source.byteCount.map { ($0 &- header.dataStart &+ chunkSize &- 1) / chunkSize }
  }

  /// The rows of a chunk, nil when this or an earlier chunk has failed or the text has ended.
  func rows(ofChunk chunk: Int) -> FieldGrid? {
    do throws(Diagnostic) {
      if try !readChunk(chunk) {
        turns.end(before: chunk)
        return nil
      }
    } catch {
      turns.abort(error)
      return nil
    }
    // Guessing the state lets threads scan side by side; a wrong guess, as in the midst of a
    // quoted text, costs one more scan.
    let guess = guessedState(chunk)
    var scan = scanned(from: guess)
    var badByte = firstBadByte(scan)
    guard let state = turns.awaitTurn(chunk) else { return nil }
    if state != guess {
      let wasCutShort = scan.errorAt != .nowhere
      scan = scanned(from: state)
      // A scan that stopped has not seen what lies behind.
      if wasCutShort { badByte = firstBadByte(scan) }
    }
    isMidRow = state != UInt32(SCAN_ROW_START)
    if let failure = failure(scan, badByte) {
      turns.fail(chunk, failure)
      return nil
    }
    turns.finishTurn(chunk, state: scan.state, lines: scan.lineCount)
    if scan.strayQuoteCount > 0 {
      strayQuotes &+= scan.strayQuoteCount
      if firstStray == nil {
        firstStray = (chunk, place(scan.firstStrayQuote, row: 0, LoadErrors.strayQuote))
      }
    }
    guard let first = firstRow(scan, state) else {
      turns.setRows(chunk, 0)
      return grid(rowCount: 0)
    }
    if let failure = finishLastRow(&scan) {
      turns.fail(chunk, failure)
      return nil
    }
    return grid(scan, firstEnd: first.end, start: first.start, chunk: chunk)
  }

  /// Line ends before a place in the chunk.
  func lineCount(before position: UnsafePointer<UInt8>) -> Int {
    var lines = 0
    for index in ChunkReader.lead..<max(position - UnsafePointer(bytes), ChunkReader.lead)
    where bytes[index] == 0x0A || (bytes[index] == 0x0D && bytes[index &+ 1] != 0x0A) {
      lines &+= 1
    }
    return lines
  }

  // MARK: Reading

  /// Reads a chunk; false where the text ends before it.
  private func readChunk(_ chunk: Int) throws(Diagnostic) -> Bool {
    offset = header.dataStart &+ chunk &* chunkSize
    let needed = header.dataStart &+ turns.firstInWork &* chunkSize &- ChunkReader.lead
    source.discard(before: max(needed, 0))
    let before = min(ChunkReader.lead, offset)
    // What is in front of a block is looked at when it is checked.
    memset(bytes, 0, ChunkReader.lead &- before)
    let got = try source.read(
      bytes + (ChunkReader.lead &- before), at: offset &- before,
      count: before &+ chunkSize &+ ChunkReader.lookahead)
    isAtEnd = got.isAtEnd
    readEnd = ChunkReader.lead &+ max(got.count &- before, 0)
    ownEnd = min(readEnd, ChunkReader.lead &+ chunkSize)
    memset(bytes + readEnd, 0, ChunkReader.lead)
    return got.count > before
  }

  /// Reads twice as far past the chunk's end.
  func readFurther() throws(Diagnostic) {
    let have = readEnd &- ChunkReader.lead
    let more = have
    if have &+ more > capacity {
      capacity = have &+ more
      bytes = grown(bytes, from: readEnd, to: capacity &+ 2 &* ChunkReader.lead)
      ends = grown(ends, from: readEnd, to: capacity &+ 2 &* ChunkReader.lead)
    }
    let got = try source.read(bytes + readEnd, at: offset &+ have, count: more)
    isAtEnd = got.isAtEnd
    readEnd &+= got.count
    memset(bytes + readEnd, 0, ChunkReader.lead)
  }

  private func grown<T>(
    _ old: UnsafeMutablePointer<T>, from count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<T> {
    let new = UnsafeMutablePointer<T>.allocate(capacity: capacity)
    new.update(from: old, count: count)
    old.deallocate()
    return new
  }

  // MARK: Scanning

  private func guessedState(_ chunk: Int) -> UInt32 {
    let before = bytes[ChunkReader.lead &- 1]
    switch before {
    case _ where chunk == 0: return UInt32(SCAN_ROW_START)
    case 0x0A: return UInt32(SCAN_ROW_START)
    case 0x0D: return UInt32(bytes[ChunkReader.lead] == 0x0A ? SCAN_BARE : SCAN_ROW_START)
    case header.dialect.delimiter: return UInt32(SCAN_FIELD_START)
    case header.dialect.quote: return UInt32(SCAN_CLOSED)
    default: return UInt32(SCAN_BARE)
    }
  }

  private func scanned(from state: UInt32) -> StructuralScan {
    var scan = StructuralScan.starting(
      bytes: bytes, ends: ends, highs: highs, dialect: header.dialect, state: Int(state))
    structural_scan(&scan, ChunkReader.lead, ownEnd)
    return scan
  }

  /// The first byte that is no text, whatever the state, with what is wrong.
  private func firstBadByte(_ scan: StructuralScan) -> ScanTurns.ChunkFailure? {
    var nul = Int.max
    if scan.hasNUL != 0 {
      nul = (ChunkReader.lead..<ownEnd).first { bytes[$0] == 0 } ?? Int.max
    }
    if utf8_is_in_blocks(bytes, highs, scan.highCount) == 0 {
      // A character belongs to the chunk in which it starts.
      var from = ChunkReader.lead
      while from > ChunkReader.lead &- 3, offset > 0, bytes[from] & 0xC0 == 0x80 { from &-= 1 }
      let to = min(ownEnd &+ 3, readEnd)
      let wrong = utf8_first_error(bytes, from, to, isAtEnd ? 0 : 1)
      if wrong != .nowhere, wrong < nul, wrong < ownEnd {
        return place(wrong, row: 0, LoadErrors.notUTF8)
      }
    }
    return nul < Int.max ? place(nul, row: 0, LoadErrors.nul) : nil
  }

  private func failure(
    _ scan: StructuralScan, _ badByte: ScanTurns.ChunkFailure?
  ) -> ScanTurns.ChunkFailure? {
    guard scan.errorAt != .nowhere else { return counted(badByte, scan) }
    let structure = place(scan.errorAt, row: 0, LoadErrors.textAfterQuote)
    if let badByte, badByte.byte < structure.byte { return counted(badByte, scan) }
    return counted(structure, scan)
  }

  /// A failure with the number of its row among those that begin in the chunk; the one that began
  /// before it is -1.
  func counted(
    _ failure: ScanTurns.ChunkFailure?, _ scan: StructuralScan
  ) -> ScanTurns.ChunkFailure? {
    guard var failure else { return nil }
    let position = failure.byte &- offset &+ ChunkReader.lead
    var hasField = isMidRow
    var previous = ChunkReader.lead
    if isMidRow { failure.row = -1 }
    for index in 0..<scan.endCount where Int(ends[index]) < position {
      let end = Int(ends[index])
      let isRowEnd = isLineEnd(end)
      let isBlank = end == previous || (end == previous &+ 1 && bytes[previous] == 0x0D)
      if isRowEnd, hasField || !isBlank { failure.row &+= 1 }
      hasField = !isRowEnd
      previous = end &+ 1
    }
    return failure
  }

  func place(
    _ position: Int, row: Int, _ make: @escaping @Sendable (LoadErrors.Place) -> Diagnostic
  ) -> ScanTurns.ChunkFailure {
    ScanTurns.ChunkFailure(
      row: row, line: lineCount(before: bytes + position),
      byte: offset &+ position &- ChunkReader.lead, make: make)
  }

  @inline(__always)
  func isLineEnd(_ position: Int) -> Bool {
    position == readEnd || bytes[position] == 0x0A || bytes[position] == 0x0D
  }
}
