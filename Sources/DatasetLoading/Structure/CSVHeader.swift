import CKernels
import Diagnostics

/// The header of a delimited text and where the rows behind it begin.
struct CSVHeader: Sendable {
  var dialect: CSVDialect
  /// The names as written, without quotes.
  var names: [String]
  /// What further records of the header say about each column, such as its unit or zone.
  var hints: [String?] = []
  /// The offset of the first byte behind the header.
  var dataStart: Int
  /// Line ends before `dataStart`.
  var lineCount: Int
  /// How many records it takes.
  var recordCount = 1
  /// The offset of its own first byte, and the line ends before it.
  var start = 0
  var startLine = 0
  var notes: [String] = []

  /// The names with the hints in brackets behind them.
  var described: [String] {
    names.enumerated().map { index, name in
      guard hints.indices.contains(index), let hint = hints[index] else { return name }
      return "\(name) (\(hint))"
    }
  }

  /// The most columns a file may have.
  static let columnLimit = 100_000

  /// How a header is to be read.
  struct Options: Sendable {
    var delimiter: UInt8
    /// Whether the first record names the columns.
    var hasNames = true
    /// Where the header begins, or blank lines before it.
    var offset = 0
    /// Line ends before that.
    var lineCount = 0
  }

  /// Reads the header.
  static func read(_ source: TextSource, _ options: Options) throws(Diagnostic) -> CSVHeader {
    var capacity = min(source.byteCount ?? .max, options.offset &+ usualSize)
    while true {
      var head = [UInt8](repeating: 0, count: capacity &+ 64)
      var got = (count: 0, isAtEnd: false)
      var failure: Diagnostic?
      head.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        do throws(Diagnostic) {
          got = try source.read(base, at: 0, count: capacity)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      if let header = try parse(head, count: got.count, got.isAtEnd, source.path, options) {
        return header
      }
      if capacity >= headerLimit { throw LoadErrors.headerTooLong(source.path, limit: headerLimit) }
      capacity = min(source.byteCount ?? .max, headerLimit, capacity &* 4)
    }
  }

  /// More than most headers take.
  private static let usualSize = 1 << 13
  /// The longest header that is read.
  private static let headerLimit = 16 << 20

  /// The header in the first `count` bytes of the file, nil where it does not end there.
  private static func parse(
    _ head: [UInt8], count: Int, _ isWhole: Bool, _ path: String, _ options: Options
  ) throws(Diagnostic) -> CSVHeader? {
    let text = head[0..<count]
    var problem: Diagnostic?
    var start = max(options.offset, text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    var notes: [String] = []
    if text[start...].starts(with: [0xEF, 0xBB, 0xBF]) {
      notes.append("the first header begins with an invisible character (a second BOM)")
    }
    var lines = options.lineCount
    while start < count, head[start] == 0x0A || head[start] == 0x0D {
      if head[start] == 0x0A || head[start &+ 1] != 0x0A { lines &+= 1 }
      start &+= 1
    }
    if start == count {
      if isWhole { throw LoadErrors.noHeader(path) }
      return nil
    }
    let blank = lines &- options.lineCount
    if blank > 0 { notes.append("skipped \(blank) blank lines before the header") }
    let dialect = CSVDialect(delimiter: options.delimiter)
    let startLine = lines

    var ends = [UInt32](repeating: 0, count: count &- start &+ 65)
    var names: [String] = []
    var behind = count
    var isComplete = true
    head.withUnsafeBufferPointer { bytes in
      ends.withUnsafeMutableBufferPointer { ends in
        guard let base = bytes.baseAddress, let out = ends.baseAddress else { return }
        var scan = StructuralScan.starting(bytes: base, ends: out, dialect: dialect)
        let next = structural_scan_row(&scan, start, count)
        // What follows a CR tells whether the line ends there.
        if next == count, !isWhole, base[count &- 1] == 0x0D {
          isComplete = false
          return
        }
        let place = LoadErrors.Place(path: path, record: 1, line: lines &+ 1, byte: 0)
        problem = headerProblem(
          scan, base, start, next == Int.nowhere ? count : next, isWhole || next != .nowhere, place)
        if problem != nil { return }
        if next == .nowhere {
          isComplete = isWhole
          out[scan.endCount] = UInt32(count)
          scan.endCount &+= 1
        } else {
          behind = next
        }
        if scan.strayQuoteCount > 0 {
          notes.append("the header has a quote inside a field without quotes; kept as it stands")
        }
        if !isComplete { return }
        names = fieldTexts(base, out, scan.endCount, start)
      }
    }
    if let problem { throw problem }
    if !isComplete { return nil }
    if names.count > columnLimit {
      throw LoadErrors.tooManyColumns(path, names.count, limit: columnLimit)
    }
    if !options.hasNames {
      notes.append("the columns have no names; the first record is data")
      return CSVHeader(
        dialect: dialect, names: names.indices.map { "column_\($0 &+ 1)" }, dataStart: start,
        lineCount: lines, recordCount: 0, start: start, startLine: startLine, notes: notes)
    }
    for byte in head[start..<behind] where byte == 0x0A { lines &+= byte == 0x0A ? 1 : 0 }
    if !head[start..<behind].contains(0x0A), behind < count || head[behind &- 1] == 0x0D {
      lines &+= 1
    }
    return CSVHeader(
      dialect: dialect, names: names, dataStart: behind, lineCount: lines, start: start,
      startLine: startLine, notes: notes)
  }

  private static func headerProblem(
    _ scan: StructuralScan, _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int,
    _ isWhole: Bool, _ place: LoadErrors.Place
  ) -> Diagnostic? {
    var place = place
    if let nul = (start..<end).first(where: { bytes[$0] == 0 }) {
      place.byte = nul
      return LoadErrors.nul(place)
    }
    let wrong = utf8_first_error(bytes, start, end, isWhole ? 0 : 1)
    if wrong != .nowhere {
      place.byte = wrong
      return LoadErrors.notUTF8(place)
    }
    if scan.errorAt != .nowhere {
      place.byte = scan.errorAt
      return LoadErrors.textAfterQuote(place)
    }
    if scan.state == UInt32(SCAN_QUOTED), isWhole {
      place.byte = (start..<end).last { bytes[$0] == scan.quote } ?? start
      return LoadErrors.unterminatedQuote(place)
    }
    return nil
  }

  private static func fieldTexts(
    _ bytes: UnsafePointer<UInt8>, _ ends: UnsafePointer<UInt32>, _ count: Int, _ start: Int
  ) -> [String] {
    var names: [String] = []
    let unquoter = Unquoter()
    var from = start
    for index in 0..<count {
      var to = Int(ends[index])
      let next = to &+ 1
      if index == count &- 1, to > from, bytes[to &- 1] == 0x0D { to &-= 1 }
      let isQuoted = to &- from >= 2 && bytes[from] == UInt8(ascii: "\"")
      let field =
        isQuoted
        ? unquoter.text(bytes + from + 1, to &- from &- 2)
        : UnsafeBufferPointer(start: bytes + from, count: to &- from)
      names.append(SafeText.string(field))
      from = next
    }
    return names
  }
}
