import QuerySyntax

extension Session {
  /// What may come at a place in a text, which may hold several statements and lines.
  ///
  /// It reads no rows but the codes of one column, and never fails: where nothing can be known,
  /// the list is empty.
  ///
  /// - Parameter utf8Offset: the cursor, in bytes from the start of the text.
  /// - Returns: the candidates, at most 200, with the bytes up to the cursor that one replaces.
  public func completions(in text: String, at utf8Offset: Int) -> CompletionList {
    let source = SourceText(text)
    guard let place = StatementPlace(in: source, at: utf8Offset) else {
      let offset = min(max(utf8Offset, 0), source.bytes.count)
      return CompletionList(range: offset..<offset, candidates: [])
    }
    let names = NameResolver(state: snapshot(), catalog: catalog)
    var finder = PositionFinder(place, in: source, names: names)
    var expected = finder.find()
    if place.mayBeginStatement, !place.before.isEmpty {
      expected = [.measures, .statements] + expected.filter(\.mayBeginLine)
    }
    let candidates = CandidateSource(
      names: names, outline: finder.outline, word: TypedWord(source.text(of: place.word)))
    let (found, hasMore) = candidates.candidates(for: expected)
    return CompletionList(
      range: place.word.lower..<place.word.upper, candidates: found, hasMore: hasMore)
  }
}

extension Expectation {
  /// Whether a line that begins so goes on with the statement above.
  fileprivate var mayBeginLine: Bool {
    switch self {
    case .clauses: true
    case .words(let words): words.first?.text == WordTables.logic.first?.text
    default: false
    }
  }
}
