import QueryPlanning
import Results

/// Carries out plans over a store of columns.
public enum QueryExecutor {
  /// The result of a planned query.
  public static func run(
    _ plan: QueryPlan, store: DataStore, settings: PlanningSettings
  ) throws(ExecutionError) -> ResultTable {
    func run(_ tasks: [AggregationTask]) throws(ExecutionError) -> [GroupTable] {
      var tables: [GroupTable] = []
      for task in tasks {
        if let frame = task.frame {
          tables.append(
            try SnapshotAggregator.run(task, frame, store: store, settings: settings))
        } else {
          tables.append(try Aggregator.run(task, store: store, settings: settings))
        }
      }
      return tables
    }
    let tables = QueryTables(
      main: try run(plan.tasks), totals: try run(plan.totals), baseline: try run(plan.baseline),
      baselineTotals: try run(plan.baselineTotals), pivotTotals: try run(plan.pivotTotals),
      baselinePivotTotals: try run(plan.baselinePivotTotals), unfinished: try run(plan.unfinished))
    return try Finisher(plan: plan, tables: tables, settings: settings).finish()
  }

  /// The rows of a list.
  public static func run(
    _ list: BoundList, store: DataStore, settings: PlanningSettings
  ) throws(ExecutionError) -> ResultTable {
    try ListExecutor.run(list, store: store, settings: settings)
  }
}
