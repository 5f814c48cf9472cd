import Results

/// What one engine is asked for: the groups of a dataset's rows and primitive aggregates of each.
///
/// Whoever can run these is an engine; numerators and denominators stay apart until the finisher
/// puts them together, so that totals and comparisons are computed from parts.
public struct AggregationTask: Sendable {
  /// The rows that it looks at.
  public var scope: Scope
  /// The rows that take part, the scope's kind included.
  public var filter: RowCondition?
  /// The grouping keys, in the order of the query.
  public var keys: [TypedRow]
  /// The aggregates that are computed.
  public var primitives: [Primitive]
  /// Whether groups that only this task has appear in the result.
  public var showsGroups: Bool
  /// The periods of a snapshot.
  public var frame: SnapshotFrame?

  /// The same rows as one group.
  func withoutKeys() -> AggregationTask {
    var task = self
    task.keys = []
    task.frame?.key = nil
    return task
  }

  /// The task with one group for each row of a result whose last key becomes columns.
  func withoutLastKey() -> AggregationTask {
    var task = self
    task.keys = Array(keys.dropLast())
    if frame?.key == keys.count - 1 { task.frame?.key = nil }
    return task
  }

  /// The task with one group for each value of the last key.
  func withLastKey() -> AggregationTask {
    var task = self
    task.keys = Array(keys.suffix(1))
    if let key = frame?.key { task.frame?.key = key == keys.count - 1 ? 0 : nil }
    return task
  }
}

/// Where a primitive's value is found: which task, and which of its primitives.
public struct PrimitiveSlot: Hashable, Sendable {
  /// The index of the task.
  public var task: Int
  /// The index of the primitive in its task.
  public var primitive: Int
}

/// A measure of a query, ready to be computed from the tasks' results.
public struct PlannedMeasure: Sendable {
  /// The measure as the query names it.
  public var measure: BoundMeasure
  /// How the value is computed from the tasks' results.
  public var formula: Formula<PrimitiveSlot>
  /// `.none` where neither an interval nor a test is asked for.
  public var sampling: Sampling<PrimitiveSlot>
  /// The rows behind the value.
  public var sample: Formula<PrimitiveSlot>?
  /// Whether it is counted at moments, and so never added up over time.
  public var isSnapshot: Bool
}

/// The work of a query: a task per scope, and how the finisher puts their groups together.
public struct QueryPlan: Sendable {
  /// The query with every name resolved.
  public var query: BoundQuery
  /// The work to be done, a task for each scope.
  public var tasks: [AggregationTask]
  /// The tasks' rows as one group each, where totals are asked for.
  public var totals: [AggregationTask]
  /// The rows to compare with; empty where they are not found by tasks of their own.
  public var baseline: [AggregationTask]
  /// The same as one group each, where a total row is compared too.
  public var baselineTotals: [AggregationTask]
  /// The totals of each value of the key that becomes columns; empty where no total row is shown.
  public var pivotTotals: [AggregationTask] = []
  /// The same of the rows to compare with.
  public var baselinePivotTotals: [AggregationTask] = []
  /// The same of the rows to compare a period in progress with.
  public var unfinishedPivotTotals: [AggregationTask] = []
  /// The tasks without the key that becomes columns, where rows are judged as a whole and a row of
  /// data may stand under several values of that key; empty otherwise.
  public var rowTotals: [AggregationTask] = []
  /// The rows to compare a period in progress with; empty where there is none.
  public var unfinished: [AggregationTask]
  /// The measures that are shown.
  public var measures: [PlannedMeasure]
  /// The condition that a group has to meet.
  public var having: GroupTest<PrimitiveSlot>?
  /// The sort keys, the first deciding.
  public var order: [(formula: Formula<PrimitiveSlot>, isDescending: Bool)]
  /// The measure that `top` ranks by.
  public var rankBy: PlannedMeasure?
}

/// Turns a bound query into the tasks that compute it.
public struct Planner {
  private var tasks: [AggregationTask]
  private var slots: [ScopedPrimitive: PrimitiveSlot] = [:]

