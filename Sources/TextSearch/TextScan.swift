import ColumnStore

/// Searches in many texts of a heap at once.
///
/// Each function sets bit `row - rows.lowerBound` of `words` for every row in `rows` whose text
/// matches, and clears the others; `words` has `Bitmap.wordCount(rows.count)` words, and
/// `rows.lowerBound` is a multiple of 64, so that threads may share a bitmap. Missing values are
/// empty texts here: the caller masks them.
public enum TextScan {
  /// Marks the rows whose text contains the needle.
  public static func contains(
    _ needle: TextNeedle, heap: TextHeap, rows: Range<Int>, words: UnsafeMutablePointer<UInt64>
  ) {
    if needle.probes.isEmpty {
      markEach(heap, rows, words) { _ in true }
    } else {
      var search = HeapSearch(heap: heap, rows: rows, words: words)
      search.markRows(containing: needle.probes) { needle.isContainedInFolded($0) }
    }
  }

  /// Marks the rows whose text starts with the needle.
  public static func hasPrefix(
    _ needle: TextNeedle, heap: TextHeap, rows: Range<Int>, words: UnsafeMutablePointer<UInt64>
  ) {
    markEach(heap, rows, words) { needle.isPrefix(of: $0) }
  }

  /// Marks the rows whose text ends with the needle.
  public static func hasSuffix(
    _ needle: TextNeedle, heap: TextHeap, rows: Range<Int>, words: UnsafeMutablePointer<UInt64>
  ) {
    markEach(heap, rows, words) { needle.isSuffix(of: $0) }
  }

  /// Marks the rows whose text is alike the needle.
  public static func equals(
    _ needle: TextNeedle, heap: TextHeap, rows: Range<Int>, words: UnsafeMutablePointer<UInt64>
  ) {
    markEach(heap, rows, words) { needle.equals($0) }
  }

  /// Marks the rows in whose text the pattern matches.
  public static func matches(
    _ pattern: LinearPattern, heap: TextHeap, rows: Range<Int>,
    words: UnsafeMutablePointer<UInt64>
  ) {
    let automaton = LazyAutomaton(pattern.program)
    if pattern.probes.isEmpty {
      markEach(heap, rows, words) { automaton.matches($0) }
    } else {
      var search = HeapSearch(heap: heap, rows: rows, words: words)
      search.markRows(containing: pattern.probes) { automaton.matches($0) }
    }
  }

  /// Asks for each row by itself, and stores 64 answers at a time.
  @inline(__always)
  private static func markEach(
    _ heap: TextHeap, _ rows: Range<Int>, _ words: UnsafeMutablePointer<UInt64>,
    _ isMatch: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    var row = rows.lowerBound
    var word = 0
    while row < rows.upperBound {
      let end = min(row &+ 64, rows.upperBound)
      var bits: UInt64 = 0
      var bit: UInt64 = 1
      while row < end {
        if isMatch(heap.utf8(row)) { bits |= bit }
        bit &<<= 1
        row &+= 1
      }
      words[word] = bits
      word &+= 1
    }
  }
}
