/// The characters that draw a table.
struct TableBorder {
  /// One horizontal line: `├──┼──┤`.
  struct Rule {
    let left: String
    let line: String
    let joint: String
    let right: String
  }

  let top: Rule
  let middle: Rule
  let bottom: Rule
  let bar: String
  /// Stands for the rows that are not shown.
  let gap: String
  /// Stands at the end of a shortened text.
  let ellipsis: String

  static let unicode = TableBorder(
    top: Rule(left: "┌", line: "─", joint: "┬", right: "┐"),
    middle: Rule(left: "├", line: "─", joint: "┼", right: "┤"),
    bottom: Rule(left: "└", line: "─", joint: "┴", right: "┘"),
    bar: "│", gap: "⋮", ellipsis: "…")

  static let ascii = TableBorder(
    top: asciiRule, middle: asciiRule, bottom: asciiRule, bar: "|", gap: ":", ellipsis: "...")

  private static let asciiRule = Rule(left: "+", line: "-", joint: "+", right: "+")
}
