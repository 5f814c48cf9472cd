import QueryPlanning
import Results

/// Carries out plans over a store of columns.
public enum QueryExecutor {
  /// The result of a planned query.
  public static func run(
    _ plan: QueryPlan, store: DataStore, settings: PlanningSettings
  ) throws(ExecutionError) -> ResultTable {
    var tables: [GroupTable] = []
    for task in plan.tasks {
      tables.append(try Aggregator.run(task, store: store, settings: settings))
    }
    return Finisher(plan: plan, tables: tables, settings: settings).finish()
  }

  /// The rows of a list.
  public static func run(
    _ list: BoundList, store: DataStore, settings: PlanningSettings
  ) throws(ExecutionError) -> ResultTable {
    try ListExecutor.run(list, store: store, settings: settings)
  }
}
