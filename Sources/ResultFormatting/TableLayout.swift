/// Which rows and columns of a result are shown as a table, and how wide.
struct TableLayout {
  /// One column with its place on the screen, in cells.
  struct Column {
    let display: DisplayColumn
    var valueWidth = 0
    var intervalWidth = 0
    var width = 0

    var fullWidth: Int {
      max(
        DisplayWidth.of(display.name),
        valueWidth + (intervalWidth > 0 ? intervalWidth + Self.intervalGap : 0))
    }

    static let intervalGap = 2
  }

  private(set) var columns: [Column]
  /// The rows that are shown: all of them, or the head and the tail.
  let rows: [Range<Int>]
  let hiddenColumnCount: Int

  init(_ table: ResultTable, options: FormatOptions) {
    let rows = Self.shownRows(of: table.rowCount, terminal: options.terminal)
    var columns = table.columns.map { column in
      Self.measured(
        DisplayColumn(column, in: table, rows: rows, options: options), rows: rows,
        showsIntervals: options.terminal != nil)
    }
    if let terminal = options.terminal { Self.fit(&columns, to: terminal.width) }
    self.columns = columns
    self.rows = rows
    hiddenColumnCount = table.columns.count - columns.count
  }

  private static func shownRows(of count: Int, terminal: FormatOptions.Terminal?) -> [Range<Int>] {
    guard let limit = terminal?.rowLimit, limit > 0, count > limit else { return [0..<count] }
    let tail = limit / 2
    return [0..<(limit - tail), (count - tail)..<count]
  }

  private static func measured(
    _ display: DisplayColumn, rows: [Range<Int>], showsIntervals: Bool
  ) -> Column {
    var column = Column(display: display)
    for range in rows {
      for row in range {
        column.valueWidth = max(column.valueWidth, DisplayWidth.of(display.text(row)))
        if showsIntervals, let interval = display.intervalText(row) {
          column.intervalWidth = max(column.intervalWidth, DisplayWidth.of(interval))
        }
      }
    }
    column.width = column.fullWidth
    return column
  }

  /// Makes the table as narrow as the screen, giving up first what matters least: intervals, the
  /// ends of long texts, the ends of names, whole columns from the right. A number or a time is
  /// never cut, since what is left would be another one.
  private static func fit(_ columns: inout [Column], to width: Int) {
    if total(columns) > width {
      for index in columns.indices {
        columns[index].intervalWidth = 0
        columns[index].width = columns[index].fullWidth
      }
    }
    shorten(&columns, to: width) { column in
      column.display.unit == .text ? min(column.width, smallestTextWidth) : column.width
    }
    shorten(&columns, to: width) { column in
      column.display.unit == .text
        ? column.width : min(column.width, max(column.valueWidth, smallestValueWidth))
    }
    while columns.count > 1 && total(columns) > width { columns.removeLast() }
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
  private static let smallestValueWidth = 6
}
