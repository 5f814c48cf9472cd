/// The part of a source line around a range, as a terminal shows it, and where its carets stand.
struct SourceExcerpt {
  /// The line, cut to a window around the range, with tabs expanded and control bytes escaped.
  private(set) var text = ""
  /// The columns before the first caret.
  private(set) var caretColumn = 0
  /// The number of carets, at least 1.
  private(set) var caretCount = 1

  /// The most columns shown, and how many of a hundred stand from the range's start on where there
  /// is enough to show on both sides.
  private static let mostColumns = 100
  private static let shareFrom = 40
  /// So many are shown of any text, however narrow the screen.
  private static let fewestColumns = 10
  private static let tabWidth = 4

  /// One shown piece of the line.
  private struct Cell {
    var text: String
    var width: Int
    var offset: Int
  }

  /// The excerpt for a range of a text, in as many columns as there are.
  init(of range: SourceRange, in source: SourceText, width: Int = .max) {
    // Two for what tells that there is more.
    let room = max(2 * Self.fewestColumns, min(max(width, 2) - 2, Self.mostColumns))
    let line = source.lineRange(at: range.lower)
    let lower = min(max(range.lower, line.lower), line.upper)
    let upper = min(range.upper, line.upper)
    var start = max(line.lower, lower - room * 4)
    while start > line.lower, source.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    let before = Self.cells(SourceRange(start, lower), source)
    let behind = Self.cells(
      SourceRange(lower, min(line.upper, lower + room * 4)), source)

    // What one side does not need is the other's.
    let columnsFrom = max(room * Self.shareFrom / 100, room - Self.width(of: before))
    let columnsBefore = max(room - columnsFrom, room - Self.width(of: behind))
    let shownBefore = Self.fitting(before.reversed(), columnsBefore).reversed()
    let shownBehind = Self.fitting(behind, columnsFrom)
    let isCutBefore = start > line.lower || shownBefore.count < before.count
    let isCutBehind =
      (shownBehind.last?.offset ?? lower) < (behind.last?.offset ?? lower)
      || line.upper > lower + room * 4
    text =
      (isCutBefore ? "…" : "") + (Array(shownBefore) + shownBehind).map(\.text).joined()
      + (isCutBehind ? "…" : "")
    caretColumn = (isCutBefore ? 1 : 0) + Self.width(of: Array(shownBefore))
    caretCount = max(1, Self.width(of: shownBehind.filter { $0.offset < upper }))
  }

  private static func width(of cells: [Cell]) -> Int { cells.reduce(0) { $0 + $1.width } }

  /// The first cells that fit into so many columns and not too many bytes.
  private static func fitting(_ cells: some Sequence<Cell>, _ columns: Int) -> [Cell] {
    var result: [Cell] = []
    var room = columns
    var bytes = 110
    for cell in cells {
      room -= cell.width
      bytes -= cell.text.utf8.count
      if room < 0 || bytes < 0 { break }
      result.append(cell)
    }
    return result
  }

  private static func cells(_ range: SourceRange, _ source: SourceText) -> [Cell] {
    var result: [Cell] = []
    var offset = range.lower
    while offset < range.upper {
      let decoded = source.scalar(at: offset)
      result.append(cell(decoded?.scalar, byte: source.bytes[offset], offset: offset))
      offset += decoded?.length ?? 1
    }
    return result
  }

  private static func cell(_ scalar: Unicode.Scalar?, byte: UInt8, offset: Int) -> Cell {
    guard let scalar else {
      let escape = "\\x" + String(byte, radix: 16, uppercase: true)
      return Cell(text: escape, width: escape.utf8.count, offset: offset)
    }
    if scalar == "\t" {
      return Cell(
        text: String(repeating: " ", count: tabWidth), width: tabWidth, offset: offset)
    }
    if let escape = DisplayText.escape(for: scalar) {
      return Cell(text: escape, width: escape.utf8.count, offset: offset)
    }
    return Cell(text: String(scalar), width: DisplayText.width(of: scalar), offset: offset)
  }
}
