import ColumnStore
import QuerySyntax
import TextSearch

/// What a condition looks for in texts.
enum TextSearchTerm {
  case contains(TextNeedle)
  case prefix(TextNeedle)
  case suffix(TextNeedle)
  case oneOf([TextNeedle])
  case pattern(LinearPattern)

  /// The term of an operator; throws where a pattern is none.
  init(_ operation: TextMatchOperator, _ text: String) throws(ExecutionError) {
    switch operation {
    case .contains: self = .contains(TextNeedle(text))
    case .startsWith: self = .prefix(TextNeedle(text))
    case .endsWith: self = .suffix(TextNeedle(text))
    case .matches:
      do {
        self = .pattern(try LinearPattern(text))
      } catch {
        throw .badPattern(error.message)
      }
    }
  }

  /// Sets the bits of the texts of a heap that match, and clears the others, as `TextScan` does.
  func mark(_ heap: TextHeap, rows: Range<Int>, words: UnsafeMutablePointer<UInt64>) {
    switch self {
    case .contains(let needle): TextScan.contains(needle, heap: heap, rows: rows, words: words)
    case .prefix(let needle): TextScan.hasPrefix(needle, heap: heap, rows: rows, words: words)
    case .suffix(let needle): TextScan.hasSuffix(needle, heap: heap, rows: rows, words: words)
    case .oneOf(let needles):
      let wordCount = Bitmap.wordCount(rows.count)
      words.update(repeating: 0, count: wordCount)
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { found in
        guard let found = found.baseAddress else { return }
        for needle in needles {
          TextScan.equals(needle, heap: heap, rows: rows, words: found)
          for word in 0..<wordCount { words[word] |= found[word] }
        }
      }
    case .pattern(let pattern): TextScan.matches(pattern, heap: heap, rows: rows, words: words)
    }
  }

  /// A byte for each code of a dictionary, 1 where its text matches; code 0 does not.
  func table(of dictionary: TextHeap) -> [UInt8] {
    let marks = Bitmap(count: dictionary.count)
    mark(dictionary, rows: 0..<dictionary.count, words: marks.words)
    return [0] + (0..<dictionary.count).map { marks[$0] ? 1 : 0 }
  }

  /// Whether a text matches; for one thread.
  func test() -> (UnsafeBufferPointer<UInt8>) -> Bool {
    switch self {
    case .contains(let needle): { needle.isContained(in: $0) }
    case .prefix(let needle): { needle.isPrefix(of: $0) }
    case .suffix(let needle): { needle.isSuffix(of: $0) }
    case .oneOf(let needles): { text in needles.contains { $0.equals(text) } }
    case .pattern(let pattern): pattern.test()
    }
  }

  /// Whether a text matches with other digits if and only if it matches with its own.
  var isBlindToDigits: Bool {
    switch self {
    case .contains(let needle), .prefix(let needle), .suffix(let needle): !needle.hasDigits
    case .oneOf(let needles): !needles.contains(where: \.hasDigits)
    case .pattern(let pattern): !pattern.tellsDigitsApart
    }
  }

  /// What the template of each text that matches contains, nil where that is not known.
  var ofTemplates: TextSearchTerm? {
    switch self {
    case .contains(let needle): .contains(needle.withZeros)
    case .prefix(let needle): .prefix(needle.withZeros)
    case .suffix(let needle): .suffix(needle.withZeros)
    case .oneOf(let needles): .oneOf(needles.map(\.withZeros))
    case .pattern: nil
    }
  }
}
