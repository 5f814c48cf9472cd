import ColumnStore
import DatasetLoading
import Diagnostics
import Glibc
import QuerySyntax

/// Reading only the columns that the statements to come look at.
extension Session {
  /// Announces all statements that will be run, so that loads from here on read only the columns
  /// that they look at.
  ///
  /// Another statement is still answered: what it needs is read when it comes.
  /// - Parameter fileCount: how many files will be loaded before they run.
  public func expect(_ texts: [SourceText], fileCount: Int) {
    state.withLock { state in
      var demand = ColumnDemand(definitions: state.definitions, catalog: catalog)
      for text in texts {
        let script = Parser.parse(text)
        for statement in script.statements {
          if case .include = statement.kind {
            state.expectedColumns = nil
            return
          }
          demand.add(statement)
        }
      }
      // Beside tickets and surveys there may be customers.
      if fileCount > 2 { demand.addCustomerKey() }
      state.expectedColumns = demand.names
    }
  }

  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Reads what a statement needs beyond the columns that were read.
  func readColumns(for statement: Statement) throws(Diagnostic) {
    let state = snapshot()
    guard state.datasets.contains(where: { $0.wholeRequest != nil }) else { return }
    var demand = ColumnDemand(definitions: state.definitions, catalog: catalog)
    demand.add(statement)
    if state.store.model.index(of: "customers") != nil { demand.addCustomerKey() }
    if let needed = demand.names, let expected = state.expectedColumns,
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
