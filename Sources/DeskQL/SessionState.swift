import ColumnStore
import DatasetLoading
import MetricCatalog
import QueryExecution
import QueryPlanning
import QuerySyntax

/// Everything that statements change in a session.
struct SessionState: Sendable {
  /// A loaded dataset with what was said of it.
  struct Dataset: Sendable {
    var table: Table
    var report: LoadReport
    /// Ratings set aside because they lie off their scale.
    var offScale: [LoadReport.ProblemCount] = []
  }

  var datasets: [Dataset] = []
  /// How the datasets were loaded, for when their files change.
  var loads: [LoadRecord] = []
  /// The rows of the surveys whose rating is set aside.
  var offScaleRows: [Int] = []
  /// The tables and all that is computed from them; made anew by a load.
  var store: DataStore
  var facts: TableFacts
  var definitions: [String: DefinitionStatement] = [:]
  /// The definitions in the order they were made.
  var definitionOrder: [String] = []
  var parameters: [String: ExpressionNode] = [:]
  /// Parameters set from outside, which `param` does not replace.
  var fixedParameters: Set<String> = []
  var goals: [String: GoalStatement] = [:]
  var settings: PlanningSettings

  func context(_ catalog: MeasureCatalog) -> BindingContext {
    BindingContext(
      model: store.model, facts: facts, catalog: catalog, definitions: definitions,
      parameters: parameters, goals: goals, settings: settings)
  }

  /// Takes in a dataset, in place of one of the same name.
  mutating func add(_ dataset: Dataset, threads: Int, cancellation: CancellationFlag) {
    let name = Schema.folded(dataset.table.name)
    datasets.removeAll { Schema.folded($0.table.name) == name }
    datasets.append(dataset)
    rebuild(threads: threads, cancellation: cancellation)
  }

  /// Makes the store anew from the loaded tables: after a load, or where a scale is set.
  mutating func rebuild(threads: Int, cancellation: CancellationFlag) {
    var tables: [Table] = []
    offScaleRows = []
    for index in datasets.indices {
      let checked = ScoreCheck.checked(datasets[index].table, settings)
      datasets[index].offScale = checked.problems
      offScaleRows += checked.rows
      tables.append(checked.table)
    }
    if !tables.contains(where: { Schema.folded($0.name) == "surveys" }),
      let index = tables.firstIndex(where: { Schema.folded($0.name) == "tickets" }),
      let ratings = TicketRatings.surveys(from: tables[index])
    {
      let checked = ScoreCheck.checked(ratings, settings)
      datasets[index].offScale = checked.problems
      offScaleRows = checked.rows
      tables.append(checked.table)
    }
    store = DataStore(tables: tables, threads: threads, cancellation: cancellation)
    facts = TableFacts(tables)
  }
}
