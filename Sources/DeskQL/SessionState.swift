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
    /// What reads the whole file, where only some columns were read.
    var wholeRequest: LoadRequest?
    /// Ratings set aside because they lie off their scale.
    var offScale: [OffScale] = []
    /// How many surveys gave each rating; counted when a store is first made.
    var ratings: ValueCounts?
    /// The ratings that stand in a ticket file, as surveys; made when a store first needs them.
    var surveys: RatedTable?
  }

  var datasets: [Dataset] = []
  /// What snapshots brought along about the links between their tables.
  var links: [LoadedLink] = []
  /// How the datasets were loaded, for when their files change.
  var loads: [LoadRecord] = []
  /// Whether a value that does not fit stops a load.
  var isStrict = false
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
  /// The columns that loads read, by `ColumnDemand`; nil is all.
  var expectedColumns: Set<String>?

  func context(_ catalog: MeasureCatalog) -> BindingContext {
    BindingContext(
      model: store.model, facts: facts, catalog: catalog, definitions: definitions,
      parameters: parameters, goals: goals, settings: settings)
  }

  /// Takes in datasets, in place of those of the same names.
  mutating func add(_ added: [Dataset], threads: Int, cancellation: CancellationFlag) {
    let names = Set(added.map { Schema.folded($0.table.name) })
    datasets.removeAll { names.contains(Schema.folded($0.table.name)) }
    datasets += added
    rebuild(threads: threads, cancellation: cancellation)
  }

  /// The rows of the surveys whose rating is set aside.
  var offScaleRows: [Int] {
    let own = datasets.map(\.table).first { Schema.folded($0.name) == "surveys" }
    guard let loaded = own ?? datasets.lazy.compactMap(\.surveys?.table).first,
      let place = store.model.index(of: "surveys"), let index = loaded.schema.index(of: "score"),
      case .number(let all) = loaded.columns[index],
      case .number(let left) = store.tables[place].columns[index]
    else { return [] }
    return (0..<all.count).filter { all.isValid($0) && !left.isValid($0) }
  }

  /// Makes the store anew from the loaded tables: after a load, or where a scale is set.
  mutating func rebuild(threads: Int, cancellation: CancellationFlag) {
    var sources = SourceTables()
    for index in datasets.indices {
      if datasets[index].ratings == nil {
        datasets[index].ratings = ScoreCheck.ratings(of: datasets[index].table)
      }
      datasets[index].offScale = sources.add(
        datasets[index].table, datasets[index].ratings, settings)
    }
    let isRated = datasets.contains { Schema.folded($0.table.name) == "surveys" }
    if !isRated,
      let tickets = datasets.firstIndex(where: { Schema.folded($0.table.name) == "tickets" })
    {
      if datasets[tickets].surveys == nil,
        let surveys = TicketRatings.surveys(from: datasets[tickets].table)
      {
        datasets[tickets].surveys = RatedTable(
          table: surveys, ratings: ScoreCheck.ratings(of: surveys))
      }
      if let surveys = datasets[tickets].surveys {
        datasets[tickets].offScale = sources.add(surveys.table, surveys.ratings, settings)
      }
    }
    links.removeAll { $0.step(in: sources.loaded) == nil }
    var known: [LinkStep: KnownLink] = [:]
    for link in links {
      if let step = link.step(in: sources.loaded) { known[step] = link.known }
    }
    store = DataStore(
      tables: sources.checked, links: known, threads: threads, cancellation: cancellation)
    facts = TableFacts(sources.checked, ratings: sources.ratings)
  }

  /// The tables of a store: as they were loaded, and with ratings off their scale set aside.
  private struct SourceTables {
    var loaded: [Table] = []
    var checked: [Table] = []
    var ratings: [ValueCounts?] = []

    mutating func add(
      _ table: Table, _ counted: ValueCounts?, _ settings: PlanningSettings
    ) -> [OffScale] {
      loaded.append(table)
      guard let counted else {
        checked.append(table)
        ratings.append(nil)
        return []
      }
      let found = ScoreCheck.checked(table, counted, settings)
      checked.append(found.table)
      ratings.append(found.ratings)
      return found.problems
    }
  }
}

/// Surveys with how many of them gave each rating.
struct RatedTable: Sendable {
  var table: Table
  var ratings: ValueCounts?
}

/// A link between two loaded tables that a snapshot brought along.
struct LoadedLink: Sendable {
  var child: Table
  var key: Int
  var parent: Table
  var parentKey: Int
  var known: KnownLink

  /// The link by the places of its tables; nil where one is no longer loaded.
  func step(in tables: [Table]) -> LinkStep? {
    guard let from = tables.firstIndex(where: { $0 === child }),
      let to = tables.firstIndex(where: { $0 === parent })
    else { return nil }
    return LinkStep(child: from, key: key, parent: to, parentKey: parentKey)
  }
}
