import QuerySyntax

/// A search in the text of a key, for `having`.
enum KeyMatch {
  static func holds(_ operation: TextMatchOperator, _ text: String, _ pattern: String) -> Bool {
    var bytes = text
    return bytes.withUTF8 { bytes in
      (try? TextSearchTerm(operation, pattern))?.test()(bytes) ?? false
    }
  }
}