  /// The plan of a query.
  ///
  /// - Parameter withIntervals: whether every share and mean gets an interval.
  public static func plan(_ query: BoundQuery, withIntervals: Bool) -> QueryPlan {
    var planner = Planner(query)
    let isCompared = query.baseline != nil
    let needsSampling =
      withIntervals || isCompared || query.options.interval != nil
      || query.options.rank == .fair
    let needsSample = needsSampling || query.options.showsCounts
    let measures = query.measures.map {
      planner.planned($0, withSampling: needsSampling, withSample: needsSample)
    }
    let having = query.having.map { $0.map { planner.slot($0) } }
    let order = query.order.map { (planner.place($0.expression), $0.isDescending) }
    let rankBy = query.ranking.map {
      planner.planned($0.by, withSampling: $0.isFair, withSample: false)
    }
    let tasks = planner.tasks
    var plan = QueryPlan(
      query: query, tasks: tasks, totals: [], baseline: [], baselineTotals: [], unfinished: [],
      measures: measures, having: having, order: order, rankBy: rankBy)
    if needsTotals(query) { plan.totals = tasks.map { $0.withoutKeys() } }
    plan.baseline = zip(tasks, query.scopes).compactMap { task, scope in
      scope.baseline.map { baseline in
        var task = task
        task.filter = baseline.filter
        task.keys = baseline.keys
        task.frame = baseline.frame
        return task
      }
    }
    if query.options.showsTotal { plan.baselineTotals = plan.baseline.map { $0.withoutKeys() } }
    if judgesRowsWhole(query) { plan.rowTotals = tasks.map { $0.withoutLastKey() } }
    plan.unfinished = zip(plan.baseline, query.scopes).compactMap { task, scope in
      scope.baseline?.unfinished.map { unfinished in
        var task = task
        task.filter = unfinished.filter
        task.frame = unfinished.frame
        return task
      }
    }
    if plan.unfinished.count != tasks.count { plan.unfinished = [] }
    if query.options.showsTotal, query.isPivoted {
      plan.pivotTotals = tasks.map { $0.withLastKey() }
      var isPivotDropped = false
      if case .rows(let dropped)? = query.baseline?.source {
        isPivotDropped = dropped == query.keys.count - 1
      }
      plan.unfinishedPivotTotals = plan.unfinished.map { $0.withLastKey() }
      plan.baselinePivotTotals = plan.baseline.map {
        isPivotDropped ? $0.withoutKeys() : $0.withLastKey()
      }
    }
    return plan
  }

  /// Whether `having`, `order by` or `top` looks at rows whose parts under the columns overlap.
  private static func judgesRowsWhole(_ query: BoundQuery) -> Bool {
    guard query.isPivoted else { return false }
    guard query.having != nil || !query.order.isEmpty || query.ranking != nil else { return false }
    return query.scopes.contains { scope in
      guard let key = scope.keys.last else { return false }
      if case .childValues = key.expression { return true }
      return key.type == .tags
    }
  }

  private static func needsTotals(_ query: BoundQuery) -> Bool {
    if query.options.showsTotal || query.options.showsShare { return true }
    switch query.baseline?.source {
    case .total, .rest: return true
    default: return false
    }
  }

  private init(_ query: BoundQuery) {
    tasks = query.scopes.map { scope in
      AggregationTask(
        scope: scope.scope, filter: scope.filter, keys: scope.keys, primitives: [],
        showsGroups: scope.showsGroups, frame: scope.frame)
    }
  }

  private mutating func planned(
    _ measure: BoundMeasure, withSampling: Bool, withSample: Bool
  ) -> PlannedMeasure {
    var isSnapshot = false
    var first: ScopedPrimitive?
    measure.expression.forEachPrimitive { primitive in
      isSnapshot = isSnapshot || primitive.scope.isSnapshot
      first = first ?? primitive
    }
    let formula = place(measure.expression)
    let sampling: Sampling<PrimitiveSlot> =
      withSampling ? measure.sampling.map { slot($0) } : .none
    var sample = withSample ? measure.sample.map { place($0) } : nil
    if withSample, sample == nil, !isSnapshot, let first {
      // The rows behind a count, a sum or an extreme are those that have its operands.
      let known = first.primitive.operands.reduce(first.primitive.filter) { filter, operand in
        .both(filter, .not(.isMissing(operand.expression)))
      }
      let rows = Primitive(.rows, filter: known)
      sample = place(.primitive(ScopedPrimitive(scope: first.scope, primitive: rows)))
    }
    return PlannedMeasure(
      measure: measure, formula: formula, sampling: sampling, sample: sample,
      isSnapshot: isSnapshot)
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
