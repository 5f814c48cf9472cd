/// A table in a Markdown text, with units as people read them.
struct MarkdownWriter: RowWriter {
  private let table: ResultTable
  private let columns: [DisplayColumn]

  init(_ table: ResultTable, options: FormatOptions) {
    self.table = table
    columns = table.columns.map {
      DisplayColumn($0, in: table, rows: [0..<table.rowCount], options: options)
    }
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    if !table.title.isEmpty {
      buffer.append("**" + Self.escaped(Printable.text(table.heading)) + "**\n\n")
    }
    writeLine(columns.map { Self.escaped($0.name) }, into: &buffer)
    writeLine(columns.map { $0.isRightAligned ? "---:" : "---" }, into: &buffer)
  }

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {
    writeLine(columns.map { Self.escaped($0.fullText(row)) }, into: &buffer)
  }

  func writeFooter(into buffer: inout ByteBuffer) {
    for note in table.notes { buffer.append("\n" + Self.escaped(Printable.text(note)) + "\n") }
  }

  private func writeLine(_ cells: [String], into buffer: inout ByteBuffer) {
    buffer.append("| " + cells.joined(separator: " | ") + " |\n")
  }

  /// Keeps text from being read as markup. Underscores within words mean nothing in Markdown, so
  /// that column names stay as they are.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\", "|", "`", "*", "[", "]", "<", "&": result += "\\"
      default: break
      }
      result.unicodeScalars.append(character)
    }
    return result
  }
}
