import CivilTime

/// The session's settings that change what a query means.
public struct PlanningSettings: Sendable {
  /// The time zone of the calendar.
  public var zone: TimeZoneRules
  /// The day that a week begins on.
  public var weekStart: WeekStart
  /// The day that `today` stands for, in days since 1970; nil: the day of `now`.
  public var today: Int?
  /// The current instant in UTC seconds.
  public var now: Int64
  /// `set csat_scale = 1..5`
  public var csatScale: ClosedRange<Double>?
  /// `set csat_good = 4`
  public var csatGood: Double?
  /// `set ces_scale = 1..7`
  public var cesScale: ClosedRange<Double>?
  /// Opening hours by weekday, Monday first: open and close as minutes of the day.
  public var hours: [[Range<Int>]]
  /// Days without opening hours, in days since 1970.
  public var holidays: Set<Int>
  /// Whether shares and means are given with intervals, for a terminal.
  public var showsIntervals: Bool

  /// The default settings at an instant.
  public init(now: Int64) {
    zone = .utc
    weekStart = .monday
    self.now = now
    hours = Array(repeating: [540..<1020], count: 5) + [[], []]
    holidays = []
    showsIntervals = false
  }

  /// How instants are put into periods of a grain.
  public func buckets(_ grain: TimeGrain) -> TimeBuckets {
    TimeBuckets(grain: grain, zone: zone, weekStart: weekStart)
  }

  /// The day that `today` stands for, in days since 1970.
  public var currentDay: Int { today ?? Int(buckets(.day).bucket(ofUTC: now)) }
}
