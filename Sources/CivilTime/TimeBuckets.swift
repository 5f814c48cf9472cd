/// How instants are put into periods of one grain on the wall clock of a zone.
///
/// A bucket is an ordinal: consecutive periods have consecutive numbers. With y, q, m the local
/// year, quarter and month and d the local day since 1970-01-01:
/// year y; quarter 4y + q - 1; month 12y + m - 1; week the number of whole weeks since the one
/// that holds 1970-01-01; day d; hour 24d + h; minute 1440d + 60h + min. A local hour that occurs
/// twice is one bucket, and one that is skipped is an empty one.
public struct TimeBuckets: Sendable {
  /// The size of the periods.
  public let grain: TimeGrain
  /// The zone whose wall clock decides.
  public let zone: TimeZoneRules
  /// The day a week begins on.
  public let weekStart: WeekStart

  /// Makes buckets; by default on UTC with ISO 8601 weeks.
  public init(grain: TimeGrain, zone: TimeZoneRules = .utc, weekStart: WeekStart = .monday) {
    self.grain = grain
    self.zone = zone
    self.weekStart = weekStart
  }

  /// The bucket that an instant lies in.
  public func bucket(ofUTC seconds: Int64) -> Int64 {
    bucket(ofLocal: seconds &+ Int64(zone.offset(atUTC: seconds)))
  }

  /// The bucket that a local time, in seconds since 1970-01-01T00:00, lies in.
  public func bucket(ofLocal seconds: Int64) -> Int64 {
    switch grain {
    case .minute: floorDivide(seconds, 60)
    case .hour: floorDivide(seconds, 3600)
    default: bucket(ofDay: floorDivide(seconds, 86_400))
    }
  }

  /// The bucket that a local day lies in; for hours and minutes, the first of the day.
  public func bucket(ofDay day: Int64) -> Int64 {
    switch grain {
    case .minute: return day &* 1440
    case .hour: return day &* 24
    case .day: return day
    case .week: return floorDivide(day &+ daysBeforeEpoch, 7)
    case .month, .quarter, .year:
      let date = CivilCalendar.civil(days: Int(day))
      switch grain {
      case .month: return Int64(date.year &* 12 &+ date.month &- 1)
      case .quarter: return Int64(date.year &* 4 &+ (date.month &- 1) / 3)
      default: return Int64(date.year)
      }
    }
  }

  /// The first instant of a bucket; the bucket ends where the next one starts.
  public func start(of bucket: Int64) -> Int64 {
    zone.firstInstant(fromLocal: localStart(of: bucket))
  }

  /// The local time, in seconds since 1970-01-01T00:00, at which a bucket starts.
  public func localStart(of bucket: Int64) -> Int64 {
    switch grain {
    case .minute: bucket &* 60
    case .hour: bucket &* 3600
    default: firstDay(of: bucket) &* 86_400
    }
  }

  /// The local day that a bucket starts on.
  public func firstDay(of bucket: Int64) -> Int64 {
    switch grain {
    case .minute: return floorDivide(bucket, 1440)
    case .hour: return floorDivide(bucket, 24)
    case .day: return bucket
    case .week: return bucket &* 7 &- daysBeforeEpoch
    case .month:
      let year = floorDivide(bucket, 12)
      return firstOfMonth(year: year, index: bucket &- year &* 12)
    case .quarter:
      let year = floorDivide(bucket, 4)
      return firstOfMonth(year: year, index: (bucket &- year &* 4) &* 3)
    case .year: return firstOfMonth(year: bucket, index: 0)
    }
  }

  private func firstOfMonth(year: Int64, index: Int64) -> Int64 {
    Int64(CivilCalendar.days(year: Int(year), month: Int(index) + 1, day: 1))
  }

  // 1970-01-01 was a Thursday: its week began so many days before.
  private var daysBeforeEpoch: Int64 { weekStart == .monday ? 3 : 4 }
}
