import CivilTime
import ColumnStore
import MetricCatalog
import QueryPlanning
import QuerySyntax
import Results

/// What the names of a session mean in the statement around the cursor.
///
/// It follows the binder's rules as far as completion needs them, on the schemas alone.
struct NameResolver {
  let state: SessionState
  let catalog: MeasureCatalog

  var model: DataModel { state.store.model }

  /// The datasets in the order in which plain columns are looked for.
  var preferredDatasets: [Int] {
    let known = ["tickets", "surveys", "customers", "shifts"].compactMap { model.index(of: $0) }
    return known + model.datasets.indices.filter { !known.contains($0) }
  }

  /// The datasets that the measures or columns at hand live in; all where none are known.
  func datasets(in outline: QueryOutline) -> [Int] {
    if let dataset = outline.dataset.flatMap(model.index(of:)) { return [dataset] }
    let names = outline.namesAtHand
    if names.isEmpty { return preferredDatasets }
    if outline.isList {
      let fitting = preferredDatasets.first { dataset in
        let places = columns(from: dataset)
        return names.allSatisfy { means($0, among: places) }
      }
      return fitting.map { [$0] } ?? preferredDatasets
    }
    var found: [Int] = []
    for dataset in names.flatMap({ datasets(of: $0, depth: 0) }) where !found.contains(dataset) {
      found.append(dataset)
    }
    return found.isEmpty ? Array(preferredDatasets.prefix(1)) : found
  }

  /// The datasets at hand with those that every one of them reaches upwards.
  func datasetsAbove(in outline: QueryOutline) -> Set<Int> {
    let sets = datasets(in: outline).map { Set(model.parents(of: $0).map(\.dataset)) }
    guard let first = sets.first else { return [] }
    let isOpen = outline.dataset == nil && outline.namesAtHand.isEmpty
    return sets.dropFirst().reduce(first) { isOpen ? $0.union($1) : $0.intersection($1) }
  }

  private func datasets(of name: String, depth: Int) -> [Int] {
    let folded = Schema.folded(name)
    if let definition = state.definitions[folded], depth < Self.depthLimit {
      return ExpressionNames.all(definition.expression)
        .flatMap { datasets(of: $0, depth: depth + 1) }
    }
    if let record = catalog.record(named: folded) {
      return model.index(of: record.dataset).map { [$0] } ?? []
    }
    let owner = preferredDatasets.first { model.datasets[$0].schema.index(of: name) != nil }
    return owner.map { [$0] } ?? []
  }

  /// Definitions name each other in no circle, but in chains of any length.
  private static let depthLimit = 50

  // MARK: Columns

  /// The columns that rows of a dataset have or reach: their own, of the datasets above, then of
  /// those below.
  func columns(from dataset: Int) -> [ColumnPlace] {
    let above = model.parents(of: dataset).map(\.dataset)
    let below = model.children(of: dataset).map(\.dataset).filter { !above.contains($0) }
    var names: Set<String> = []
    return (above + below).flatMap { dataset in
      model.datasets[dataset].schema.columns.enumerated().compactMap { index, column in
        // A name means the nearest column of that name.
        names.insert(Schema.folded(column.name)).inserted
          ? ColumnPlace(dataset: dataset, column: index) : nil
      }
    }
  }

  /// The columns that every measure at hand can be split or filtered by; without measures, all.
  func columns(in outline: QueryOutline) -> [ColumnPlace] {
    let datasets = datasets(in: outline)
    guard let first = datasets.first else { return [] }
    let isOpen = outline.dataset == nil && outline.namesAtHand.isEmpty
    if isOpen {
      var names: Set<String> = []
      return datasets.flatMap(columns(from:)).filter {
        names.insert(Schema.folded(info($0).name)).inserted
      }
    }
    let others = datasets.dropFirst().map { dataset in
      Set(columns(from: dataset).map { Schema.folded(info($0).name) })
    }
    return columns(from: first).filter { place in
      others.allSatisfy { $0.contains(Schema.folded(info(place).name)) }
    }
  }

  func info(_ place: ColumnPlace) -> ColumnInfo {
    model.datasets[place.dataset].schema.columns[place.column]
  }

  func kind(_ place: ColumnPlace) -> Subject.Kind {
    switch info(place).type {
    case .text: .text
    case .tags: .tags
    case .number, .percent: .quantity
    case .duration: .duration
    case .time, .date: .time
    case .boolean: .boolean
    }
  }

  private func means(_ name: String, among places: [ColumnPlace]) -> Bool {
    let folded = Schema.folded(name)
    return column(named: name, among: places) != nil || state.definitions[folded] != nil
      || catalog.record(named: folded) != nil || Self.bucket(folded, of: nil) != nil
  }

  /// The column that a name means to the rows of a dataset.
  func column(named name: String, from dataset: Int) -> ColumnPlace? {
    column(named: name, among: columns(from: dataset))
  }

  /// A column by its name or header, by `tag`, or as `dataset.column`.
  func column(named name: String, among places: [ColumnPlace]) -> ColumnPlace? {
    let folded = Schema.folded(name)
    if let found = places.first(where: { Schema.folded(info($0).name) == folded })
      ?? places.first(where: { Schema.folded(info($0).header) == folded })
    {
      return found
    }
    if folded == "tag" { return places.first { kind($0) == .tags } }
    guard let dot = name.firstIndex(of: "."), let dataset = model.index(of: String(name[..<dot])),
      let column = model.datasets[dataset].schema.index(of: String(name[name.index(after: dot)...]))
    else { return nil }
    return ColumnPlace(dataset: dataset, column: column)
  }

  /// The time columns that time buckets are made of, for all datasets at hand.
  func clocks(in outline: QueryOutline) -> [ColumnPlace] {
    if let name = outline.clock, let place = column(named: name, among: columns(in: outline)) {
      return [place]
    }
    return datasets(in: outline).compactMap(clock)
  }

  private func clock(of dataset: Int) -> ColumnPlace? {
    func time(_ dataset: Int, _ name: String) -> ColumnPlace? {
      model.datasets[dataset].schema.index(of: name)
        .map { ColumnPlace(dataset: dataset, column: $0) }
        .flatMap { kind($0) == .time ? $0 : nil }
    }
    switch model.datasets[dataset].role {
    case "tickets": return time(dataset, "created")
    case "customers": return time(dataset, "started")
    case "shifts": return time(dataset, "date")
    case "surveys":
      return time(dataset, "responded")
        ?? model.index(of: "tickets").flatMap { time($0, "created") }
        ?? time(dataset, "created") ?? time(dataset, "sent")
    default:
      return model.datasets[dataset].schema.columns.indices
        .map { ColumnPlace(dataset: dataset, column: $0) }.first { kind($0) == .time }
    }
  }
}
