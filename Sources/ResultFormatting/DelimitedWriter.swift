/// CSV as in RFC 4180 (but with `\n` line ends), and TSV with escapes.
struct DelimitedWriter: RowWriter {
  enum Dialect {
    case csv, tsv
  }

  private let columns: [(name: String, unit: ValueUnit, values: ResultValues)]
  private let dialect: Dialect
  private let delimiter: UInt8
  /// Whether a text that a spreadsheet would take for a formula gets a `'` in front.
  private let isSpreadsheetSafe: Bool
  /// Whether a terminal shows what is written, to which no text may speak.
  private let isShown: Bool

  init(_ table: ResultTable, dialect: Dialect, options: FormatOptions) {
    isSpreadsheetSafe = options.isSpreadsheetSafe
    isShown = options.terminal != nil
    columns = table.columns.map { ($0.name, $0.unit, $0.values) }
    self.dialect = dialect
    delimiter = dialect == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t")
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    for (index, column) in columns.enumerated() {
      if index > 0 { buffer.append(byte: delimiter) }
      write(column.name, into: &buffer)
    }
    buffer.append(byte: UInt8(ascii: "\n"))
  }

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {
    for index in columns.indices {
      if index > 0 { buffer.append(byte: delimiter) }
      write(PlainValue(columns[index].values[row], unit: columns[index].unit), into: &buffer)
    }
    buffer.append(byte: UInt8(ascii: "\n"))
  }

  func writeFooter(into buffer: inout ByteBuffer) {}

  private func write(_ value: PlainValue, into buffer: inout ByteBuffer) {
    switch value {
    case .missing: break
    case .integer(let integer): buffer.append(integer: integer)
    case .number(let number): buffer.append(number: number)
    case .boolean(let flag): buffer.append(flag ? "true" : "false")
    case .instant(let text): buffer.append(text)
    case .text(let text): write(text, into: &buffer)
    case .list(let words): write(words.joined(separator: ";"), into: &buffer)
    }
  }

  private func write(_ plain: String, into buffer: inout ByteBuffer) {
    let text = isSpreadsheetSafe && SpreadsheetFormula.begins(plain) ? "'" + plain : plain
    switch dialect {
    case .csv: writeQuoted(isShown ? Printable.lines(text) : text, into: &buffer)
    case .tsv: writeEscaped(text, into: &buffer)
    }
  }

  private func writeQuoted(_ text: String, into buffer: inout ByteBuffer) {
    let quote = UInt8(ascii: "\"")
    // A lone empty cell would be an empty line, which readers skip: quotes keep the row.
    let isLoneAndEmpty = columns.count == 1 && text.isEmpty
    let needsQuotes =
      isLoneAndEmpty
      || text.utf8.contains { byte in
        byte == delimiter || byte == quote || byte == UInt8(ascii: "\n")
          || byte == UInt8(ascii: "\r")
      }
    guard needsQuotes else { return buffer.append(text) }
    buffer.append(byte: quote)
    for byte in text.utf8 {
      if byte == quote { buffer.append(byte: quote) }
      buffer.append(byte: byte)
    }
    buffer.append(byte: quote)
  }

  private func writeEscaped(_ text: String, into buffer: inout ByteBuffer) {
    if isShown, Printable.text(text) != text {
      return buffer.append(
        text.split(separator: "\t", omittingEmptySubsequences: false)
          .map { Printable.text(String($0)) }.joined(separator: "\\t"))
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\t"): buffer.append("\\t")
      case UInt8(ascii: "\n"): buffer.append("\\n")
      case UInt8(ascii: "\r"): buffer.append("\\r")
      case UInt8(ascii: "\\"): buffer.append("\\\\")
      default: buffer.append(byte: byte)
      }
    }
  }
}
