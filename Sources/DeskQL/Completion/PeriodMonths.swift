/// The months that a period such as `2024-Q1` takes in, as far as its text tells.
struct PeriodMonths {
  private let first: Int
  private let last: Int

  /// Nil for words such as `last month`.
  private init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 2)
    guard let year = parts.first.flatMap({ Int($0) }) else { return nil }
    guard parts.count > 1 else {
      (first, last) = (year * 12, year * 12 + 11)
      return
    }
    let part = parts[1]
    if part.first == "Q", let quarter = Int(part.dropFirst()) {
      (first, last) = (year * 12 + quarter * 3 - 3, year * 12 + quarter * 3 - 1)
    } else if part.first == "W", let week = Int(part.dropFirst()) {
      // A week may lie in two months, and in two years.
      let month = year * 12 + (week - 1) * 12 / 53
      (first, last) = (month - 1, month + 1)
    } else if let month = Int(part) {
      (first, last) = (year * 12 + month - 1, year * 12 + month - 1)
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
