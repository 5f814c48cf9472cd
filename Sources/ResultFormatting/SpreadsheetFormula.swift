/// Text that a spreadsheet takes for a formula when it opens a CSV file.
public enum SpreadsheetFormula {
  /// How many texts of a result a spreadsheet would take for a formula; numbers are none.
  public static func count(in table: ResultTable) -> Int {
    table.columns.reduce(0) { sum, column in
      sum + (begins(column.name) ? 1 : 0)
        + column.values.count { value in
          switch value {
          case .text(let text), .label(let text): begins(text)
          case .list(let words): words.first.map(begins) ?? false
          case .missing, .integer, .number, .boolean, .time: false
          }
        }
    }
  }

  /// Whether a text begins as a formula does: `=`, `+`, `-`, `@`, a tab or a carriage return.
  static func begins(_ text: String) -> Bool {
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      true
    default: false
    }
  }
}
