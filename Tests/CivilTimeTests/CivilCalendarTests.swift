import Testing

@testable import CivilTime

@Suite struct CivilCalendarTests {
  @Test func knownDays() {
    #expect(CivilCalendar.days(year: 1970, month: 1, day: 1) == 0)
    #expect(CivilCalendar.days(year: 2024, month: 3, day: 15) == 19797)
    #expect(CivilCalendar.days(year: 1969, month: 12, day: 31) == -1)
    // From Python: date(…).toordinal() - date(1970, 1, 1).toordinal().
    #expect(CivilCalendar.days(year: 1, month: 1, day: 1) == -719_162)
    #expect(CivilCalendar.days(year: 9999, month: 12, day: 31) == 2_932_896)
  }

  @Test func everyDayOfTheCalendarFollowsTheOneBefore() {
    var expected = (year: -9999, month: 1, day: 1)
    let first = CivilCalendar.days(year: -9999, month: 1, day: 1)
    let last = CivilCalendar.days(year: 9999, month: 12, day: 31)
    var wrong = 0
    for days in first...last {
      let date = CivilCalendar.civil(days: days)
      if date != expected
        || CivilCalendar.days(year: date.year, month: date.month, day: date.day) != days
      {
        wrong += 1
      }
      expected.day += 1
      if expected.day > CivilCalendar.daysInMonth(year: expected.year, month: expected.month) {
        expected = (expected.year, expected.month + 1, 1)
      }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [(2024, true), (2023, false), (1900, false), (2000, true), (2100, false)])
  func leapYears(year: Int, isLeap: Bool) {
    #expect(CivilCalendar.daysInMonth(year: year, month: 2) == (isLeap ? 29 : 28))
    #expect(CivilCalendar.isValid(year: year, month: 2, day: 29) == isLeap)
  }

  @Test func datesThatDoNotExist() {
    #expect(!CivilCalendar.isValid(year: 2024, month: 4, day: 31))
    #expect(!CivilCalendar.isValid(year: 2024, month: 13, day: 1))
    #expect(!CivilCalendar.isValid(year: 2024, month: 0, day: 1))
    #expect(!CivilCalendar.isValid(year: 2024, month: 1, day: 0))
    #expect(!CivilCalendar.isValid(year: 10_000, month: 1, day: 1))
    #expect(CivilCalendar.isValid(year: -9999, month: 12, day: 31))
  }

  @Test func weekdays() {
    // 2024-03-15 was a Friday, 1970-01-01 a Thursday.
    #expect(CivilCalendar.weekday(days: 19797) == 4)
    for days in -30_000...30_000 {
      let next = (CivilCalendar.weekday(days: days) + 1) % 7
      #expect(CivilCalendar.weekday(days: days + 1) == next)
    }
    #expect(CivilCalendar.weekday(days: 0) == 3)
  }

  @Test(arguments: [
    ("2021-01-03", 2020, 53), ("2021-01-04", 2021, 1), ("2018-12-31", 2019, 1),
    ("2016-01-03", 2015, 53), ("2024-12-30", 2025, 1), ("2024-12-29", 2024, 52),
    ("2000-01-02", 1999, 52), ("1970-01-01", 1970, 1), ("2099-12-31", 2099, 53),
  ])
  func isoWeeksAroundNewYear(date: String, year: Int, week: Int) throws {
    let days = Int(try #require(TimeBuckets(grain: .day).bucket(ofLabel: date)))
    let found = CivilCalendar.isoWeek(days: days)
    #expect(found == (year, week))
  }

  // Derived the other way round: weeks are counted from the Monday of the week with 4 January.
  @Test func isoWeeksFrom1970To2100() {
    var year = 1970
    var week = 1
    var monday = -3
    while year <= 2100 {
      let weeks = CivilCalendar.weeksInISOYear(year)
      let fourth = CivilCalendar.days(year: year, month: 1, day: 4)
      if week == 1 { #expect((monday...monday + 6).contains(fourth)) }
      for days in monday...monday + 6 {
        let found = CivilCalendar.isoWeek(days: days)
        #expect(found == (year, week))
      }
      #expect(CivilCalendar.days(isoYear: year, week: week) == monday)
      monday += 7
      week += 1
      if week > weeks { (year, week) = (year + 1, 1) }
    }
  }

  @Test func longYears() {
    // ISO years of 53 weeks, from Python: date(y, 12, 28).isocalendar().week.
    let long = (1970...2100).filter { CivilCalendar.weeksInISOYear($0) == 53 }
    #expect(
      long == [
        1970, 1976, 1981, 1987, 1992, 1998, 2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043, 2048,
        2054, 2060, 2065, 2071, 2076, 2082, 2088, 2093, 2099,
      ])
  }

  @Test func extremesDoNotTrap() {
    for days in [Int.min, Int.min + 1, -1 << 60, 1 << 60, Int.max] {
      let date = CivilCalendar.civil(days: days)
      #expect((1...12).contains(date.month) && (1...31).contains(date.day))
      #expect((0...6).contains(CivilCalendar.weekday(days: days)))
      #expect(!CivilText.date(days: days).isEmpty)
    }
  }
}
