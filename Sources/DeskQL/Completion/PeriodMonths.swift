/// The months that a period such as `2024-Q1` takes in, as far as its text tells.
struct PeriodMonths {
  private let first: Int
  private let last: Int

  /// Nil for words such as `last month`.
  private init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 2)
    func number(_ digits: Substring?, _ range: ClosedRange<Int>) -> Int? {
      digits.flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
    }
    guard let year = number(parts.first, 0...9999) else { return nil }
    let start = year * 12
    guard parts.count > 1 else {
      (first, last) = (start, start + 11)
      return
    }
    let part = parts[1]
    if part.first == "Q", let quarter = number(part.dropFirst(), 1...4) {
      (first, last) = (start + quarter * 3 - 3, start + quarter * 3 - 1)
    } else if part.first == "W", let week = number(part.dropFirst(), 1...53) {
      // A week may lie in two months, and in two years.
      let month = start + (week - 1) * 12 / 53
      (first, last) = (month - 1, month + 1)
    } else if let month = number(part, 1...12) {
      (first, last) = (start + month - 1, start + month - 1)
    } else {
      return nil
    }
  }

  /// Whether a span from `start` to `end` would end before it starts.
  static func ends(_ end: String, before start: String) -> Bool {
    guard let from = PeriodMonths(start), let to = PeriodMonths(end) else { return false }
    // Texts of one size are in the order of time.
    return to.last < from.first || (end.utf8.count == start.utf8.count && end < start)
  }
}
