import CivilTime

/// Moves the period of a query to that of its baseline.
enum PeriodShift {
  /// The same span just before, in its own grain.
  case previous
  /// The same span a year earlier.
  case lastYear
  /// Another period.
  case fixed(ResolvedPeriod)
  /// One bucket of a grain earlier, or a year, for rows that are compared bucket by bucket.
  case bucket(TimeGrain, isYear: Bool)

  /// The period to add where the query names none.
  var addedPeriod: ResolvedPeriod? {
    if case .fixed(let period) = self { return period }
    return nil
  }
}

extension Binder {
  /// A period as the baseline being bound sees it; as it is while the query itself is bound.
  func shifted(_ period: ResolvedPeriod) -> ResolvedPeriod {
    switch periodShift {
    case nil: return period
    case .previous:
      let length = period.last - period.first + 1
      let base = ResolvedPeriod(
        grain: period.grain, first: period.first - length, last: period.last - length)
      return clipped(base, as: period)
    case .lastYear: return clipped(yearEarlier(period), as: period)
    case .fixed(let other): return other
    case .bucket(let grain, let isYear):
      let buckets = settings.buckets(grain)
      let span = period.span(settings, isCivil: false)
      let first = buckets.bucket(ofUTC: span.lowerBound)
      let last = buckets.bucket(ofUTC: span.upperBound - 1)
      if !isYear { return ResolvedPeriod(grain: grain, first: first - 1, last: last - 1) }
      return yearEarlier(ResolvedPeriod(grain: grain, first: first, last: last))
    }
  }

  /// A baseline only as far as a period in progress has come, in days.
  private func clipped(_ base: ResolvedPeriod, as period: ResolvedPeriod) -> ResolvedPeriod {
    guard let days = daysSoFar(of: period) else { return base }
    let buckets = settings.buckets(base.grain)
    let first = buckets.firstDay(of: base.first)
    let last = buckets.firstDay(of: base.last + 1) - 1
    return ResolvedPeriod(grain: .day, first: first, last: min(first + days - 1, last))
  }

  /// How many days of a period have come, where today lies in it; nil where it is over, or is no
  /// longer than a day. Days with rows have come, also those after a `today` that is set.
  func daysSoFar(of period: ResolvedPeriod) -> Int64? {
    guard period.grain < .day else { return nil }
    let buckets = settings.buckets(period.grain)
    let first = buckets.firstDay(of: period.first)
    let end = buckets.firstDay(of: period.last + 1)
    let today = Int64(settings.currentDay)
    let reached = max(today, lastDay ?? today)
    guard first <= today, today < end, reached < end - 1 else { return nil }
    return reached - first + 1
  }

  private func yearEarlier(_ period: ResolvedPeriod) -> ResolvedPeriod {
    ResolvedPeriod(
      grain: period.grain, first: YearShift.earlier(period.first, period.grain, settings),
      last: YearShift.earlier(period.last, period.grain, settings))
  }
}

/// Buckets a year before or after others.
public enum YearShift {
  /// The bucket a year before; 29 February becomes 28, and a 53rd week the 52nd.
  static func earlier(_ bucket: Int64, _ grain: TimeGrain, _ settings: PlanningSettings) -> Int64 {
    moved(bucket, grain, by: -1, settings) ?? moved(bucket - stride(grain), grain, by: -1, settings)
      ?? bucket
  }

  private static func stride(_ grain: TimeGrain) -> Int64 {
    switch grain {
    case .hour: 24
    case .minute: 1440
    default: 1
    }
  }

  /// The bucket that `previous`, or `last year`, compares with a bucket; nil where the year after
  /// has none.
  public static func after(
    _ bucket: Int64, _ grain: TimeGrain, isYear: Bool, _ settings: PlanningSettings
  ) -> Int64? {
    isYear ? moved(bucket, grain, by: 1, settings) : bucket + 1
  }

  /// The bucket so many years later; nil where that year has none, as for 29 February.
  private static func moved(
    _ bucket: Int64, _ grain: TimeGrain, by years: Int, _ settings: PlanningSettings
  ) -> Int64? {
    let years64 = Int64(years)
    switch grain {
    case .year: return bucket + years64
    case .quarter: return bucket + 4 * years64
    case .month: return bucket + 12 * years64
    case .week:
      let buckets = settings.buckets(.week)
      let first = Int(buckets.firstDay(of: bucket))
      // A week is named by the Monday it holds.
      let monday = settings.weekStart == .sunday ? first + 1 : first
      let (year, week) = CivilCalendar.isoWeek(days: monday)
      guard week <= CivilCalendar.weeksInISOYear(year + years) else { return nil }
      let day = CivilCalendar.days(isoYear: year + years, week: week)
      return buckets.bucket(ofDay: Int64(day))
    case .day: return movedDay(bucket, by: years)
    case .hour: return movedPart(bucket, perDay: 24, by: years)
    case .minute: return movedPart(bucket, perDay: 1440, by: years)
    }
  }

  private static func movedDay(_ day: Int64, by years: Int) -> Int64? {
    let (year, month, date) = CivilCalendar.civil(days: Int(day))
    guard CivilCalendar.isValid(year: year + years, month: month, day: date) else { return nil }
    return Int64(CivilCalendar.days(year: year + years, month: month, day: date))
  }

  private static func movedPart(_ bucket: Int64, perDay: Int64, by years: Int) -> Int64? {
    var (day, part) = bucket.quotientAndRemainder(dividingBy: perDay)
    if part < 0 {
      day -= 1
      part += perDay
    }
    return movedDay(day, by: years).map { $0 * perDay + part }
  }
}
