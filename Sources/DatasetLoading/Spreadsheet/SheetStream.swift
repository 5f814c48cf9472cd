import Diagnostics

/// What a sheet holds: its header's row and its width, for which all of it is read once.
struct SheetSurvey: Sendable {
  /// Columns up to the last that holds anything; 0 for an empty sheet.
  private(set) var columnCount = 0
  /// The first column that holds anything.
  private(set) var firstColumn = Int.max
  /// The row that names the columns.
  private(set) var headerRow = 0
  /// The first row behind the table; `Int.max` where the table goes to the sheet's end.
  private(set) var endRow = Int.max
  private(set) var notes: [String] = []

  // A title over the table is looked for in the first rows only.
  private static let titleLimit = 20

  init(_ reader: SheetReader) throws(Diagnostic) {
    var errors = 0
    var unsolved = 0
    var first: [(row: Int, count: Int)] = []
    var footer = TableFooter()
    var previousRow = 0
    while try reader.nextRow() {
      columnCount = max(columnCount, (reader.cells.map(\.column).max() ?? -1) &+ 1)
      firstColumn = min(firstColumn, reader.cells.map(\.column).min() ?? .max)
      unsolved &+= reader.cells.count { $0.isUnsolved }
      errors &+= reader.cells.count { $0.isError }
      if reader.cells.count > 1 || !reader.cells[0].isText {
        footer = TableFooter()
      } else if footer.lineCount > 0 || reader.row > previousRow &+ 1 {
        if footer.lineCount == 0 {
          endRow = reader.row
          footer.first = Array(
            UnsafeBufferPointer(start: reader.text.base, count: reader.text.count))
        }
        footer.lineCount &+= 1
      }
      previousRow = reader.row
      if first.count < SheetSurvey.titleLimit { first.append((reader.row, reader.cells.count)) }
    }
    guard let top = first.first else { return }
    headerRow = top.row
    // One or two cells over a wide table are its title.
    let widest = first.map(\.count).max() ?? 0
    if widest >= 3, top.count == 1, let header = first.first(where: { $0.count > 2 }) {
      headerRow = header.row
      notes.append("skipped a title: the columns are named in row \(headerRow)")
    }
    if columnCount &- firstColumn > 2, endRow > headerRow, footer.isShort {
      notes.append(footer.note)
    } else {
      endRow = .max
    }
    if unsolved > 0 {
      notes.append(
        "\(unsolved) formulas have no result in the file and are read as missing; "
          + "a spreadsheet program that opens and saves it adds them")
    }
    if errors > 0 {
      notes.append("\(errors) cells with an error, such as #N/A, are read as missing")
    }
  }
}

/// Turns the rows of a sheet into delimited text, header first.
final class SheetStream: ProducingStream {
  private let reader: SheetReader
  private let survey: SheetSurvey
  private let lines: RecordLines

  init(_ reader: SheetReader, _ survey: SheetSurvey, _ lines: RecordLines) {
    self.reader = reader
    self.survey = survey
    self.lines = lines
    lines.removeAll()
  }

  private static let pieceSize = 1 << 16

  override func produce() throws(Diagnostic) -> Bool {
    var writer = RowWriter(output)
    while output.count < SheetStream.pieceSize, try reader.nextRow() {
      if reader.row < survey.headerRow { continue }
      if reader.row >= survey.endRow { break }
      lines.add(reader.row)
      write(&writer)
    }
    return output.count > 0
  }

  private func write(_ writer: inout RowWriter) {
    var column = survey.firstColumn
    for cell in reader.cells.sorted(by: { $0.column < $1.column }) where cell.column >= column {
      while column < cell.column {
        writer.missing()
        column &+= 1
      }
      let start = reader.text.base + cell.start
      if cell.isText {
        writer.text(start, cell.end &- cell.start)
      } else {
        writer.plain(start, cell.end &- cell.start)
      }
      column &+= 1
    }
    while column < survey.columnCount {
      writer.missing()
      column &+= 1
    }
    writer.endRow()
  }
}
