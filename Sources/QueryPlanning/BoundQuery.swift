import CivilTime
import Diagnostics
import QuerySyntax
import Results

/// A query with every name resolved.
public struct BoundQuery: Sendable {
  /// The measures that are shown.
  public var measures: [BoundMeasure]
  public var keys: [BoundKey]
  /// Every scope that some measure lives in, with its own reading of keys and filters.
  public var scopes: [BoundScope]
  public var having: GroupCondition?
  public var order: [BoundOrder]
  public var ranking: BoundRanking?
  public var limit: Int?
  public var offset: Int
  /// The timeline to fill, where a single bucket is the only key.
  public var axis: TimeAxis?
  /// Whether the last of the keys becomes columns.
  public var isPivoted: Bool
  public var baseline: BoundBaseline?
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
  public var name: String
  public var type: RowType
}

/// The rows that measures of one scope look at, and how they are grouped.
public struct BoundScope: Sendable {
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
  public var grain: TimeGrain
  /// The ordinals of the first and the last period.
  public var first: Int64
  public var last: Int64
  /// Which key is the period; nil: all periods together are one.
  public var key: Int?
  /// Whether the times are dates, which no zone moves.
  public var isCivil: Bool
}

/// A part of a filter, and why rows that do not meet it are left out.
public struct FilterPart: Sendable {
  /// Such as "outside the period".
  public var reason: String
  public var condition: RowCondition
}

/// The rows that a scope is compared with, and how they are grouped.
public struct BaselineScope: Sendable {
  public var filter: RowCondition?
  public var keys: [TypedRow]
  public var frame: SnapshotFrame?
  /// The rows of the period in progress only up to as far as the present one has come; nil where
  /// no period of the query is in progress.
  public var unfinished: RowCondition?
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

  public var source: Source
  /// What stands behind the measure's name: `previous`, `2024_01`, …
  public var suffix: String
}

/// The options behind `with`.
public struct QueryOptions: Sendable {
  /// The level of `ci`, such as 0.95.
  public var interval: Double?
  public var showsCounts = false
  public var showsTotal = false
  public var showsShare = false
  public var showsOther = false
  public var rank: Rank?
  public var isRunning = false
  public var rolling: Int?
  public var keepsGaps = false
  public var countsOpen = false

  /// How rows are numbered.
  public enum Rank: Sendable { case byValue, fair }

  /// No options.
  public init() {}
}

/// One sort key.
public struct BoundOrder: Sendable {
  public var expression: MeasureExpression
  public var isDescending: Bool
}

/// `top` and `bottom`.
public struct BoundRanking: Sendable {
  public var isBottom: Bool
  public var count: Int
  public var by: BoundMeasure
  /// The key whose every value has a ranking of its own.
  public var per: Int?
  public var isFair: Bool
}

/// The periods that must appear on a time axis.
public struct TimeAxis: Hashable, Sendable {
  public var grain: TimeGrain
  /// The ordinals of the first and the last period; nil: those of the first and last group.
  public var bounds: ClosedRange<Int64>?
}

/// Rows instead of groups, with every name resolved.
public struct BoundList: Sendable {
  public var dataset: Int
  public var columns: [(name: String, row: TypedRow)]
  public var filter: RowCondition?
  public var order: [(row: TypedRow, isDescending: Bool)]
  public var ranking: BoundListRanking?
  public var limit: Int?
  public var offset: Int
  public var title: String
}

/// `top N by X per KEY` of a list.
public struct BoundListRanking: Sendable {
  public var isBottom: Bool
  public var count: Int
  public var by: TypedRow
  public var per: TypedRow?
}
