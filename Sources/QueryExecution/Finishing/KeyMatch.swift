import QuerySyntax
import TextSearch

/// A search in the text of a key, for `having`.
enum KeyMatch {
  static func holds(_ operation: TextMatchOperator, _ text: String, _ pattern: String) -> Bool {
    var bytes = text
    return bytes.withUTF8 { bytes in
      switch operation {
      case .contains: TextNeedle(pattern).isContained(in: bytes)
      case .startsWith: TextNeedle(pattern).isPrefix(of: bytes)
      case .endsWith: TextNeedle(pattern).isSuffix(of: bytes)
      case .matches: (try? LinearPattern(pattern))?.matches(bytes) ?? false
      }
    }
  }
}
