import Diagnostics

extension Parser {
  /// The token to read next; `.end` behind the statement.
  var current: Token { token(at: index) }

  /// The token at a distance from the next one.
  func peek(_ distance: Int = 1) -> Token { token(at: index + distance) }

  /// The token at an index of the statement; `.end` off it.
  func token(at index: Int) -> Token {
    if index >= begin, index < end { return tokens[index] }
    let place = end > 0 ? tokens[end - 1].range.upper : 0
    return Token(kind: .end, startsLine: false, range: SourceRange(place, place))
  }

  /// Whether the statement is read to its end.
  var isAtEnd: Bool { index >= end }

  /// Moves over the next token where it is the given symbol.
  func accept(_ symbol: Symbol) -> Bool {
    guard current.symbol == symbol else { return false }
    index += 1
    return true
  }

  /// Moves over the next token where it is the given keyword.
  func accept(_ keyword: Keyword) -> Bool {
    guard current.keyword == keyword else { return false }
    index += 1
    return true
  }

  /// Moves over a keyword that must stand here.
  func expect(_ keyword: Keyword) throws(ParseFailure) {
    if !accept(keyword) { throw expected("'\(keyword.rawValue)'") }
  }

  /// Moves over a symbol that must stand here.
  func expect(_ symbol: Symbol) throws(ParseFailure) {
    if !accept(symbol) { throw expected("'\(symbol.rawValue)'") }
  }

  /// Moves over the bracket that closes the one at `open`; one that is reported as unclosed ends
  /// anywhere.
  func close(_ open: Int) throws(ParseFailure) {
    if accept(.rightBracket) || unclosedBrackets.contains(open) { return }
    throw expected("')' or an operator")
  }

  /// The range from the token at `start` to the last one read.
  func range(from start: Int) -> SourceRange {
    let first = token(at: start).range
    guard index > start else { return SourceRange(first.lower, first.lower) }
    return first.union(token(at: index - 1).range)
  }

  /// The text of a token.
  func text(of token: Token) -> String { source.text(of: token.range) }

  /// Goes one level deeper; the caller comes back with `depth -= 1`.
  func enter() throws(ParseFailure) {
    guard depth < Self.depthLimit else {
      throw ParseFailure(
        "nested-too-deep", "this is nested deeper than \(Self.depthLimit)", at: current.range,
        help: "split it into definitions with 'define'")
    }
    depth += 1
  }

  /// Whether an operand may begin with a token.
  func startsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .symbol(let symbol): symbol == .leftBracket || symbol == .minus
    case .end, .comment, .timeOfDay: false
    default: true
    }
  }

  /// Whether the word at an index begins a clause rather than being a name: what the clause needs
  /// stands behind it.
  func startsClause(at index: Int) -> Bool {
    guard let keyword = token(at: index).keyword, keyword.startsClause else { return false }
    let next = token(at: index + 1)
    switch keyword {
    case .top, .bottom, .limit, .offset: return next.kind == .number || next.kind == .parameter
    case .order, .sort, .group: return next.keyword == .by
    case .chart: return next.kind == .end || next.isWord
    case .from, .on: return next.isName && !(next.keyword?.startsClause ?? false)
    case .vs where next.keyword == .where: return true
    default: return startsOperand(next) && !(next.keyword?.startsClause ?? false)
    }
  }

  /// Whether a list is over behind a comma, which may be a trailing one.
  var isListOver: Bool {
    isAtEnd || current.symbol == .rightBracket || (depth == 0 && startsClause(at: index))
  }

  /// Whether a clause may begin at an index, a broken one among them.
  private func mayStartClause(at index: Int) -> Bool {
    guard let keyword = token(at: index).keyword, keyword.startsClause else { return false }
    let next = token(at: index + 1)
    return startsClause(at: index) || next.kind == .number
      || (next.isName && !(next.keyword?.startsClause ?? false))
  }

  /// Moves to the next clause, or also to the next comma, outside brackets.
  func skip(toComma: Bool = false) {
    var brackets = 0
    while !isAtEnd {
      switch current.symbol {
      case .leftBracket where !unclosedBrackets.contains(index): brackets += 1
      case .rightBracket: brackets = max(0, brackets - 1)
      case .comma where toComma && brackets == 0: return
      default: if brackets == 0, mayStartClause(at: index) { return }
      }
      index += 1
    }
  }
}
