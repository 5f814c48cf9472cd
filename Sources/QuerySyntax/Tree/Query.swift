import Diagnostics

/// Measures with their clauses: `csat, p90 frt by team where channel = email`.
public struct Query: Sendable {
  /// The columns, in the order written.
  public var items: [QueryItem]
  /// The clauses.
  public var clauses: Clauses
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A query.
  public init(items: [QueryItem], clauses: Clauses, range: SourceRange) {
    self.items = items
    self.clauses = clauses
    self.range = range
  }
}

/// Rows instead of groups: `list id, frt where frt > 1d`.
public struct ListQuery: Sendable {
  /// The columns; empty for `list *`.
  public var items: [QueryItem]
  /// The clauses.
  public var clauses: Clauses
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A list of rows.
  public init(items: [QueryItem], clauses: Clauses, range: SourceRange) {
    self.items = items
    self.clauses = clauses
    self.range = range
  }
}

/// One column of a query: `percent(frt <= 1h) if priority = high as fast`.
public struct QueryItem: Sendable {
  /// The expression as written.
  public var expression: ExpressionNode
  /// The condition behind `if`.
  public var filter: ExpressionNode?
  /// The name behind `as`.
  public var alias: NameNode?
  /// `adjusted for KEY, …`, empty where not written.
  public var adjustment: [ExpressionNode]
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A query item.
  public init(
    expression: ExpressionNode, filter: ExpressionNode? = nil, alias: NameNode? = nil,
    adjustment: [ExpressionNode] = [], range: SourceRange
  ) {
    self.expression = expression
    self.filter = filter
    self.alias = alias
    self.adjustment = adjustment
    self.range = range
  }
}

/// The clauses of a query or list, each at most once, in the order of the language page.
public struct Clauses: Sendable {
  /// `from NAME`
  public var from: NameNode?
  /// `by KEY, …`
  public var keys: [ExpressionNode] = []
  /// `across KEY`
  public var across: ExpressionNode?
  /// `where COND`
  public var filter: ExpressionNode?
  /// `in PERIOD`
  public var period: PeriodNode?
  /// `on COLUMN`
  public var clock: NameNode?
  /// `having COND`
  public var having: ExpressionNode?
  /// `vs BASELINE`
  public var baseline: BaselineNode?
  /// `with OPTION, …`
  public var options: [OptionNode] = []
  /// `order by EXPR, …`
  public var order: [OrderNode] = []
  /// `top N …`, `bottom N …`
  public var ranking: RankingNode?
  /// `limit N`
  public var limit: CountNode?
  /// `offset N`
  public var offset: CountNode?
  /// `chart …`
  public var chart: ChartNode?

  /// No clauses.
  public init() {}
}

/// What a query is compared with.
public struct BaselineNode: Sendable {
  /// The baseline as written.
  public enum Form: Sendable {
    case previous
    case lastYear
    case period(PeriodNode)
    case filter(ExpressionNode)
    case rest
    case total
    /// `benchmark 'INDUSTRY'`
    case benchmark(industry: TextNode?)
    case goal
  }

  /// What was written.
  public var form: Form
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A baseline.
  public init(form: Form, range: SourceRange) {
    self.form = form
    self.range = range
  }
}

/// One option behind `with`.
public struct OptionNode: Sendable {
  /// The option as written.
  public enum Form: Hashable, Sendable {
    /// `ci`, `ci 90%`: the level in percent.
    case interval(level: Double?)
    case counts
    case total
    case share
    case open
    case other
    /// `rank`, `rank fair`
    case rank(fair: Bool)
    case running
    case rolling(Int)
    case gaps
  }

  /// What was written.
  public var form: Form
  /// Where it stands in the source text.
  public var range: SourceRange

  /// An option.
  public init(form: Form, range: SourceRange) {
    self.form = form
    self.range = range
  }
}

/// One key of `order by`.
public struct OrderNode: Sendable {
  /// The expression as written.
  public var expression: ExpressionNode
  /// Whether the largest values come first.
  public var isDescending: Bool
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A sort key.
  public init(expression: ExpressionNode, isDescending: Bool, range: SourceRange) {
    self.expression = expression
    self.isDescending = isDescending
    self.range = range
  }
}

/// `top N [by X] [per KEY] [fair]`, `bottom N …`.
public struct RankingNode: Sendable {
  /// Whether the smallest are wanted.
  public var isBottom: Bool
  /// How many groups are kept.
  public var count: CountNode
  /// The measure to rank by, or a key to group by.
  public var by: ExpressionNode?
  /// The key within whose values is ranked.
  public var per: ExpressionNode?
  /// Whether the cautious end of the interval ranks.
  public var isFair: Bool
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A ranking.
  public init(
    isBottom: Bool, count: CountNode, by: ExpressionNode?, per: ExpressionNode?, isFair: Bool,
    range: SourceRange
  ) {
    self.isBottom = isBottom
    self.count = count
    self.by = by
    self.per = per
    self.isFair = isFair
    self.range = range
  }
}

/// A whole number, or a parameter that holds one.
public struct CountNode: Sendable {
  /// The number as written.
  public enum Form: Sendable {
    case literal(Int)
    case parameter(NameNode)
  }

  /// What was written.
  public var form: Form
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A count.
  public init(form: Form, range: SourceRange) {
    self.form = form
    self.range = range
  }
}

/// `chart [bar|line|spark|heat]`.
public struct ChartNode: Sendable {
  /// The kinds of picture.
  public enum Kind: String, Hashable, Sendable, CaseIterable { case bar, line, spark, heat }

  /// The kind where it is named.
  public var kind: Kind?
  /// Where it stands in the source text.
  public var range: SourceRange

  /// A chart clause.
  public init(kind: Kind?, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
