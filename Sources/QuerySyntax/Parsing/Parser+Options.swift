import Diagnostics

extension Parser {
  /// Reads options.
  ///
  ///     with = "with" option { "," option } [ "," ]
  func parseOptions() throws(ParseFailure) -> [OptionNode] {
    index += 1
    var options = [try parseOption()]
    while accept(.comma), !isListOver { options.append(try parseOption()) }
    return options
  }

  /// Reads one option.
  ///
  ///     option = "ci" [ PERCENT ] | "n" | "total" | "share" | "open" | "other"
  ///            | "rank" [ "fair" ] | "running" | "rolling" NUMBER | "gaps"
  private func parseOption() throws(ParseFailure) -> OptionNode {
    let start = index
    guard let word = current.keyword, Self.optionWords.contains(word) else {
      throw unknownWord("an option", among: Self.optionWords.map(\.rawValue))
    }
    index += 1
    let form: OptionNode.Form
    switch word {
    case .ci: form = .interval(level: try parseLevel())
    case .n: form = .counts
    case .total: form = .total
    case .share: form = .share
    case .open: form = .open
    case .other: form = .other
    case .rank: form = .rank(fair: accept(.fair))
    case .running: form = .running
    case .rolling: form = .rolling(try parseWholeNumber(after: "rolling", in: 1...1_000_000))
    default: form = .gaps
    }
    return OptionNode(form: form, range: range(from: start))
  }

  private static let optionWords: [Keyword] = [
    .ci, .n, .total, .share, .open, .other, .rank, .running, .rolling, .gaps,
  ]

  /// Reads the level of an interval in percent, nil where none is written.
  private func parseLevel() throws(ParseFailure) -> Double? {
    let token = current
    guard token.kind == .percent || token.kind == .number else { return nil }
    let level = number(of: token).value
    guard token.kind == .percent, level > 0, level < 100 else {
      throw ParseFailure(
        "invalid-level", "the level \(quoted(token)) of an interval is no percent below 100",
        at: token.range, help: "write a level such as 'ci 90%'")
    }
    index += 1
    return level
  }
}
