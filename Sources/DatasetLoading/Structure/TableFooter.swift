import Diagnostics

/// Lines behind a table, such as who made the report and when.
struct TableFooter: Sendable {
  var lineCount = 0
  /// The first of the lines.
  var first: [UInt8] = []

  /// Whether there are lines, and so few that they may be none of the table's.
  var isShort: Bool { 1...20 ~= lineCount }

  /// What there is to say about it.
  var note: String {
    let text = SafeText.quoted(SafeText.string(first))
    return lineCount == 1
      ? "skipped a line behind the table: \(text)"
      : "skipped \(lineCount) lines behind the table, the first is \(text)"
  }
}
