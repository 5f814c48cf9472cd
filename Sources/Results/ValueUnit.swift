/// What the values of a result column are measured in.
public enum ValueUnit: String, Hashable, Sendable, CaseIterable {
  /// Words; also periods written as literals such as `2024-03`.
  case text
  /// A whole number of things.
  case count
  /// A plain number.
  case number
  /// A share on the 0–100 scale.
  case percent
  /// Points on the −100…100 scale of the net promoter score.
  case points
  /// Seconds.
  case duration
  /// An instant, in seconds since 1970-01-01T00:00:00Z.
  case time
  /// A calendar day, in seconds since 1970-01-01 at its midnight.
  case date
  case boolean
}

/// Which way a measure gets better.
public enum Direction: String, Hashable, Sendable {
  case higher, lower, none
  /// Best within a band, such as occupancy: neither way is better as such.
  case band
}
