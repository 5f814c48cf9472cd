/// The sizes of period that instants are put into, from the coarsest to the finest.
public enum TimeGrain: String, Hashable, Sendable, CaseIterable, Comparable {
  case year, quarter, month, week, day, hour, minute

  /// Whether `lhs` is the coarser of the two: year < quarter < month < week < day < hour < minute.
  public static func < (lhs: TimeGrain, rhs: TimeGrain) -> Bool { lhs.rank < rhs.rank }

  private var rank: Int {
    switch self {
    case .year: 0
    case .quarter: 1
    case .month: 2
    case .week: 3
    case .day: 4
    case .hour: 5
    case .minute: 6
    }
  }
}

/// The day a week begins on.
public enum WeekStart: String, Hashable, Sendable, CaseIterable {
  case monday, sunday
}
