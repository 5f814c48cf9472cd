import QueryPlanning
import Results

/// Carries out plans over a store of columns.
public enum QueryExecutor {
  /// The result of a planned query; a recorder notes how it came about.
  public static func run(
    _ plan: QueryPlan, store: DataStore, settings: PlanningSettings,
    recorder: ExecutionRecorder? = nil
  ) throws(ExecutionError) -> ResultTable {
    func run(_ tasks: [AggregationTask]) throws(ExecutionError) -> [GroupTable] {
      var tables: [GroupTable] = []
      for task in tasks {
        if let frame = task.frame {
          tables.append(
            try SnapshotAggregator.run(
              task, frame, store: store, settings: settings, recorder: recorder))
        } else {
          tables.append(
            try Aggregator.run(task, store: store, settings: settings, recorder: recorder))
        }
      }
      return tables
    }
    let tables = QueryTables(
      main: try run(plan.tasks), totals: try run(plan.totals), baseline: try run(plan.baseline),
      baselineTotals: try run(plan.baselineTotals), pivotTotals: try run(plan.pivotTotals),
      baselinePivotTotals: try run(plan.baselinePivotTotals), rowTotals: try run(plan.rowTotals),
      unfinished: try run(plan.unfinished),
      unfinishedPivotTotals: try run(plan.unfinishedPivotTotals))
    return try ExecutionRecorder.measure(
      recorder, "finish", detail: { "\($0.rowCount) rows" }
    ) { () throws(ExecutionError) in
      try Finisher(
        plan: plan, tables: tables, settings: settings, cancellation: store.cancellation
      ).finish()
    }
  }

  /// The rows of a list; a recorder notes how they came about.
  public static func run(
    _ list: BoundList, store: DataStore, settings: PlanningSettings,
    recorder: ExecutionRecorder? = nil
  ) throws(ExecutionError) -> ResultTable {
    try ExecutionRecorder.measure(
      recorder, "scan \(store.model.datasets[list.dataset].name)",
      detail: { "\(store.tables[list.dataset].rowCount) rows, \($0.rowCount) listed" }
    ) { () throws(ExecutionError) in
      try ListExecutor.run(list, store: store, settings: settings, recorder: recorder)
    }
  }
}
