/// Finds where statements begin and end, and which brackets are never closed.
///
/// It runs before the parser, so that a broken statement cannot swallow the ones behind it.
struct StatementSegmenter {
  private let tokens: [Token]
  private let isCatalog: Bool
  /// The opening brackets without a partner, by token index.
  private(set) var unclosedBrackets: Set<Int> = []
  /// Those of them that a further line could close.
  private(set) var openBrackets: [Int] = []
  /// The statements as ranges of token indices, none of them empty.
  private(set) var segments: [Range<Int>] = []

  /// The statements of a token stream without comments.
  init(_ tokens: [Token], isCatalog: Bool) {
    self.tokens = tokens
    self.isCatalog = isCatalog
    pairBrackets()
    findSegments()
  }

  /// Pairs brackets. One has no partner where `;` or the end comes first, or a line that cannot go
  /// on within brackets: a forgotten bracket must not reach for one many statements below.
  private mutating func pairBrackets() {
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .symbol(.semicolon):
        forgetOpenBrackets()
      case .symbol(.rightBracket):
        _ = openBrackets.popLast()
      default:
        if token.startsLine, !openBrackets.isEmpty, breaksBrackets(at: index) {
          forgetOpenBrackets()
        }
        if token.symbol == .leftBracket { openBrackets.append(index) }
      }
    }
    unclosedBrackets.formUnion(openBrackets)
  }

  private mutating func forgetOpenBrackets() {
    unclosedBrackets.formUnion(openBrackets)
    openBrackets = []
  }

  /// Whether two operands meet at the start of a line, or a clause begins there.
  private func breaksBrackets(at index: Int) -> Bool {
    guard let before = index > 0 ? tokens[index - 1] : nil else { return false }
    switch before.kind {
    case .symbol(let symbol): if symbol != .rightBracket { return false }
    case .word(let keyword?): if Self.isOpenEnded(keyword) { return false }
    default: break
    }
    switch tokens[index].kind {
    case .symbol, .end, .invalid: return false
    case .word(.in?), .word(.with?), .word(.missing?), .word(.null?): return false
    case .word(let keyword?): return keyword.startsClause || !keyword.followsOperand
    default: return true
    }
  }

  /// Whether more must or may follow a keyword within brackets.
  private static func isOpenEnded(_ keyword: Keyword) -> Bool {
    switch keyword {
    case .is, .starts, .ends, .this, .last, .latest, .with, .if: true
    default: keyword.isWordOperator
    }
  }

  private mutating func findSegments() {
    var start = 0
    var depth = 0
    for (index, token) in tokens.enumerated() {
      let isEnd = token.kind == .symbol(.semicolon) || token.kind == .end
      if isEnd || (token.startsLine && depth == 0 && !continues(at: index, from: start)) {
        if index > start { segments.append(start..<index) }
        start = isEnd ? index + 1 : index
      }
      switch token.symbol {
      case .leftBracket where !unclosedBrackets.contains(index): depth += 1
      case .rightBracket: depth = max(0, depth - 1)
      default: break
      }
    }
  }

  /// Whether the line that begins with a token goes on with the statement before it.
  private func continues(at index: Int, from start: Int) -> Bool {
    guard index > start else { return true }
    switch tokens[index].keyword {
    case .and, .or: return true
    case .otherwise where isCatalog: return true
    case let keyword?: if keyword.startsClause { return true }
    case nil: break
    }
    return expectsMore(tokens[start..<index])
  }

  /// Whether a statement that ends with these tokens lacks something: they close with a comma or
  /// an operator.
  func expectsMore(_ statement: ArraySlice<Token>) -> Bool {
    guard let last = statement.last else { return false }
    let before = statement.dropLast()
    switch last.kind {
    case .symbol(.star):
      // `list *` is complete.
      return !(before.count == 1 && before.first?.keyword == .list)
    case .symbol(.leftBracket):
      return !unclosedBrackets.contains(statement.endIndex - 1)
    case .symbol(let symbol):
      return symbol.needsOperand
    case .word(let keyword?) where keyword.isWordOperator:
      // Behind a comma or an operator even `and` is a name.
      guard let left = before.last else { return false }
      return keyword == .not || left.symbol == nil || left.symbol == .rightBracket
    default:
      return false
    }
  }
}
