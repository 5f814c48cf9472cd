import CivilTime

/// What other columns of the same rows tell about the order of day and month in dates.
final class OrderWitnesses {
  /// A column that names the month or the day of the week of a date.
  private struct Witness {
    var header: String
    /// The month, 1 to 12, or the day of the week, 0 to 6, by the row.
    var numbers: [Int: Int]
    var isWeekday: Bool

    func agrees(_ day: Int, _ number: Int) -> Bool {
      isWeekday
        ? WeekdayName.number(days: day) == number
        : CivilCalendar.civil(days: day).month == number
    }
  }

  // Most files have no dates that need one.
  private lazy var witnesses = plans.compactMap {
    OrderWitnesses.witness($0, samples[$0.index])
  }
  private let plans: [ColumnPlan]
  private let samples: [KindProposal]

  init(_ plans: [ColumnPlan], _ samples: [KindProposal]) {
    self.plans = plans
    self.samples = samples
  }

  /// The order in which the dates of a column agree with the columns beside it, and why.
  func order(of plan: ColumnPlan) -> (order: DateOrder, reason: String)? {
    if samples[plan.index].hasWholeYears { return nil }
    if witnesses.isEmpty { return orderOfEvents(plan) }
    let monthFirst = days(plan.index, .monthFirst)
    let dayFirst = days(plan.index, .dayFirst)
    for witness in witnesses where witness.header != plan.header {
      var rows = 0
      var hits = (dayFirst: 0, monthFirst: 0)
      for (row, number) in witness.numbers {
        guard let first = dayFirst[row], let second = monthFirst[row] else { continue }
        rows &+= 1
        hits.dayFirst &+= witness.agrees(first, number) ? 1 : 0
        hits.monthFirst &+= witness.agrees(second, number) ? 1 : 0
      }
      guard rows > 0, hits.dayFirst != hits.monthFirst,
        max(hits.dayFirst, hits.monthFirst) &* 20 >= rows &* 19
      else { continue }
      return (
        hits.dayFirst > hits.monthFirst ? .dayFirst : .monthFirst,
        "since \(SafeText.quoted(witness.header)) agrees"
      )
    }
    return orderOfEvents(plan)
  }

  /// The moments of which one does not come before the other.
  static let events = [
    (start: "created", ends: ["first_response", "resolved", "closed"]),
    (start: "started", ends: ["ended"]), (start: "sent", ends: ["responded"]),
  ]

  /// The order in which tickets are resolved after they were created, if there is only one.
  private func orderOfEvents(_ plan: ColumnPlan) -> (order: DateOrder, reason: String)? {
    for (start, ends) in OrderWitnesses.events {
      guard plan.name == start || ends.contains(plan.name),
        let first = plans.first(where: { $0.name == start })
      else { continue }
      for end in ends where plan.name == start || plan.name == end {
        guard let last = plans.first(where: { $0.name == end }) else { continue }
        let dayFirst = reversals(first.index, last.index, .dayFirst)
        let monthFirst = reversals(first.index, last.index, .monthFirst)
        guard min(dayFirst, monthFirst) &* 10 < max(dayFirst, monthFirst) else { continue }
        return (
          dayFirst < monthFirst ? .dayFirst : .monthFirst,
          "since '\(end)' would come before '\(start)' otherwise"
        )
      }
    }
    return nil
  }

  /// How many rows of the sample end before they start.
  private func reversals(_ start: Int, _ end: Int, _ order: DateOrder) -> Int {
    let ends = days(end, order)
    return days(start, order).filter { row, day in ends[row].map { $0 < day } ?? false }.count
  }

  /// The days of a column by the row.
  private func days(_ column: Int, _ order: DateOrder) -> [Int: Int] {
    var parser = TimeParser(scale: 6, order: order, zone: .utc, isDateOnly: false)
    var days: [Int: Int] = [:]
    for (row, text) in zip(samples[column].rows, samples[column].texts) {
      let value = ParsedText.with(text) { parser.parse($0, $1) }
      if !ParseMark.isMark(value) {
        days[row] = Int((Double(value) / 86_400_000_000).rounded(.down))
      }
    }
    return days
  }

  // MARK: Witnesses

  private static func witness(_ plan: ColumnPlan, _ sample: KindProposal) -> Witness? {
    let words = HeaderText.words(plan.header)
    if let months = numbers(sample, { month($0, mayBeNumber: !monthWords.isDisjoint(with: words)) })
    {
      return Witness(header: plan.header, numbers: months, isWeekday: false)
    }
    return numbers(sample) { WeekdayName.number($0) }.map {
      Witness(header: plan.header, numbers: $0, isWeekday: true)
    }
  }

  private static let monthWords: Set<String> = ["month", "monat", "mes", "mês", "mois", "ay"]

  /// The numbers of all texts that stand for something, by the row; nil where one has none.
  private static func numbers(
    _ sample: KindProposal, _ number: ([UInt8]) -> Int?
  ) -> [Int: Int]? {
    var numbers: [Int: Int] = [:]
    for (row, text) in zip(sample.rows, sample.texts) {
      if text.withUnsafeBufferPointer({ MissingMarker.matches($0) }) { continue }
      let lower = SafeText.string(text).lowercased()
      guard let value = number(Array(lower.utf8)) else { return nil }
      numbers[row] = value
    }
    return numbers.isEmpty ? nil : numbers
  }

  /// The month of `January`, `Jan-24`, `2024 March`, and of `3` or `2024-03` where these can be
  /// months alone.
  private static func month(_ text: [UInt8], mayBeNumber: Bool) -> Int? {
    let parts = text.split { !(isLetter($0) || Digits.isDigit($0)) }
    guard (1...2).contains(parts.count) else { return nil }
    let names = parts.filter { !$0.contains(where: Digits.isDigit) }
    let numbers = parts.filter { $0.allSatisfy(Digits.isDigit) && $0.count <= 4 }
    guard names.count &+ numbers.count == parts.count else { return nil }
    if names.count == 1 { return MonthName.number(Array(names[0])) }
    let years = numbers.filter { $0.count == 4 }.count
    guard mayBeNumber, names.isEmpty, years == numbers.count &- 1,
      let digits = numbers.first(where: { $0.count <= 2 }),
      let month = Int(SafeText.string(Array(digits))), (1...12).contains(month)
    else { return nil }
    return month
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte >= 0x61 && byte <= 0x7A) || byte >= 0x80
  }
}
