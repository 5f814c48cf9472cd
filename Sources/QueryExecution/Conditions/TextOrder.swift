import ColumnStore

/// The order of texts across dictionaries: known words by their rank, then the others without
/// regard to case by their bytes; texts that differ in case only are equal.
struct TextOrder {
  private var ranks: [[Int]]

  /// Words whose order is not that of the alphabet.
  static let known: [[String]] = [
    ["lowest", "low", "normal", "medium", "high", "urgent", "highest"],
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  ]

  /// The ranks of all texts of several dictionaries; what `check` throws ends the work.
  init(texts: [TextHeap], check: () throws(ExecutionError) -> Void) throws(ExecutionError) {
    if let words = Self.known.first(where: { words in texts.allSatisfy { $0.isPart(of: words) } }) {
      ranks = texts.map { heap in
        (0..<heap.count).map { words.firstIndex(of: heap.string($0).lowercased()) ?? 0 }
      }
      return
    }
    let folded = FoldedTexts(texts)
    let all = try folded.withTexts { texts throws(ExecutionError) in
      let order = try ByteOrder.sorted(count: texts.count, text: { texts[$0] }, check: check)
      var ranks = [Int](repeating: 0, count: order.count)
      for place in order.indices.dropFirst() {
        let (before, own) = (Int(order[place - 1].row), Int(order[place].row))
        ranks[own] = ranks[before] + (ByteOrder.compare(texts[before], texts[own]) == 0 ? 0 : 1)
      }
      return ranks
    }
    var start = 0
    ranks = texts.map { heap in
      defer { start += heap.count }
      return Array(all[start..<start + heap.count])
    }
  }

  /// The rank of a text of one of the dictionaries.
  func rank(_ dictionary: Int, _ index: Int) -> Int { ranks[dictionary][index] }

  /// Whether a text belongs to a known order.
  static func isKnown(_ text: String) -> Bool {
    known.contains { $0.contains(text.lowercased()) }
  }

  /// Texts in their order: by a known order where all of them belong to one, else by bytes.
  static func sorted(_ texts: [String]) -> [String] { texts.sorted(by: precedes(among: texts)) }

  /// Whether texts stand in the order in which they would be sorted.
  static func isSorted(_ texts: [String]) -> Bool {
    let precedes = precedes(among: texts)
    return zip(texts.dropFirst(), texts).allSatisfy { !precedes($0, $1) }
  }

  private static func precedes(among texts: [String]) -> (String, String) -> Bool {
    let order = known.first { words in texts.allSatisfy { words.contains($0.lowercased()) } }
    return { left, right in
      if let order, let a = order.firstIndex(of: left.lowercased()),
        let b = order.firstIndex(of: right.lowercased()), a != b
      {
        return a < b
      }
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}

/// Texts without regard to case, one after the other.
private struct FoldedTexts {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ heaps: [TextHeap]) {
    for heap in heaps {
      for index in 0..<heap.count {
        let text = heap.utf8(index)
        if text.allSatisfy({ $0 < 0x80 }) {
          for byte in text { bytes.append(byte &- 0x41 < 26 ? byte | 0x20 : byte) }
        } else {
          bytes.append(contentsOf: heap.string(index).lowercased().utf8)
        }
        ends.append(bytes.count)
      }
    }
  }

  /// Calls `body` with all texts.
  func withTexts<Result>(
    _ body: ([UnsafeBufferPointer<UInt8>]) throws(ExecutionError) -> Result
  ) throws(ExecutionError) -> Result {
    try bytes.withUnsafeBufferPointer { buffer throws(ExecutionError) in
      var start = 0
      return try body(
        ends.map { end in
          defer { start = end }
          return UnsafeBufferPointer(rebasing: buffer[start..<end])
        })
    }
  }
}

extension TextHeap {
  /// Whether the texts have an order that is not the alphabet's, as priorities and weekdays do.
  public var hasKnownOrder: Bool { count > 0 && TextOrder.known.contains(where: isPart) }

  fileprivate func isPart(of words: [String]) -> Bool {
    (0..<count).allSatisfy { words.contains(string($0).lowercased()) }
  }
}
