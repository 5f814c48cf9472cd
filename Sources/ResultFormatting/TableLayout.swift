/// Which rows and columns of a result are shown as a table, and how wide.
struct TableLayout {
  /// One column with its place on the screen, in cells.
  struct Column {
    let display: DisplayColumn
    var valueWidth = 0
    /// Of the text in weak type behind the value.
    var remarkWidth = 0
    var showsInterval = true
    var width = 0

    /// The value with what stands behind it.
    var cellWidth: Int { valueWidth + (remarkWidth > 0 ? remarkWidth + Self.remarkGap : 0) }
    var fullWidth: Int { max(DisplayWidth.of(display.name), cellWidth) }

    static let remarkGap = 2
  }

  private(set) var columns: [Column]
  /// The rows that are shown: all of them, or the head and the tail.
  let rows: [Range<Int>]
  let hiddenColumnCount: Int
  /// Whether texts that do not fit go on below instead of being cut.
  let wraps: Bool

  init(_ table: ResultTable, options: FormatOptions) {
    // What says what something means is to be read to its end.
    wraps = options.terminal != nil && Self.isReference(table)
    let rows =
      wraps
      ? [0..<table.rowCount] : Self.shownRows(of: table.rowCount, terminal: options.terminal)
    var columns = table.columns.map { column in
      var result = Column(
        display: DisplayColumn(column, in: table, rows: rows, options: options))
      Self.measure(&result, rows: rows)
      return result
    }
    if let terminal = options.terminal {
      Self.fit(&columns, rows: rows, to: terminal.width, smallestText: wraps ? 6 : 4)
    }
    self.columns = columns
    self.rows = rows
    hiddenColumnCount = table.columns.count - columns.count
  }

  /// Whether it is the answer to `show` or `describe`.
  private static func isReference(_ table: ResultTable) -> Bool {
    table.title.hasPrefix("describe ") || table.title.hasPrefix("show ")
  }

  private static func shownRows(of count: Int, terminal: FormatOptions.Terminal?) -> [Range<Int>] {
    guard let limit = terminal?.rowLimit, limit > 0, count > limit else { return [0..<count] }
    let tail = limit / 2
    return [0..<(limit - tail), (count - tail)..<count]
  }

  private static func measure(_ column: inout Column, rows: [Range<Int>]) {
    column.valueWidth = 0
    column.remarkWidth = 0
    for row in rows.joined() {
      column.valueWidth = max(column.valueWidth, DisplayWidth.of(column.display.text(row)))
      let remark = column.display.remark(row, withInterval: column.showsInterval)
      column.remarkWidth = max(column.remarkWidth, DisplayWidth.of(remark))
    }
    column.width = column.fullWidth
  }

  /// Makes the table as narrow as the screen, giving up first what matters least: intervals, the
  /// ends of long texts, the ends of names, then whole columns from the right, what only says more
  /// of another first and the first answer last. A number or a time is never cut, since what is
  /// left would be another one.
  private static func fit(
    _ columns: inout [Column], rows: [Range<Int>], to width: Int, smallestText: Int
  ) {
    if total(columns) > width {
      for index in columns.indices {
        columns[index].showsInterval = false
        measure(&columns[index], rows: rows)
      }
    }
    shorten(&columns, to: width) { column in
      column.display.unit == .text ? min(column.width, smallestTextWidth) : column.width
    }
    shorten(&columns, to: width) { column in
      column.display.unit == .text
        ? column.width : min(column.width, max(column.cellWidth, smallestValueWidth))
    }
    while total(columns) > width, let last = columns.lastIndex(where: { $0.display.isDetail }) {
      // Half an interval says nothing.
      let interval = columns.remove(at: last).display.intervalOf
      columns.removeAll { interval != nil && $0.display.intervalOf == interval }
    }
    let answer = columns.firstIndex { !$0.display.isKey } ?? 1
    while total(columns) > width, columns.count > answer + 1 { columns.removeLast() }
    shorten(&columns, to: width) { column in
      min(column.width, column.display.unit == .text ? smallestText : column.cellWidth)
    }
    while columns.count > 1 && total(columns) > width { columns.removeLast() }
    // What a whole column leaves free goes to the names of the others.
    for index in columns.indices {
      let room = max(0, width - total(columns))
      columns[index].width = min(columns[index].fullWidth, columns[index].width + room)
    }
    if let first = columns.first, columns.count == 1, total(columns) > width {
      columns[0].width = max(1, first.width - (total(columns) - width))
    }
  }

  /// Takes cells from the widest column that may still give some, until all fit or none may.
  private static func shorten(
    _ columns: inout [Column], to width: Int, smallest: (Column) -> Int
  ) {
    let limits = columns.map(smallest)
    var excess = total(columns) - width
    while excess > 0 {
      let candidates = columns.indices.filter { columns[$0].width > limits[$0] }
      guard let widest = candidates.max(by: { columns[$0].width < columns[$1].width }) else {
        return
      }
      columns[widest].width -= 1
      excess -= 1
    }
  }

  /// Cells of a whole line: `│ a │ b │`.
  private static func total(_ columns: [Column]) -> Int {
    columns.reduce(1) { $0 + $1.width + 3 }
  }

  private static let smallestTextWidth = 12
  private static let smallestValueWidth = 10
}
