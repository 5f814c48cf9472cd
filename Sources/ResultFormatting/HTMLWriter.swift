/// A table element with its caption, and the notes below it, to be put into a page.
struct HTMLWriter: RowWriter {
  private let table: ResultTable
  private let columns: [DisplayColumn]
  /// How an interval or the like begins that stands behind a value of each column: as wide as the
  /// widest of the column, so that the values above each other are aligned.
  private let remarkTags: [String]

  init(_ table: ResultTable, options: FormatOptions) {
    self.table = table
    columns = table.columns.map {
      DisplayColumn($0, in: table, rows: [0..<table.rowCount], options: options)
    }
    remarkTags = columns.map { column in
      let widest =
        column.isRightAligned
        ? (0..<table.rowCount).reduce(0) {
          max($0, DisplayWidth.of(column.remark($1, withInterval: true)))
        } : 0
      return widest == 0
        ? "" : "<small style=\"display: inline-block; min-width: \(widest)ch; text-align: left\">"
    }
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    buffer.append("<table>\n")
    if !table.title.isEmpty {
      buffer.append("<caption>\(Markup.text(table.heading))</caption>\n")
    }
    buffer.append("<thead>\n<tr>")
    for column in columns {
      buffer.append("<th scope=\"col\"\(Self.alignment(column))>")
      buffer.append(Markup.escaped(column.name) + "</th>")
    }
    buffer.append("</tr>\n</thead>\n<tbody>\n")
  }

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {
    buffer.append("<tr>")
    for (column, remarkTag) in zip(columns, remarkTags) {
      buffer.append("<td\(Self.alignment(column))\(style(column, row))>")
      let remark = column.remark(row, withInterval: true)
      buffer.append(Markup.escaped(column.text(row)))
      if !remarkTag.isEmpty { buffer.append(" \(remarkTag)\(Markup.escaped(remark))</small>") }
      buffer.append("</td>")
    }
    buffer.append("</tr>\n")
  }

  func writeFooter(into buffer: inout ByteBuffer) {
    writeEnd(into: &buffer)
    writeNotes(into: &buffer)
  }

  /// Closes the table.
  func writeEnd(into buffer: inout ByteBuffer) {
    buffer.append("</tbody>\n</table>\n")
  }

  /// The notes as paragraphs below the table.
  func writeNotes(into buffer: inout ByteBuffer) {
    if let all = table.uncutRowCount, all > table.rowCount {
      let counts = [table.rowCount, all].map { NumberText.grouped(Int64($0)) }
      buffer.append("<p>\(counts[0]) of \(counts[1]) rows</p>\n")
    }
    for note in table.notes {
      buffer.append("<p>\(Markup.text(note))</p>\n")
    }
  }

  /// The class that gives a change its colour, and lets text go on below.
  private func style(_ column: DisplayColumn, _ row: Int) -> String {
    switch column.trend(row) {
    case .better: " class=\"better\""
    case .worse: " class=\"worse\""
    case .unproven: " class=\"unproven\""
    case .neutral: column.unit == .text ? " class=\"text\"" : ""
    }
  }

  private static func alignment(_ column: DisplayColumn) -> String {
    column.isRightAligned ? " style=\"text-align: right\"" : ""
  }
}
