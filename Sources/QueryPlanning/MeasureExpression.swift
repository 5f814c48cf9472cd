import QuerySyntax
import Results

/// What an aggregate computes from the rows of a group.
public enum PrimitiveFunction: Hashable, Sendable {
  /// How many rows pass.
  case rows
  /// How many rows pass and have every operand.
  case known
  /// The exact sum of the operand.
  case sum
  /// Count, mean and sum of squared deviations of the operand.
  case moments
  case minimum, maximum
  /// The value at a fraction from 0 to 1, with linear interpolation.
  case quantile(Double)
  /// How many distinct combinations of the operands there are.
  case distinct
  /// The most frequent value, the smallest of several.
  case mode
  /// Pearson's correlation of two operands.
  case correlation
  /// The Kaplan–Meier quantile of a duration whose end may be open; the operands are the known
  /// duration and how long an open one has lasted so far.
  case survivalQuantile(Double)
  /// What is there at a moment or happens in a period; the operands are the start, the end and,
  /// where one is summed, a weight.
  case snapshot(SnapshotFunction)
}

/// What a snapshot measure looks at in each period.
public enum SnapshotFunction: String, Hashable, Sendable, CaseIterable {
  /// Started before the period's end, and not ended before it.
  case activeAtEnd = "active_at_end"
  /// Started before the period's start, and not ended before it.
  case activeAtStart = "active_at_start"
  /// Started in the period.
  case startedWithin = "started_within"
  /// Ended in the period.
  case endedWithin = "ended_within"
  /// Started in the period and still active at its end.
  case newActiveAtEnd = "new_active_at_end"
  /// Active at any time in the period.
  case activeWithin = "active_within"
  /// The median age at the period's end of what is active then.
  case ageAtEnd = "age_at_end"
  /// How many months the period has.
  case months = "months_in_period"
}

/// One aggregate of a dataset: the smallest thing an engine is asked for.
public struct Primitive: Hashable, Sendable {
  /// What is computed.
  public var function: PrimitiveFunction
  /// The values that it is computed from.
  public var operands: [TypedRow]
  /// The rows that take part, beside the task's own filter.
  public var filter: RowCondition?

  /// A primitive aggregate.
  public init(
    _ function: PrimitiveFunction, _ operands: [TypedRow] = [], filter: RowCondition? = nil
  ) {
    self.function = function
    self.operands = operands
    self.filter = filter
  }
}

/// A primitive with the rows it looks at: a dataset, and of surveys a kind.
public struct ScopedPrimitive: Hashable, Sendable {
  /// The rows that it looks at.
  public var scope: Scope
  /// The index of the primitive in its task.
  public var primitive: Primitive

  /// A primitive in a scope.
  public init(scope: Scope, primitive: Primitive) {
    self.scope = scope
    self.primitive = primitive
  }
}

/// The rows a measure lives in.
public struct Scope: Hashable, Sendable {
  /// The index of the dataset in the data model.
  public var dataset: Int
  /// The kind of survey, where the measure is of one kind and the dataset holds several.
  public var kind: RowCondition?
  /// Whether rows are counted at moments of the timeline rather than by their own clock.
  public var isSnapshot: Bool

  /// A scope.
  public init(dataset: Int, kind: RowCondition? = nil, isSnapshot: Bool = false) {
    self.dataset = dataset
    self.kind = kind
    self.isSnapshot = isSnapshot
  }
}

/// A measure's formula before planning: its leaves name dataset and primitive.
public typealias MeasureExpression = Formula<ScopedPrimitive>
/// A condition on groups before planning.
public typealias GroupCondition = GroupTest<ScopedPrimitive>
/// A sampling model before planning.
public typealias SamplingModel = Sampling<ScopedPrimitive>

/// A measure of a query: its formula, and what is known of its values.
public struct BoundMeasure: Sendable {
  /// The column's name.
  public var name: String
  /// The formula or value.
  public var expression: MeasureExpression
  /// What the values are measured in.
  public var unit: ValueUnit
  /// Which way the value gets better.
  public var better: Direction
  /// How the value varies by chance.
  public var sampling: SamplingModel
  /// The rows behind the value.
  public var sample: MeasureExpression?
  /// The row value and its type, where the measure is the average of one.
  public var row: TypedRow?
  /// The built-in measure it is, where it is one, for benchmarks.
  public var catalogName: String?
  /// Whether the parts of groups add up to the whole: counts and sums.
  public var isAdditive: Bool
  /// What the item's `if` asks of the rows of each scope, for `explain`.
  public var conditions: [Scope: RowCondition] = [:]

  /// A bound measure.
  public init(
    name: String, expression: MeasureExpression, unit: ValueUnit, better: Direction = .none,
    sampling: SamplingModel = .none, sample: MeasureExpression? = nil, row: TypedRow? = nil,
    catalogName: String? = nil, isAdditive: Bool = false
  ) {
    self.name = name
    self.expression = expression
    self.unit = unit
    self.better = better
    self.sampling = sampling
    self.sample = sample
    self.row = row
    self.catalogName = catalogName
    self.isAdditive = isAdditive
  }
}

extension BoundMeasure {
  /// A measure that is ranked by but has no column.
  init(_ value: MeasureValue) {
    self.init(
      name: "", expression: value.expression, unit: value.unit, better: value.better,
      sampling: value.sampling, sample: value.sample, row: value.row,
      catalogName: value.catalogName, isAdditive: value.isAdditive)
  }
}
