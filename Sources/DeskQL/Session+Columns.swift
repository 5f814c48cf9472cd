import CivilTime
import ColumnStore
import DatasetLoading
import Diagnostics
import QuerySyntax
import SnapshotFile

/// Reading only the columns that the statements to come look at.
extension Session {
  /// Announces all statements that will be run, so that loads from here on read only the columns
  /// that they look at.
  ///
  /// Another statement is still answered: what it needs is read when it comes.
  /// - Parameter files: what will be loaded before they run, and into which datasets, nil where
  ///   the files tell it.
  public func expect(_ texts: [SourceText], files: [(path: String, name: String?)]) {
    let current = snapshot()
    var demand = ColumnDemand(definitions: current.definitions, catalog: catalog)
    for statement in texts.flatMap({ Parser.parse($0).statements }) {
      if case .include = statement.kind {
        state.withLock { $0.expectedColumns = nil }
        return
      }
      demand.add(statement)
    }
    // Files are looked at without holding up anybody else.
    let hasTimes = demand.asksForAnswerTimes && haveAnswerTimes(files, current.settings.zone)
    let names = demand.names(of: .init(hasOthers: files.count > 2, hasAnswerTimes: hasTimes))
    state.withLock { $0.expectedColumns = names }
  }

  /// Whether surveys among some files have the time of every answer, as far as their first rows
  /// show; false for small files, where looking takes as long as reading.
  private func haveAnswerTimes(
    _ files: [(path: String, name: String?)], _ zone: TimeZoneRules
  ) -> Bool {
    files.contains { path, name in
      guard let file = FileFingerprint(path: path), file.byteCount >= Self.smallByteCount,
        !SnapshotFile.isSnapshot(path)
      else { return false }
      let request = LoadRequest(path: path, name: name, zone: zone)
      // What is wrong with the file is said when it is loaded.
      let found = try? DatasetLoader.filledColumns(request)
      return found?.role == "surveys" && found?.columns.contains("responded") == true
    }
  }

  /// Reads what a statement needs beyond the columns that were read.
  func readColumns(for statement: Statement) throws(Diagnostic) {
    let state = snapshot()
    guard state.datasets.contains(where: { $0.wholeRequest != nil }) else { return }
    var demand = ColumnDemand(definitions: state.definitions, catalog: catalog)
    demand.add(statement)
    let model = state.store.model
    let surveys = model.index(of: "surveys")
    let data = ColumnDemand.Data(
      hasOthers: !Set(model.datasets.map(\.role)).isSubset(of: ["tickets", "surveys"]),
      hasAnswerTimes: surveys.map { model.haveOwnTimes(surveys: $0, state.facts) } ?? false)
    if let needed = demand.names(of: data), let expected = state.expectedColumns,
      needed.isSubset(of: expected)
    {
      return
    }
    try readAllColumns()
  }

  /// Reads the files of which only some columns were read once more; false where there are none.
  @discardableResult
  func readAllColumns() throws(Diagnostic) -> Bool {
    var isChanged = false
    for dataset in snapshot().datasets {
      guard let request = dataset.wholeRequest else { continue }
      defer { progress.end() }
      let name = Schema.folded(dataset.table.name)
      // A database may hold several tables.
      let loaded = try DatasetLoader.loadAll(request).first { Schema.folded($0.table.name) == name }
      guard let loaded else { continue }
      try take([SessionState.Dataset(table: loaded.table, report: loaded.report)])
      isChanged = true
    }
    state.withLock { $0.expectedColumns = nil }
    return isChanged
  }
}
