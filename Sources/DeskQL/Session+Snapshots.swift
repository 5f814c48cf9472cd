import ColumnStore
import DatasetLoading
import Diagnostics
import QueryExecution
import QueryPlanning
import QuerySyntax
import SnapshotFile
import Synchronization

extension Session {
  /// Writes everything loaded to a snapshot, which replaces an earlier one as a whole.
  ///
  /// - Returns: a line that tells what was written.
  func save(to path: String) throws(Diagnostic) -> String {
    guard path.lowercased().hasSuffix(".deskdb") else {
      throw Diagnostic(
        "save-what", "`save` writes a snapshot of everything loaded, a .deskdb file",
        help: "write `save 'desk.deskdb'`; results are written with -o or .output")
    }
    let state = snapshot()
    guard !state.datasets.isEmpty else {
      throw Diagnostic(
        "nothing-loaded", "nothing is loaded that could be saved",
        help: "load 'tickets.csv' first")
    }
    let contents = state.snapshotContents()
    defer { progress.end() }
    try SnapshotFile.save(contents, to: path, cancellation: cancellation, progress: progress) {
      () throws(Diagnostic) in try checkSources(of: state.store.tables)
    }
    return "Saved \(Self.names(contents.datasets.map(\.table))) to \(path)."
  }

  /// Opens a snapshot: its datasets take the place of those of the same names.
  ///
  /// - Parameter dataset: the only dataset to open; nil opens all.
  func openSnapshot(
    _ path: String, dataset: String?, isPlain: Bool
  ) throws(Diagnostic) -> LoadSummary {
    guard isPlain else {
      throw Diagnostic(
        "snapshot-mapping", "a snapshot keeps the columns that it was saved with",
        help: "leave out `with`, or load the original file")
    }
    let fingerprint = FileFingerprint(path: path)
    let contents = try SnapshotFile.open(path, threads: threads)
    var datasets = contents.datasets.filter { !$0.isDerived }
    if let dataset {
      let wanted = Schema.folded(dataset)
      datasets.removeAll { Schema.folded($0.table.name) != wanted }
      guard !datasets.isEmpty else {
        let names = contents.datasets.filter { !$0.isDerived }.map(\.table.name)
        throw Diagnostic(
          "unknown-dataset", "the snapshot holds no dataset called \(DisplayText.quoted(dataset))",
          help: "it holds \(names.joined(separator: ", "))")
      }
    }
    let loaded = datasets.compactMap { SessionState.Dataset($0, in: contents) }
    try take(loaded, links: contents.links.map { LoadedLink($0, in: contents) })
    if let fingerprint {
      note(
        LoadRecord(
          path: path, name: dataset, mappings: [],
          datasets: Set(loaded.map { Schema.folded($0.table.name) }), fingerprint: fingerprint))
    }
    // The pages that were lost belonged to what is loaded no more.
    let source = loaded.first?.table.source
    if snapshot().store.tables.allSatisfy({ $0.source == nil || $0.source === source }) {
      hasLostPage.store(false, ordering: .relaxed)
    }
    return LoadSummary(text: "\(path): \(Self.names(datasets.map(\.table)))\n")
  }

  private static func names(_ tables: [Table]) -> String {
    tables.map { "\($0.name) (\(LoadSummary.grouped($0.rowCount)) rows)" }
      .joined(separator: ", ")
  }

  // MARK: Damage

  /// Refuses what was computed from a file that has turned out to be damaged.
  func checkSources(at range: SourceRange) throws(Diagnostic) {
    do {
      try checkSources(of: state.withLock { $0.store.tables })
    } catch {
      var located = error
      located.range = range
      throw located
    }
  }

  private func checkSources(of tables: [Table]) throws(Diagnostic) {
    let sources = tables.compactMap(\.source)
    var damage = sources.lazy.compactMap(\.damage).first
    if damage == nil, !sources.isEmpty, hasLostPage.load(ordering: .relaxed) {
      damage = "a snapshot in use can no longer be read: its disk fails, or it was cut short"
    }
    guard let damage else { return }
    throw Diagnostic(
      "snapshot-damaged", damage, help: "load the original files and save them again")
  }

  /// Says that a page of a mapped snapshot could not be read, after which no statement is answered
  /// from it; safe in a signal handler.
  public func noteLostPage() { hasLostPage.store(true, ordering: .relaxed) }
}

extension Statement {
  /// Whether the statement's result comes of loaded values.
  var readsValues: Bool {
    switch kind {
    case .query, .list, .explain, .show, .describe, .save, .include: true
    case .load, .define, .parameter, .set, .goal, .measure, .unavailable: false
    }
  }
}

extension SessionState {
  /// What a snapshot of the loaded data holds.
  func snapshotContents() -> SnapshotContents {
    var contents = SnapshotContents(datasets: [], links: [])
    for dataset in datasets {
      contents.datasets.append(
        SnapshotDataset(
          table: dataset.table, isDerived: false, ratings: dataset.ratings,
          report: dataset.report))
    }
    // The store has the derived surveys behind the datasets, if it has any.
    if store.tables.count > datasets.count, let surveys = datasets.lazy.compactMap(\.surveys).first
    {
      contents.datasets.append(
        SnapshotDataset(
          table: surveys.table, isDerived: true, ratings: surveys.ratings, report: nil))
    }
    for (step, known) in store.knownLinks().sorted(by: { $0.key.child < $1.key.child }) {
      contents.links.append(
        SnapshotLink(
          child: step.child, key: step.key, parent: step.parent, parentKey: step.parentKey,
          rows: known.rows, unmatched: known.unmatched.count,
          hasMatches: known.unmatched.hasOthers,
          gathered: known.gathered.sorted { $0.key < $1.key }
            .map { SnapshotLink.Gathered(column: $0.key, values: $0.value) }))
    }
    return contents
  }
}

extension SessionState.Dataset {
  /// A dataset of a snapshot; nil for one that is derived from another.
  init?(_ dataset: SnapshotDataset, in contents: SnapshotContents) {
    guard let report = dataset.report else { return nil }
    self.init(table: dataset.table, report: report, ratings: dataset.ratings)
    if Schema.folded(dataset.table.name) == "tickets",
      let surveys = contents.datasets.first(where: \.isDerived)
    {
      self.surveys = RatedTable(table: surveys.table, ratings: surveys.ratings)
    }
  }
}

extension LoadedLink {
  /// A link of a snapshot.
  init(_ link: SnapshotLink, in contents: SnapshotContents) {
    var gathered: [Int: LazyColumn] = [:]
    for column in link.gathered { gathered[column.column] = column.values }
    self.init(
      child: contents.datasets[link.child].table, key: link.key,
      parent: contents.datasets[link.parent].table, parentKey: link.parentKey,
      known: KnownLink(
        rows: link.rows, unmatched: (link.unmatched, link.hasMatches), gathered: gathered))
  }
}
