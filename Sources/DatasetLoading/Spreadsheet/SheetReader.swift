import Diagnostics

/// Reads the rows of a sheet, one after another.
final class SheetReader {
  /// A cell of the row at hand: its text stands in the reader's `text`.
  struct Cell {
    var column: Int
    var start: Int
    var end: Int
    var isText: Bool
    /// Whether it shows an error such as #N/A instead of a value.
    var isError = false
    /// Whether it is a formula whose result was not stored.
    var isUnsolved = false
  }

  /// The cells of the row at hand that hold something, by column.
  private(set) var cells: [Cell] = []
  /// The number of the row at hand, from 1 on.
  private(set) var row = 0
  /// The texts of the cells.
  let text = OutputBuffer()
  private let xml: XMLReader
  private let strings: SharedStrings
  private let styles: WorkbookStyles
  private let is1904: Bool

  // Sheets have at most 16,384 columns; more would only be made to use up memory.
  private static let columnLimit = 16_384

  init(
    _ stream: any ByteStream, strings: SharedStrings, styles: WorkbookStyles, is1904: Bool,
    path: String
  ) throws(Diagnostic) {
    xml = try XMLReader(stream, path: path)
    self.strings = strings
    self.styles = styles
    self.is1904 = is1904
  }

  /// Goes to the next row that holds something; false behind the last.
  func nextRow() throws(Diagnostic) -> Bool {
    while true {
      switch try xml.next() {
      case .end: return false
      case .close: continue
      case .open:
        guard xml.isNamed("row") else { continue }
        let number = xml.rawAttribute("r").flatMap { Int(SafeText.string($0)) }
        row = number ?? row &+ 1
        try readCells()
        if cells.contains(where: { !isBlank($0) }) { return true }
      }
    }
  }

  /// Whether a cell holds nothing but spaces.
  private func isBlank(_ cell: Cell) -> Bool {
    cell.isText && !cell.isError && !cell.isUnsolved
      && (cell.start..<cell.end).allSatisfy { text.base[$0] == 0x20 }
  }

  private func readCells() throws(Diagnostic) {
    cells.removeAll(keepingCapacity: true)
    text.removeAll()
    var column = -1
    while true {
      switch try xml.next() {
      case .end: throw xml.damaged("its XML ends too early")
      case .close: if xml.isNamed("row") { return }
      case .open:
        guard xml.isNamed("c") else { continue }
        column = try xml.rawAttribute("r").map(columnIndex) ?? column &+ 1
        if column >= SheetReader.columnLimit { throw xml.damaged("it has too many columns") }
        let style = xml.rawAttribute("s").flatMap { Int(SafeText.string($0)) } ?? 0
        let type = xml.rawAttribute("t").map { SafeText.string($0) } ?? "n"
        try readCell(column, type, styles.format(style))
      }
    }
  }

  /// The column that letters such as AB12 name.
  private func columnIndex(_ name: UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> Int {
    var index = 0
    for byte in name.prefix(4) {
      let letter = byte & 0xDF
      guard letter >= 0x41, letter <= 0x5A else { break }
      index = index &* 26 &+ Int(letter &- 0x40)
    }
    if index == 0 { throw xml.damaged("one of its cells has no place") }
    return index &- 1
  }

  private func readCell(
    _ column: Int, _ type: String, _ format: ExcelDate.Format
  ) throws(Diagnostic) {
    xml.text.removeAll()
    var isPhonetic = false
    var isFormula = false
    loop: while true {
      switch try xml.next() {
      case .end: throw xml.damaged("its XML ends too early")
      case .open:
        if xml.isNamed("rPh") { isPhonetic = true }
        if xml.isNamed("f") { isFormula = true }
        xml.takesText = xml.isNamed("v") || (xml.isNamed("t") && !isPhonetic)
      case .close:
        xml.takesText = false
        if xml.isNamed("rPh") { isPhonetic = false }
        if xml.isNamed("c") { break loop }
      }
    }
    let raw = UnsafeBufferPointer(start: xml.text.base, count: xml.text.count)
    let start = text.count
    if raw.isEmpty {
      if isFormula, type != "str" {
        cells.append(
          Cell(column: column, start: start, end: start, isText: true, isUnsolved: true))
      }
      return
    }
    var isText = true
    switch type {
    case "s":
      let isKnown = strings.withText(Int(SafeText.string(raw)) ?? -1) { text.append($0, $1) }
      if !isKnown { throw xml.damaged("a cell refers to a text that is not there") }
      unescape(from: start)
    case "b": text.append(raw.first == 0x31 ? "true" : "false")
    case "e": break
    case "n", "":
      isText = number(SafeText.string(raw), format)
    default:
      text.append(xml.text.base, xml.text.count)
      unescape(from: start)
    }
    if text.count == start, type != "e" { return }
    cells.append(
      Cell(column: column, start: start, end: text.count, isText: isText, isError: type == "e"))
  }

  /// Appends a number as its format shows it; true where that makes it a text.
  private func number(_ raw: String, _ format: ExcelDate.Format) -> Bool {
    guard let value = Double(raw) else {
      text.append(raw)
      return true
    }
    if format != .number, let shown = ExcelDate.text(value, format, is1904: is1904) {
      text.append(shown)
      return true
    }
    if format == .percent, value.magnitude < 1e6 {
      // To 12 decimals, where a hundredfold has no digits that Excel does not show.
      text.append(SheetReader.plain((value * 1e14).rounded() / 1e12) + "%")
      return false
    }
    // Excel writes 17 digits of what it shows with 15 at most.
    let isLong = raw.utf8.count > 15 || raw.contains("E") || raw.contains("e")
    text.append(isLong && value.isFinite ? SheetReader.plain(value) : raw)
    return false
  }

  private static func plain(_ value: Double) -> String {
    if value.magnitude < 1e15, let whole = Int(exactly: value) { return "\(whole)" }
    return "\(value)"
  }

  /// Turns `_x000D_` and the like into the characters that XML could not hold.
  private func unescape(from start: Int) {
    let bytes = text.base
    var from = start
    var to = start
    let end = text.count
    while from < end {
      if bytes[from] == 0x5F, end &- from >= 7, bytes[from &+ 1] == 0x78, bytes[from &+ 6] == 0x5F {
        let digits = UnsafeBufferPointer(start: bytes + from + 2, count: 4)
        if let value = UInt32(SafeText.string(digits), radix: 16), value > 0, value < 0xD800 {
          to &+= UTF8Bytes.write(value, bytes + to)
          from &+= 7
          continue
        }
      }
      bytes[to] = bytes[from]
      to &+= 1
      from &+= 1
    }
    text.truncate(to: to)
  }
}
