/// Proleptic Gregorian calendar arithmetic on days since 1970-01-01.
///
/// Every function is total: arguments outside the calendar wrap instead of trapping, and
/// `isValid` tells a date that exists from one that does not.
public enum CivilCalendar {
  /// The day number of a date; the caller has validated month and day.
  @inlinable
  public static func days(year: Int, month: Int, day: Int) -> Int {
    // Years run from March, so that the leap day is the last of its year and every month
    // length follows from (153 m + 2) / 5 (Howard Hinnant, "chrono-compatible algorithms").
    let shifted = month <= 2 ? year &- 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted &- era &* 400
    let monthFromMarch = month > 2 ? month &- 3 : month &+ 9
    let dayOfYear = (153 &* monthFromMarch &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// The date of a day number.
  @inlinable
  public static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days &+ 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra =
      (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let monthFromMarch = (5 &* dayOfYear &+ 2) / 153
    let day = dayOfYear &- (153 &* monthFromMarch &+ 2) / 5 &+ 1
    let month = monthFromMarch < 10 ? monthFromMarch &+ 3 : monthFromMarch &- 9
    let year = yearOfEra &+ era &* 400
    return (month <= 2 ? year &+ 1 : year, month, day)
  }

  /// The number of days of a month, 28 to 31; 0 for a month that is not 1 to 12.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 1, 3, 5, 7, 8, 10, 12: 31
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 0
    }
  }

  /// Whether the date exists, with a year in -9999...9999.
  public static func isValid(year: Int, month: Int, day: Int) -> Bool {
    (-9999...9999).contains(year) && day >= 1 && day <= daysInMonth(year: year, month: month)
  }

  /// The day of the week, Monday = 0 to Sunday = 6.
  @inlinable
  public static func weekday(days: Int) -> Int {
    let sinceThursday = days % 7
    // 1970-01-01 was a Thursday (3).
    return (sinceThursday &+ 10) % 7
  }

  /// The ISO 8601 week a day lies in; its year is that of the week's Thursday.
  public static func isoWeek(days: Int) -> (year: Int, week: Int) {
    let thursday = days &- weekday(days: days) &+ 3
    let year = civil(days: thursday).year
    let firstOfYear = self.days(year: year, month: 1, day: 1)
    return (year, (thursday &- firstOfYear) / 7 &+ 1)
  }

  /// The Monday of an ISO 8601 week, as a day number.
  public static func days(isoYear: Int, week: Int) -> Int {
    let fourth = days(year: isoYear, month: 1, day: 4)
    return fourth &- weekday(days: fourth) &+ (week &- 1) &* 7
  }

  /// The number of ISO 8601 weeks in a year, 52 or 53.
  public static func weeksInISOYear(_ year: Int) -> Int {
    (days(isoYear: year &+ 1, week: 1) &- days(isoYear: year, week: 1)) / 7
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

/// The quotient rounded towards minus infinity, for a positive divisor.
@inlinable
@inline(__always)
internal func floorDivide<T: FixedWidthInteger & SignedInteger>(_ value: T, _ divisor: T) -> T {
  let quotient = value / divisor
  return value < 0 && quotient &* divisor != value ? quotient &- 1 : quotient
}
