import CivilTime
import Diagnostics
import QuerySyntax
import Results

/// A query with every name resolved.
public struct BoundQuery: Sendable {
  /// The measures that are shown.
  public var measures: [BoundMeasure]
  /// The grouping keys, in the order of the query.
  public var keys: [BoundKey]
  /// Every scope that some measure lives in, with its own reading of keys and filters.
  public var scopes: [BoundScope]
  /// The condition that a group has to meet.
  public var having: GroupCondition?
  /// The sort keys, the first deciding.
  public var order: [BoundOrder]
  /// `top` or `bottom`; nil where it is not asked for.
  public var ranking: BoundRanking?
  /// How many rows are shown; nil where all are.
  public var limit: Int?
  /// How many rows are left out at the front.
  public var offset: Int
  /// The timeline to fill, where a single bucket is the only key.
  public var axis: TimeAxis?
  /// Whether the last of the keys becomes columns.
  public var isPivoted: Bool
  /// What it is compared with; nil where nothing is.
  public var baseline: BoundBaseline?
  /// The options behind `with`.
  public var options: QueryOptions
  /// What must be said of the result.
  public var notes: [String]
  /// The picture that is asked for.
  public var chart: Chart?
  /// The query in its canonical form.
  public var title: String
}

/// A grouping key as the result shows it.
public struct BoundKey: Hashable, Sendable {
  /// The name, as a result shows it.
  public var name: String
  /// What kind of values they are.
  public var type: RowType
}

/// The rows that measures of one scope look at, and how they are grouped.
public struct BoundScope: Sendable {
  /// The rows that it looks at.
  public var scope: Scope
  /// `where` and `in`, and the kind of survey.
  public var filter: RowCondition?
  /// The same apart, each with the reason for which a row that does not meet it is left out.
  public var filterParts: [FilterPart] = []
  /// The keys in this scope's dataset, in the order of the query's.
  public var keys: [TypedRow]
  /// Whether the groups of this scope appear: those of shown measures.
  public var showsGroups: Bool
  /// The rows that the query is compared with, where it is compared with other rows.
  public var baseline: BaselineScope?
  /// The periods of a snapshot.
  public var frame: SnapshotFrame?
}

/// The periods in which a snapshot looks.
public struct SnapshotFrame: Hashable, Sendable {
  /// The size of the periods.
  public var grain: TimeGrain
  /// The ordinals of the first and the last period.
  public var first: Int64
  /// The ordinal of the last period.
  public var last: Int64
  /// Which key is the period; nil: all periods together are one.
  public var key: Int?
  /// How many days of the only period are looked at; nil: all.
  public var days: Int64?
  /// Whether the times are dates, which no zone moves.
  public var isCivil: Bool
}

/// A part of a filter, and why rows that do not meet it are left out.
public struct FilterPart: Sendable {
  /// Such as "outside the period".
  public var reason: String
  /// The condition that a row has to meet.
  public var condition: RowCondition

  /// All parts as one condition; nil where there are none.
  static func all(_ parts: [FilterPart]) -> RowCondition? {
    parts.reduce(nil) { .both($0, $1.condition) }
  }
}

/// The rows that a scope is compared with, and how they are grouped.
public struct BaselineScope: Sendable {
  /// The condition on rows; nil where all take part.
  public var filter: RowCondition?
  /// The grouping keys, in the order of the query.
  public var keys: [TypedRow]
  /// The periods of a snapshot; nil for any other scope.
  public var frame: SnapshotFrame?
  /// The rows of the period in progress only up to as far as the present one has come; nil where
  /// no period of the query is in progress.
  public var unfinished: UnfinishedScope?
}

/// The first days of a period, to compare those of a later period in progress with.
public struct UnfinishedScope: Sendable {
  /// The condition on rows; nil where all take part.
  public var filter: RowCondition?
  /// The period of a snapshot.
  public var frame: SnapshotFrame?
}

/// What a query is compared with.
public struct BoundBaseline: Sendable {
  /// How the values to compare with are found.
  public enum Source: Sendable {
    /// Other rows, grouped alike. With `dropsKey`, the timeline bucket among the keys is left out
    /// and every period is compared with the same rows.
    case rows(dropsKey: Int?)
    /// The bucket before, of the key at an index; a year before where told.
    case bucket(key: Int, grain: TimeGrain, isYear: Bool, current: Int64?)
    /// All other groups together.
    case rest
    /// All rows together.
    case total
    /// A figure for each measure, nil where there is none.
    case figures([Double?])
  }

  /// How the values to compare with are found.
  public var source: Source
  /// What stands behind the measure's name: `previous`, `2024_01`, …
  public var suffix: String
}

/// The options behind `with`.
public struct QueryOptions: Sendable {
  /// The level of `ci`, such as 0.95.
  public var interval: Double?
  /// `n`: the rows behind each value.
  public var showsCounts = false
  /// `total`: a last row of all rows together.
  public var showsTotal = false
  /// `share`: each row's part of the whole.
  public var showsShare = false
  /// `other`: what `top` leaves out as one row.
  public var showsOther = false
  /// `rank`: how rows are numbered.
  public var rank: Rank?
  /// `running`: values so far along the timeline.
  public var isRunning = false
  /// `rolling N`: how many periods are pooled.
  public var rolling: Int?
  /// `gaps`: periods without rows are left out.
  public var keepsGaps = false
  /// `open`: durations without an end count as longer than so far.
  public var countsOpen = false

  /// How rows are numbered.
  public enum Rank: Sendable { case byValue, fair }

  /// No options.
  public init() {}
}

/// One sort key.
public struct BoundOrder: Sendable {
  /// The formula or value.
  public var expression: MeasureExpression
  /// Whether the largest come first.
  public var isDescending: Bool
}

/// `top` and `bottom`.
public struct BoundRanking: Sendable {
  /// Whether the smallest come first.
  public var isBottom: Bool
  /// How many there are.
  public var count: Int
  /// The value that it ranks by.
  public var by: BoundMeasure
  /// The key whose every value has a ranking of its own.
  public var per: Int?
  /// Whether the cautious end of the interval is ranked by.
  public var isFair: Bool
}

/// The periods that must appear on a time axis.
public struct TimeAxis: Hashable, Sendable {
  /// The size of the periods.
  public var grain: TimeGrain
  /// The ordinals of the first and the last period; nil: those of the first and last group.
  public var bounds: ClosedRange<Int64>?
}

/// Rows instead of groups, with every name resolved.
public struct BoundList: Sendable {
  /// The index of the dataset in the data model.
  public var dataset: Int
  /// The columns, in the order in which they are shown.
  public var columns: [(name: String, row: TypedRow)]
  /// The condition on rows; nil where all take part.
  public var filter: RowCondition?
  /// The sort keys, the first deciding.
  public var order: [(row: TypedRow, isDescending: Bool)]
  /// `top` or `bottom`; nil where it is not asked for.
  public var ranking: BoundListRanking?
  /// How many rows are shown; nil where all are.
  public var limit: Int?
  /// How many rows are left out at the front.
  public var offset: Int
  /// The query in its canonical form.
  public var title: String
}

/// `top N by X per KEY` of a list.
public struct BoundListRanking: Sendable {
  /// Whether the smallest come first.
  public var isBottom: Bool
  /// How many there are.
  public var count: Int
  /// The value that it ranks by.
  public var by: TypedRow
  /// The key of which every value has a ranking of its own.
  public var per: TypedRow?
}
