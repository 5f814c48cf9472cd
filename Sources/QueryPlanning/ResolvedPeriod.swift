import CivilTime

/// A run of whole periods of one grain.
public struct ResolvedPeriod: Hashable, Sendable {
  /// The size of the periods.
  public var grain: TimeGrain
  /// The ordinals of the first and the last period.
  public var first: Int64
  /// The ordinal of the last period.
  public var last: Int64

  /// The periods from `first` to `last`.
  public init(grain: TimeGrain, first: Int64, last: Int64) {
    self.grain = grain
    self.first = first
    self.last = last
  }

  /// The half-open span in UTC seconds; a civil span is one of dates, which no zone moves.
  public func span(_ settings: PlanningSettings, isCivil: Bool) -> Range<Int64> {
    let buckets = TimeBuckets(
      grain: grain, zone: isCivil ? .utc : settings.zone, weekStart: settings.weekStart)
    let start = buckets.start(of: first)
    return start..<max(start, buckets.start(of: last &+ 1))
  }

  /// The period as a literal, or as a span of two.
  public func label(_ settings: PlanningSettings) -> String {
    let buckets = settings.buckets(grain)
    if first == last { return buckets.label(first) }
    return "\(buckets.label(first))..\(buckets.label(last))"
  }
}
