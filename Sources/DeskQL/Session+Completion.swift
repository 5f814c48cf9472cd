extension Session {
  /// What may come at a place in a text.
  public func completions(in text: String, at utf8Offset: Int) -> CompletionList {
    CompletionList(range: utf8Offset..<utf8Offset, candidates: [])
  }
}
