import Results

/// What one engine is asked for: the groups of a dataset's rows and primitive aggregates of each.
///
/// Whoever can run these is an engine; numerators and denominators stay apart until the finisher
/// puts them together, so that totals and comparisons are computed from parts.
public struct AggregationTask: Sendable {
  public var scope: Scope
  /// The rows that take part, the scope's kind included.
  public var filter: RowCondition?
  public var keys: [TypedRow]
  public var primitives: [Primitive]
  /// Whether groups that only this task has appear in the result.
  public var showsGroups: Bool
}

/// Where a primitive's value is found: which task, and which of its primitives.
public struct PrimitiveSlot: Hashable, Sendable {
  public var task: Int
  public var primitive: Int
}

/// A measure of a query, ready to be computed from the tasks' results.
public struct PlannedMeasure: Sendable {
  public var measure: BoundMeasure
  public var formula: Formula<PrimitiveSlot>
  /// `.none` where no interval is asked for.
  public var sampling: Sampling<PrimitiveSlot>
  public var sample: Formula<PrimitiveSlot>?
}

/// The work of a query: a task per scope, and how the finisher puts their groups together.
public struct QueryPlan: Sendable {
  public var query: BoundQuery
  public var tasks: [AggregationTask]
  public var measures: [PlannedMeasure]
  public var having: GroupTest<PrimitiveSlot>?
  public var order: [(formula: Formula<PrimitiveSlot>, isDescending: Bool)]
  public var rankBy: Formula<PrimitiveSlot>?
}

/// Turns a bound query into the tasks that compute it.
public struct Planner {
  private var tasks: [AggregationTask]
  private var slots: [ScopedPrimitive: PrimitiveSlot] = [:]

  /// The plan of a query.
  ///
  /// - Parameter withIntervals: whether the primitives for intervals are computed too.
  public static func plan(_ query: BoundQuery, withIntervals: Bool) -> QueryPlan {
    var planner = Planner(query)
    let measures = query.measures.map { measure in
      PlannedMeasure(
        measure: measure, formula: planner.place(measure.expression),
        sampling: withIntervals ? measure.sampling.map { planner.slot($0) } : .none,
        sample: withIntervals ? measure.sample.map { planner.place($0) } : nil)
    }
    let having = query.having.map { $0.map { planner.slot($0) } }
    let order = query.order.map { (planner.place($0.expression), $0.isDescending) }
    let rankBy = query.ranking.map { planner.place($0.by) }
    return QueryPlan(
      query: query, tasks: planner.tasks, measures: measures, having: having, order: order,
      rankBy: rankBy)
  }

  private init(_ query: BoundQuery) {
    tasks = query.scopes.map { scope in
      AggregationTask(
        scope: scope.scope, filter: scope.filter, keys: scope.keys, primitives: [],
        showsGroups: scope.showsGroups)
    }
  }

  private mutating func place(_ expression: MeasureExpression) -> Formula<PrimitiveSlot> {
    expression.map { slot($0) }
  }

  private mutating func slot(_ scoped: ScopedPrimitive) -> PrimitiveSlot {
    if let slot = slots[scoped] { return slot }
    // The binder has made a scope for every primitive, so there always is a task.
    let task = tasks.firstIndex { $0.scope == scoped.scope } ?? 0
    tasks[task].primitives.append(scoped.primitive)
    let slot = PrimitiveSlot(task: task, primitive: tasks[task].primitives.count - 1)
    slots[scoped] = slot
    return slot
  }
}
