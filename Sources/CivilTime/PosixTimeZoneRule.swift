/// The rule that closes a TZif file, in the form of the POSIX variable `TZ` with the extensions
/// of RFC 9636: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixTimeZoneRule {
  /// Seconds east of UTC in standard time.
  var standardOffset: Int64
  /// Daylight saving time; nil where it is not kept.
  var daylight: Daylight?

  struct Daylight {
    /// Seconds east of UTC.
    var offset: Int64
    var start: YearlyTime
    var end: YearlyTime
  }

  /// A time on a day of every year, in seconds after its midnight (possibly negative, or more
  /// than a day).
  struct YearlyTime {
    var day: Day
    var seconds: Int64

    enum Day {
      /// `Jn`, 1 to 365: the leap day is never counted.
      case julian(Int)
      /// `n`, 0 to 365: the leap day is counted.
      case zeroBased(Int)
      /// `Mm.w.d`: the w-th weekday d (Sunday = 0) of month m, week 5 being the last.
      case weekday(month: Int, week: Int, day: Int)
    }

    /// Local seconds since 1970-01-01T00:00 in a year.
    func local(year: Int) -> Int64 {
      let day =
        switch self.day {
        case .julian(let number):
          CivilCalendar.days(year: year, month: 1, day: number)
            + (number >= 60 && CivilCalendar.daysInMonth(year: year, month: 2) == 29 ? 1 : 0)
        case .zeroBased(let number):
          CivilCalendar.days(year: year, month: 1, day: 1) + number
        case .weekday(let month, let week, let weekday):
          Self.nth(week, sundayBased: weekday, year: year, month: month)
        }
      return Int64(day) * 86_400 + seconds
    }

    private static func nth(_ week: Int, sundayBased: Int, year: Int, month: Int) -> Int {
      let first = CivilCalendar.days(year: year, month: month, day: 1)
      let wanted = (sundayBased + 6) % 7
      let toFirst = (wanted - CivilCalendar.weekday(days: first) + 7) % 7
      var day = toFirst + (week - 1) * 7
      if day >= CivilCalendar.daysInMonth(year: year, month: month) { day -= 7 }
      return first + day
    }
  }

  /// The two changes of a year with the offset after each, ascending; none without daylight time.
  func transitions(year: Int) -> [(instant: Int64, offset: Int64)] {
    guard let daylight else { return [] }
    let start = (daylight.start.local(year: year) - standardOffset, daylight.offset)
    let end = (daylight.end.local(year: year) - daylight.offset, standardOffset)
    return start.0 <= end.0 ? [start, end] : [end, start]
  }

  /// Reads a rule; nil for anything that is not one.
  init?(_ text: some Collection<UInt8>) {
    var parser = PosixRuleParser(rest: Array(text)[...])
    guard parser.name(), let standard = parser.clock(maximumHours: 24) else { return nil }
    // POSIX counts west of UTC as positive.
    standardOffset = -standard
    if parser.rest.isEmpty { return }
    guard parser.name() else { return nil }
    var offset = standardOffset + 3600
    if parser.rest.first != UInt8(ascii: ",") {
      guard let given = parser.clock(maximumHours: 24) else { return nil }
      offset = -given
    }
    guard let start = parser.yearlyTime(), let end = parser.yearlyTime(), parser.rest.isEmpty
    else { return nil }
    daylight = Daylight(offset: offset, start: start, end: end)
  }
}
