import Diagnostics

/// A place in a text with the tokens of the statement around it, for completion.
public struct StatementPlace: Sendable {
  /// The word that is being typed, up to the place; empty where none is.
  ///
  /// An open quote, a `$` and the beginning of a period such as `2024-` belong to it.
  public let word: SourceRange
  /// The tokens of the statement before the word.
  public let before: [Token]
  /// The tokens of the statement behind the place.
  public let after: [Token]
  /// Whether a statement may begin with the word. Where `before` is not empty, it may also go on
  /// with the statement of the line above: with a clause, `and` or `or`.
  public let mayBeginStatement: Bool

  /// The place at an offset, taken to the nearest one that is no comment and not right behind text
  /// or a name in closed quotes; nil where it is in or behind one.
  public init?(in source: SourceText, at offset: Int) {
    let place = Self.characterBorder(in: source, at: offset)
    let head = SourceText(name: source.name, bytes: Array(source.bytes[..<place]))
    var typed = Array(Lexer.tokens(of: head, keepingComments: true).tokens.dropLast())
    if let last = typed.last, last.kind == .comment, last.range.upper == place { return nil }
    typed.removeAll { $0.kind == .comment }
    guard let start = Self.takeWord(from: &typed, in: head) else { return nil }
    word = SourceRange(start, place)

    let statement = Self.lastStatement(of: typed)
    before = Array(typed[statement.range])
    let isFirstOfLine = head.bytes[(before.last?.range.upper ?? 0)..<start].contains {
      $0 == 0x0A || $0 == 0x0D
    }
    mayBeginStatement = before.isEmpty || (isFirstOfLine && !statement.needsMore)

    after = Array(
      Lexer.tokens(of: source).tokens.lazy
        .drop { $0.range.lower < place }
        .prefix { token in
          if token.kind == .end || token.symbol == .semicolon { return false }
          return !token.startsLine || (token.keyword?.mayContinueStatement ?? false)
        })
  }

  /// The offset, moved before the character that it would cut, and into the text.
  private static func characterBorder(in source: SourceText, at offset: Int) -> Int {
    var place = min(max(offset, 0), source.bytes.count)
    while place > 0, place < source.bytes.count, source.bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return place
  }

  /// Removes the tokens of the word that ends with the text and gives its first offset; nil behind
  /// a closed quote.
  private static func takeWord(from tokens: inout [Token], in source: SourceText) -> Int? {
    let place = source.bytes.count
    guard let last = tokens.last, last.range.upper == place else { return place }
    let first = source.bytes[last.range.lower]
    switch last.kind {
    case .symbol(.minus):
      // `2024-` and `live-` are the beginnings of one word.
      guard let left = joined(last, in: tokens) else { return place }
      tokens.removeLast(2)
      return left
    case .symbol: return place
    case _ where first == 0x27 || first == 0x22 || first == 0x60:
      let quotes = source.bytes[last.range.lower...].reduce(0) { $1 == first ? $0 + 1 : $0 }
      guard !quotes.isMultiple(of: 2) else { return nil }
    case .invalid where first == UInt8(ascii: "."):
      if let left = joined(last, in: tokens) {
        tokens.removeLast(2)
        return left
      }
    default: break
    }
    tokens.removeLast()
    return last.range.lower
  }

  /// The offset of the word, number or period that a sign at the end follows without a blank.
  private static func joined(_ sign: Token, in tokens: [Token]) -> Int? {
    guard let left = tokens.dropLast().last, left.range.upper == sign.range.lower else {
      return nil
    }
    switch left.kind {
    case .word, .number, .period, .invalid: return left.range.lower
    default: return nil
    }
  }

  /// The last statement of a text that ends in it, and whether a further line would belong to it
  /// whatever that begins with.
  private static func lastStatement(of tokens: [Token]) -> (range: Range<Int>, needsMore: Bool) {
    let end = tokens.last?.range.upper ?? 0
    func closed(with count: Int) -> [Token] {
      let bracket = Token(
        kind: .symbol(.rightBracket), startsLine: false, range: SourceRange(end, end))
      return tokens + Array(repeating: bracket, count: count)
        + [Token(kind: .end, startsLine: false, range: SourceRange(end, end))]
    }
    // Brackets that are still open must not count as forgotten, or the statement would be cut at
    // its line ends.
    let open = StatementSegmenter(closed(with: 0), isCatalog: false).openBrackets.count
    let segmenter = StatementSegmenter(closed(with: open), isCatalog: false)
    guard let last = segmenter.segments.last, last.upperBound >= tokens.count else {
      return (tokens.count..<tokens.count, false)
    }
    let range = last.lowerBound..<tokens.count
    return (range, open > 0 || segmenter.expectsMore(tokens[range]))
  }
}

extension Keyword {
  /// Whether a line that begins with it goes on with the statement above.
  fileprivate var mayContinueStatement: Bool { startsClause || self == .and || self == .or }
}

extension AggregateFunction {
  /// The aggregate of a word in any case: a name, or a percentile such as `p90`.
  public static func named(_ word: String) -> AggregateFunction? {
    AggregateFunction(word: word.lowercased())
  }
}
