import Diagnostics
import QuerySyntax

/// Follows the grammar over the tokens before the cursor, to find what may come there.
///
/// It goes the way of the parser, but knows no errors: what does not fit is passed over, so that
/// a fault early in the statement spoils nothing behind it.
struct PositionFinder {
  /// The cursor is reached; thrown from any depth of the grammar.
  struct AtCursor: Error {
    var expected: [Expectation]
  }

  let source: SourceText
  let tokens: [Token]
  let names: NameResolver
  var index = 0
  var outline = QueryOutline()
  /// What may come behind the value or condition that is being read.
  var follow: [Expectation] = []
  /// Whether the kind of the value that is read matters to what follows it.
  var looksUpNames = false
  private var knownColumns: (outline: ColumnsKey, columns: [ColumnPlace])?
  private var depth = 0
  /// As in the parser.
  private static let depthLimit = 200

  init(_ place: StatementPlace, in source: SourceText, names: NameResolver) {
    self.source = source
    self.names = names
    tokens = place.before
    outline.add(place.after, in: source)
  }

  /// What may come behind the tokens.
  mutating func find() -> [Expectation] {
    do throws(AtCursor) {
      try readStatement()
      return []
    } catch {
      return error.expected
    }
  }

  // MARK: Moving

  /// The next token; nil at the cursor.
  var current: Token? { peek(0) }

  func peek(_ distance: Int) -> Token? {
    index + distance < tokens.count ? tokens[index + distance] : nil
  }

  /// Ends the search where the cursor is reached.
  func stop(_ expected: @autoclosure () -> [Expectation]) throws(AtCursor) {
    if index >= tokens.count { throw AtCursor(expected: expected()) }
  }

  mutating func accept(_ keyword: Keyword) -> Bool {
    guard current?.keyword == keyword else { return false }
    index += 1
    return true
  }

  mutating func accept(_ symbol: Symbol) -> Bool {
    guard current?.symbol == symbol else { return false }
    index += 1
    return true
  }

  /// Moves over a word of the grammar, which is what may come where the cursor is.
  mutating func need(_ keyword: Keyword, _ meaning: String) throws(AtCursor) {
    try stop([.words([Suggestion(keyword.rawValue, meaning)])])
    _ = accept(keyword)
  }

  /// Moves over a symbol, which is what may come where the cursor is.
  mutating func need(_ symbol: Symbol, _ meaning: String) throws(AtCursor) {
    try stop([.words([Suggestion(symbol.rawValue, meaning)])])
    _ = accept(symbol)
  }

  /// Moves over any token, and gives its text.
  mutating func take(_ expected: [Expectation]) throws(AtCursor) -> String {
    try stop(expected)
    defer { index += 1 }
    return tokens[index].name(in: source)
  }

  /// Reads one level deeper; deeper than the parser goes, nothing may come.
  mutating func nested<Value>(
    _ read: (inout PositionFinder) throws(AtCursor) -> Value
  ) throws(AtCursor) -> Value {
    guard depth < Self.depthLimit else { throw AtCursor(expected: []) }
    depth += 1
    let outer = follow
    defer {
      depth -= 1
      follow = outer
    }
    return try read(&self)
  }

  /// What decides which columns the statement can use, as far as it is read.
  private struct ColumnsKey: Equatable {
    var itemCount: Int
    var focus: Int?
    var dataset: String?
  }

  /// What a name means, where that matters: on the left of an operator and before the cursor.
  mutating func subject(of token: Token, prefersMeasures: Bool) -> Subject {
    guard looksUpNames || index >= tokens.count else { return .computed(.unknown) }
    let key = ColumnsKey(
      itemCount: outline.items.count, focus: outline.focus, dataset: outline.dataset)
    // A condition of thousands of terms needs the columns once.
    if knownColumns?.outline != key { knownColumns = (key, names.columns(in: outline)) }
    return names.subject(
      named: token.name(in: source), isQuoted: !token.isWord, in: outline,
      among: knownColumns?.columns ?? [], prefersMeasures: prefersMeasures)
  }

  /// The text of the tokens from an index to the present one.
  func text(from start: Int) -> String {
    guard start < index, index <= tokens.count else { return "" }
    return source.text(of: tokens[start].range.union(tokens[index - 1].range))
  }

  /// The names among the tokens from an index to the present one.
  func names(from start: Int) -> [String] {
    tokens[start..<min(index, tokens.count)].filter(\.isName).map { $0.name(in: source) }
  }
}
