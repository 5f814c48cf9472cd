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
  public var chart: ChartNode.Kind?
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
  /// The keys in this scope's dataset, in the order of the query's.
  public var keys: [TypedRow]
  /// Whether the groups of this scope appear: those of shown measures.
  public var showsGroups: Bool
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
  public var by: MeasureExpression
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
