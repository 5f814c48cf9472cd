import Diagnostics

/// The units of the timeline, from the coarsest to the finest.
public enum TimeUnit: String, Hashable, Sendable, CaseIterable {
  case year, quarter, month, week, day, hour, minute
}

/// A span of time as it was written.
public struct PeriodNode: Sendable {
  /// What was written.
  public indirect enum Form: Sendable {
    /// `2024`
    case year(Int)
    /// `2024-Q1`
    case quarter(year: Int, quarter: Int)
    /// `2024-03`
    case month(year: Int, month: Int)
    /// `2024-W12`, an ISO week.
    case week(year: Int, week: Int)
    /// `2024-03-15`
    case day(year: Int, month: Int, day: Int)
    /// `2024-03-15T10`
    case hour(year: Int, month: Int, day: Int, hour: Int)
    /// `2024-03-15T10:30`
    case minute(year: Int, month: Int, day: Int, hour: Int, minute: Int)
    /// `today`
    case today
    /// `yesterday`
    case yesterday
    /// `this month`
    case this(TimeUnit)
    /// `last month`, `last 8 weeks`: the whole units before the current one; `count` is nil for
    /// the bare `last month`.
    case last(count: Int?, TimeUnit)
    /// `latest 30 days`: the units that end with the one holding the dataset's last instant.
    case latest(count: Int, TimeUnit)
    /// `2024-01..2024-03`, both included.
    case span(PeriodNode, PeriodNode)
    /// `$month`, a parameter that holds a period.
    case parameter(NameNode)
  }

  /// What was written.
  public var form: Form
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A period.
  public init(form: Form, range: SourceRange) {
    self.form = form
    self.range = range
  }
}
