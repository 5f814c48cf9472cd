import Diagnostics

extension Parser {
  /// Reads a name: any word, or a name in backticks.
  ///
  ///     name = WORD | QUOTED_NAME
  func parseName(_ what: String) throws(ParseFailure) -> NameNode {
    let token = current
    guard token.isName else { throw expected(what) }
    index += 1
    return name(of: token)
  }

  /// The name that a word, a name in backticks or a parameter spells.
  func name(of token: Token) -> NameNode {
    switch token.kind {
    case .quotedName: NameNode(text: unquoted(token), isQuoted: true, range: token.range)
    case .parameter:
      NameNode(
        text: source.text(of: SourceRange(token.range.lower + 1, token.range.upper)),
        range: token.range)
    default: NameNode(text: text(of: token), range: token.range)
    }
  }

  /// Reads text in quotes.
  ///
  ///     text = TEXT
  func parseText(_ what: String) throws(ParseFailure) -> TextNode {
    let token = current
    guard token.kind == .text else { throw expected(what, help: "put it in quotes") }
    index += 1
    return TextNode(value: unquoted(token), range: token.range)
  }

  /// The content of a quoted token, its doubled quotes made single.
  func unquoted(_ token: Token) -> String {
    let range = token.range
    let quote = source.bytes[range.lower]
    // A text that the lexer reported as unclosed has no quote at its end.
    let isClosed = range.upper - range.lower > 1 && source.bytes[range.upper - 1] == quote
    let content = SourceRange(range.lower + 1, range.upper - (isClosed ? 1 : 0))
    let slice = source.bytes[content.lower..<content.upper]
    guard slice.contains(quote) else { return source.text(of: content) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(slice.count)
    var isSecond = false
    for byte in slice {
      isSecond = byte == quote && !isSecond
      if byte != quote || isSecond { bytes.append(byte) }
    }
    return String(validating: bytes, as: UTF8.self) ?? ""
  }
}
