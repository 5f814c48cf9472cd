/// The productions of the language in EBNF and their terminals, as Grammar.md publishes them.
public enum GrammarText {
  /// Each production's name and what it stands for, in the order in which they are read.
  public static let productions: [(name: String, body: String)] = {
    var result: [(name: String, body: String)] = []
    let text = String(decoding: PackageResources.Grammar_ebnf, as: UTF8.self)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if !line.hasPrefix(" "), words.count > 2, words[1] == "=" {
        result.append((words[0], words.dropFirst(2).joined(separator: " ")))
      } else if !result.isEmpty {
        result[result.count - 1].body += " " + words.joined(separator: " ")
      }
    }
    return result
  }()

  /// The terminals of the productions, each with what it is.
  public static let terminals: [(name: String, meaning: String)] = [
    (
      "WORD",
      "letters, digits and `_`, beginning with a letter or `_`; a hyphen between letters and a "
        + "point between letters or digits belong to it: `live-chat`, `satisfaction_rating.score`"
    ),
    ("QUOTED_NAME", "any name in backticks, a backtick doubled: `` `Ticket Subject` ``"),
    ("TEXT", "text in `'…'` or `\"…\"` on one line, the quote doubled: `'it''s'`"),
    ("NUMBER", "`42`, `1_000`, `2.5`, `.5`, `1e6`"),
    ("PERCENT", "a number and `%` without a space: `80%`"),
    (
      "DURATION",
      "numbers with the units s, m, h, d, w: `90s`, `5m`, `1h30m`, `1.5h`, `2d`, `1w`"
    ),
    (
      "PERIOD",
      "`2024-Q1`, `2024-03`, `2024-W12` (ISO week), `2024-03-15`, `2024-03-15T10`, "
        + "`2024-03-15T10:30`; the calendar must have it"
    ),
    ("YEAR", "a number of four digits, where a period is expected"),
    ("PARAMETER", "`$` and a WORD"),
    ("TIME", "hours and minutes: `09:30`, up to `24:00`"),
    ("PERCENTILE", "`p` and a number above 0 and below 100: `p90`, `p99.9`"),
    ("TOKEN", "any of these"),
    ("NEWLINE", "the end of a line where the statement ends there"),
  ]
}
