import ColumnStore
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
      try finish(plan, tables, settings, store.cancellation)
    }
  }

  /// Of millions of groups, to free what is half done takes longer than anybody waits who cancels.
  private static let manyGroups = 1 << 18

  private static func finish(
    _ plan: QueryPlan, _ tables: QueryTables, _ settings: PlanningSettings,
    _ cancellation: CancellationFlag
  ) throws(ExecutionError) -> ResultTable {
    @Sendable func finished(_ flag: CancellationFlag) -> Result<ResultTable, ExecutionError> {
      Result { () throws(ExecutionError) in
        try Finisher(plan: plan, tables: tables, settings: settings, cancellation: flag).finish()
      }
    }
    if tables.main.allSatisfy({ $0.count < manyGroups }) {
      return try finished(cancellation).get()
    }
    guard let result = Parallel.unlessCancelled(cancellation, finished) else { throw .cancelled }
    return try result.get()
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
