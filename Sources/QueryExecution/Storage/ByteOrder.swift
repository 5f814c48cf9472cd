/// Sorts many texts by their bytes: most are told apart by their first eight.
enum ByteOrder {
  private struct Entry {
    var prefix: UInt64
    var text: UnsafeBufferPointer<UInt8>
    var index: Int
  }

  /// Comparisons between two checks.
  private static let patience = 1 << 14

  private struct Stopped: Error {}

  /// The indexes of texts in the order of their bytes; equal ones stay in the order they have.
  ///
  /// `check` is called now and then, and what it throws ends the sort.
  static func sorted<Failure>(
    _ texts: [UnsafeBufferPointer<UInt8>], check: () throws(Failure) -> Void
  ) throws(Failure) -> [Int] {
    var entries = texts.enumerated().map { index, text in
      Entry(prefix: prefix(text), text: text, index: index)
    }
    var comparisons = 0
    var failure: Failure?
    do {
      try entries.sort { left, right in
        comparisons &+= 1
        if comparisons & (patience - 1) == 0 {
          do throws(Failure) {
            try check()
          } catch {
            failure = error
            throw Stopped()
          }
        }
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        return TextEncoding.precedes(left.text, right.text)
      }
    } catch {
      if let failure { throw failure }
    }
    return entries.map(\.index)
  }

  /// The first eight bytes as a number that orders as they do.
  private static func prefix(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var result: UInt64 = 0
    for place in 0..<8 {
      result = result &<< 8 | (place < text.count ? UInt64(text[place]) : 0)
    }
    return result
  }
}
