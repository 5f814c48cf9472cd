/// The place of a period literal among the periods of its grain, so that a picture can tell how
/// far apart two of them lie.
struct PeriodOrdinal: Hashable {
  enum Grain: Hashable {
    case year, quarter, month, week, day, hour
  }

  let grain: Grain
  let index: Int

  /// Reads `2024`, `2024-Q1`, `2024-03`, `2024-W12`, `2024-03-15` and `2024-03-15T10`.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = Self.number(parts.first, digits: 4), parts.count <= 3 else { return nil }
    switch parts.count {
    case 1: self.init(.year, year)
    case 2:
      let word = parts[1]
      if word.first == "Q", let quarter = Self.number(word.dropFirst(), digits: 1, in: 1...4) {
        self.init(.quarter, year * 4 + quarter)
      } else if word.first == "W", let week = Self.number(word.dropFirst(), digits: 2, in: 1...53) {
        self.init(.week, Self.weekIndex(year, week))
      } else if let month = Self.number(word, digits: 2, in: 1...12) {
        self.init(.month, year * 12 + month)
      } else {
        return nil
      }
    default:
      guard let month = Self.number(parts[1], digits: 2, in: 1...12),
        let day = Self.number(parts[2].prefix(2), digits: 2, in: 1...31)
      else { return nil }
      let days = Self.days(year, month, day)
      let rest = parts[2].dropFirst(2)
      if rest.isEmpty {
        self.init(.day, days)
      } else {
        guard rest.first == "T", let hour = Self.number(rest.dropFirst(), digits: 2, in: 0...23)
        else { return nil }
        self.init(.hour, days * 24 + hour)
      }
    }
  }

  private init(_ grain: Grain, _ index: Int) {
    self.grain = grain
    self.index = index
  }

  private static func number(
    _ text: Substring?, digits: Int, in range: ClosedRange<Int> = 0...9999
  ) -> Int? {
    guard let text, text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(text), range.contains(number)
    else { return nil }
    return number
  }

  /// Weeks since some Monday; the first ISO week of a year holds the fourth of January.
  private static func weekIndex(_ year: Int, _ week: Int) -> Int {
    // 1970-01-01 was a Thursday, so day -3 was a Monday; four thousand years keep it positive.
    let shifted = days(year, 1, 4) + 3 + 7 * 210_000
    return shifted / 7 + week - 1
  }

  /// Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
