/// One `name: value` line per cell and one block per row, for rows too wide for a table.
struct VerticalWriter: RowWriter {
  private let table: ResultTable
  private let columns: [DisplayColumn]
  /// `name:` and the spaces that line the values up.
  private let labels: [String]
  private let style: TextStyle
  private let options: FormatOptions

  init(_ table: ResultTable, options: FormatOptions) {
    self.table = table
    self.options = options
    columns = table.columns.map {
      DisplayColumn($0, in: table, rows: [0..<table.rowCount], options: options)
    }
    let widths = columns.map { DisplayWidth.of($0.name) }
    let widest = widths.max() ?? 0
    style = TextStyle(usesColor: options.terminal?.usesColor ?? false)
    labels = zip(columns, widths).map { [style] column, width in
      style.dim(column.name + ":") + String(repeating: " ", count: widest - width + 1)
    }
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    if !table.title.isEmpty {
      buffer.append(style.bold(Printable.text(table.heading)) + "\n\n")
    }
  }

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {
    if row > 0 { buffer.append(byte: UInt8(ascii: "\n")) }
    for (label, column) in zip(labels, columns) {
      buffer.append(label)
      buffer.append(column.text(row))
      let remark = column.remark(row, withInterval: true)
      if !remark.isEmpty { buffer.append("  " + style.dim(remark)) }
      buffer.append(byte: UInt8(ascii: "\n"))
    }
  }

  func writeFooter(into buffer: inout ByteBuffer) {
    for note in table.notes {
      buffer.append("\n" + style.dim(options.lines(of: note)) + "\n")
    }
  }
}
