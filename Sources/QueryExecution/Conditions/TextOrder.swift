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

  /// The ranks of all texts of several dictionaries.
  init(texts: [TextHeap]) {
    let folded = texts.map { heap in (0..<heap.count).map { heap.string($0).lowercased() } }
    let all = Set(folded.joined())
    let order = Self.sorted(Array(all))
    var rankOf: [String: Int] = [:]
    for (rank, text) in order.enumerated() { rankOf[text] = rank }
    ranks = folded.map { $0.map { rankOf[$0] ?? 0 } }
  }

  /// The rank of a text of one of the dictionaries.
  func rank(_ dictionary: Int, _ index: Int) -> Int { ranks[dictionary][index] }

  /// Whether a text belongs to a known order.
  static func isKnown(_ text: String) -> Bool {
    known.contains { $0.contains(text.lowercased()) }
  }

  /// Texts in their order: by a known order where all of them belong to one, else by bytes.
  static func sorted(_ texts: [String]) -> [String] {
    let order = known.first { words in texts.allSatisfy { words.contains($0.lowercased()) } }
    return texts.sorted { left, right in
      if let order, let a = order.firstIndex(of: left.lowercased()),
        let b = order.firstIndex(of: right.lowercased()), a != b
      {
        return a < b
      }
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}
