/// A table element with its caption, and the notes below it, to be put into a page.
struct HTMLWriter: RowWriter {
  private let table: ResultTable
  private let columns: [DisplayColumn]

  init(_ table: ResultTable, options: FormatOptions) {
    self.table = table
    columns = table.columns.map {
      DisplayColumn($0, in: table, rows: [0..<table.rowCount], options: options)
    }
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    buffer.append("<table>\n")
    if !table.title.isEmpty {
      buffer.append("<caption>\(Markup.escaped(Printable.text(table.title)))</caption>\n")
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
    for column in columns {
      buffer.append("<td\(Self.alignment(column))>")
      buffer.append(Markup.escaped(column.fullText(row)) + "</td>")
    }
    buffer.append("</tr>\n")
  }

  func writeFooter(into buffer: inout ByteBuffer) {
    buffer.append("</tbody>\n</table>\n")
    for note in table.notes {
      buffer.append("<p>\(Markup.escaped(Printable.text(note)))</p>\n")
    }
  }

  private static func alignment(_ column: DisplayColumn) -> String {
    column.isRightAligned ? " style=\"text-align: right\"" : ""
  }
}
