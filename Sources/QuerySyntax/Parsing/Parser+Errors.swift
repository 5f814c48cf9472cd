import Diagnostics

extension Parser {
  /// Adds an error, unless the lexer has reported the very token it is about.
  func report(_ diagnostic: Diagnostic) {
    guard diagnostics.count < Lexer.errorLimit else { return }
    if current.kind == .invalid, diagnostic.range == current.range { return }
    // A missing end is no news where a bracket was never closed.
    if isAtEnd, diagnostic.range == current.range, hasUnclosedBracket { return }
    diagnostics.append(diagnostic)
  }

  private var hasUnclosedBracket: Bool {
    guard !unclosedBrackets.isEmpty else { return false }
    var place = end - 1
    while place >= 0 {
      if unclosedBrackets.contains(place) { return true }
      if tokens[place].startsLine { return false }
      place -= 1
    }
    return false
  }

  /// The words of a token as messages show them.
  func quoted(_ token: Token) -> String {
    if token.kind == .end { return "the end" }
    // Quotes around quotes are hard to read.
    let shown = DisplayText.quoted(text(of: token))
    return token.kind == .text ? String(shown.dropFirst().dropLast()) : shown
  }

  /// The error that something else should stand at the place.
  func expected(_ what: String, help: String? = nil) -> ParseFailure {
    let found = current
    guard found.kind == .end else {
      return ParseFailure(
        "unexpected-token", "\(quoted(found)) stands where \(what) should be", at: found.range,
        help: help)
    }
    let before = token(at: index - 1)
    let place = before.kind == .end ? "here" : "after \(quoted(before))"
    return ParseFailure(
      "unexpected-end", "\(what) is missing \(place)", at: found.range, help: help)
  }

  /// The error that a word is none of those that may stand at the place.
  func unknownWord(
    _ what: String, among known: [String], or others: [String] = []
  ) -> ParseFailure {
    let found = current
    guard found.isWord else {
      return expected(what, help: "write one of: \(known.joined(separator: ", "))")
    }
    let help =
      if let match = closestMatch(to: text(of: found), among: known + others) {
        "did you mean '\(match)'?"
      } else {
        "write one of: \(known.joined(separator: ", "))"
      }
    return ParseFailure(
      "unknown-word", "\(quoted(found)) is not \(what)", at: found.range, help: help)
  }

  /// The error that a token cannot stand behind a complete expression or clause.
  func leftover() -> ParseFailure {
    let found = current
    let before = token(at: index - 1)
    switch found.kind {
    case .symbol(.rightBracket):
      return ParseFailure(
        "unopened-bracket", "this bracket was never opened", at: found.range, help: "remove it")
    case .symbol(let symbol) where symbol.comparison != nil:
      return ParseFailure(
        "chained-comparison", "a second comparison cannot follow the first", at: found.range,
        help: "join two conditions with 'and': a < b and b < c")
    default: break
    }
    let message =
      before.kind == .end
      ? "a statement cannot begin with \(quoted(found))"
      : "\(quoted(found)) cannot follow \(quoted(before))"
    return ParseFailure("unexpected-token", message, at: found.range, help: leftoverHelp())
  }

  private func leftoverHelp() -> String? {
    let found = current
    let before = token(at: index - 1)
    let first = token(at: begin)
    if first.isWord, text(of: first).lowercased() == "select" {
      return token(at: begin + 1).symbol == .star
        ? "write 'list *' to see rows"
        : "leave out \(quoted(first)): a query begins with its measures"
    }
    if let keyword = before.keyword, keyword.startsClause, token(at: index - 2).kind != .end {
      return "\(quoted(before)) was read as a name here: write the name that belongs before it"
    }
    if before.isWord, token(at: index - 2).kind == .end {
      if before.keyword == .from {
        return "a query begins with its measures: count from \(short(found))"
      }
      if let keyword = before.keyword, keyword.startsClause {
        return "a query begins with its measures: tickets by agent top 5"
      }
      let words = Keyword.statementWords.map(\.rawValue)
      if let match = closestMatch(to: text(of: before), among: words) {
        return "did you mean '\(match)' instead of \(quoted(before))?"
      }
    }
    if found.keyword?.startsClause == true { return nil }
    if found.isWord, let meant = Self.meantKeyword(by: text(of: found)) {
      return "did you mean '\(meant)'?"
    }
    if before.kind == .number, found.kind == .number, before.range.upper == found.range.lower {
      return "write a date as 2024-03-15"
    }
    guard before.isWord, found.isWord else { return nil }
    let isText = token(at: index - 2).symbol?.comparison != nil
    return isText
      ? "put text of several words in quotes: '\(short(before)) \(short(found))'"
      : "put a comma between two names"
  }

  private func short(_ token: Token) -> String {
    String(DisplayText.quoted(text(of: token), limit: 24).dropFirst().dropLast())
  }

  /// The keyword meant by a word that stands where a clause or an operator could.
  private static func meantKeyword(by word: String) -> String? {
    let synonyms = [
      "filter": "where", "when": "where", "during": "in", "versus": "vs", "compared": "vs",
      "against": "vs", "per": "by", "grouped": "by", "split": "by", "sorted": "order by",
      "ordered": "order by", "ascending": "asc", "descending": "desc", "pivot": "across",
      "like": "contains", "first": "limit", "union": "or",
    ]
    let candidates = (Keyword.clauseWords + [.and, .or, .if, .as, .between, .contains, .matches])
      .map(\.rawValue)
    if let synonym = synonyms[word.prefix(12).lowercased()] { return synonym }
    // Two letters are near to too many words.
    return word.utf8.count > 2 ? closestMatch(to: word, among: candidates) : nil
  }
}
