extension TimeBuckets {
  /// The period literal of a bucket: `2024`, `2024-Q1`, `2024-03`, `2024-W12`, `2024-03-15`,
  /// `2024-03-15T10` or `2024-03-15T10:30`.
  ///
  /// A week that begins on a Sunday carries the ISO number of the Monday in it.
  public func label(_ bucket: Int64) -> String {
    var text = PeriodText()
    let first = Int(firstDay(of: bucket))
    let date = CivilCalendar.civil(days: first)
    switch grain {
    case .year:
      text.year(date.year)
    case .quarter:
      text.year(date.year)
      text.ascii("-Q")
      text.digits((date.month - 1) / 3 + 1, width: 1)
    case .month:
      text.year(date.year)
      text.ascii("-")
      text.digits(date.month, width: 2)
    case .week:
      let week = CivilCalendar.isoWeek(days: monday(ofWeekFrom: first))
      text.year(week.year)
      text.ascii("-W")
      text.digits(week.week, width: 2)
    case .day:
      text.date(date)
    case .hour:
      text.date(date)
      text.ascii("T")
      text.digits(Int(bucket &- Int64(first) &* 24), width: 2)
    case .minute:
      let minute = Int(bucket &- Int64(first) &* 1440)
      text.date(date)
      text.ascii("T")
      text.digits(minute / 60, width: 2)
      text.ascii(":")
      text.digits(minute % 60, width: 2)
    }
    return text.string
  }

  /// The bucket that a period literal of this grain names; nil for any other text.
  public func bucket(ofLabel label: String) -> Int64? {
    var reader = PeriodReader(label)
    guard let year = reader.year() else { return nil }
    let bucket: Int64? =
      switch grain {
      case .year: Int64(year)
      case .quarter: quarter(year: year, &reader)
      case .month: month(year: year, &reader)
      case .week: week(year: year, &reader)
      case .day: day(year: year, &reader)
      case .hour: hour(year: year, &reader)
      case .minute: minute(year: year, &reader)
      }
    return reader.isAtEnd ? bucket : nil
  }

  private func monday(ofWeekFrom day: Int) -> Int { weekStart == .monday ? day : day &+ 1 }

  private func quarter(year: Int, _ reader: inout PeriodReader) -> Int64? {
    guard reader.take("-"), reader.take("Q"), let quarter = reader.number(width: 1, in: 1...4)
    else { return nil }
    return Int64(year * 4 + quarter - 1)
  }

  private func month(year: Int, _ reader: inout PeriodReader) -> Int64? {
    guard reader.take("-"), let month = reader.number(width: 2, in: 1...12) else { return nil }
    return Int64(year * 12 + month - 1)
  }

  private func week(year: Int, _ reader: inout PeriodReader) -> Int64? {
    guard reader.take("-"), reader.take("W"),
      let week = reader.number(width: 2, in: 1...CivilCalendar.weeksInISOYear(year))
    else { return nil }
    return bucket(ofDay: Int64(CivilCalendar.days(isoYear: year, week: week)))
  }

  private func day(year: Int, _ reader: inout PeriodReader) -> Int64? {
    guard reader.take("-"), let month = reader.number(width: 2, in: 1...12), reader.take("-"),
      let day = reader.number(width: 2, in: 1...31),
      CivilCalendar.isValid(year: year, month: month, day: day)
    else { return nil }
    return Int64(CivilCalendar.days(year: year, month: month, day: day))
  }

  private func hour(year: Int, _ reader: inout PeriodReader) -> Int64? {
    guard let day = day(year: year, &reader), reader.take("T"),
      let hour = reader.number(width: 2, in: 0...23)
    else { return nil }
    return day * 24 + Int64(hour)
  }

  private func minute(year: Int, _ reader: inout PeriodReader) -> Int64? {
    guard let hour = hour(year: year, &reader), reader.take(":"),
      let minute = reader.number(width: 2, in: 0...59)
    else { return nil }
    return hour * 60 + Int64(minute)
  }
}

/// Takes the parts of a period literal off the front of its text.
private struct PeriodReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  /// A year of four digits, with a minus before the year 0.
  mutating func year() -> Int? {
    let isNegative = take("-")
    return number(width: 4, in: 0...9999).map { isNegative ? -$0 : $0 }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func number(width: Int, in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix(width)
    guard digits.count == width,
      digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
    else { return nil }
    rest = rest.dropFirst(width)
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    return range.contains(value) ? value : nil
  }
}
