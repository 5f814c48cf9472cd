import ColumnStore
import DatasetLoading
import Diagnostics
import Glibc
import QuerySyntax
import SnapshotFile
import Synchronization

extension Session {
  /// Loads a file into a dataset; a second load into the same name replaces it.
  ///
  /// - Parameter name: the dataset's name; nil: found from the file.
  /// - Throws: why the file was refused; what was loaded before stays.
  @discardableResult
  public func load(path: String, as name: String? = nil) throws(ScriptError) -> LoadSummary {
    do {
      return try load(path: path, as: name, mappings: [])
    } catch {
      throw ScriptError(diagnostics: [error], source: SourceText(name: path, ""))
    }
  }

  /// Loads files as if one after another, but side by side, which is faster where each is so small
  /// that a single thread reads it.
  ///
  /// - Returns: what came of each; nil, with nothing loaded, where the files are not small.
  public func loadTogether(
    _ files: [(path: String, name: String?)]
  ) -> [Result<LoadSummary, ScriptError>]? {
    guard threads > 1, files.count > 1 else { return nil }
    let loads = files.map { file in
      var load = PlannedLoad(self, path: file.path, name: file.name)
      load.request.threads = 1
      return load
    }
    guard loads.allSatisfy({ ($0.fingerprint?.byteCount ?? .max) <= Self.smallByteCount }),
      !files.contains(where: { SnapshotFile.isSnapshot($0.path) })
    else { return nil }
    defer { progress.end() }
    let read = Mutex([Result<[LoadedDataset], Diagnostic>?](repeating: nil, count: loads.count))
    Parallel.forEach(loads.count, threads: threads) { index in
      let result = Result { () throws(Diagnostic) in try loads[index].read() }
      read.withLock { $0[index] = result }
    }
    return zip(loads, read.withLock { $0 }).map { load, loaded in
      Result { () throws(ScriptError) in
        do throws(Diagnostic) {
          let datasets = if let loaded { try loaded.get() } else { try load.read() }
          return try take(datasets, of: load)
        } catch {
          throw ScriptError(diagnostics: [error], source: SourceText(name: load.request.path, ""))
        }
      }
    }
  }

  func load(
    path: String, furtherPaths: [String] = [], as name: String?,
    mappings: [(column: String, header: String)]
  ) throws(Diagnostic) -> LoadSummary {
    if furtherPaths.isEmpty, SnapshotFile.isSnapshot(path) {
      return try openSnapshot(path, dataset: name, isPlain: mappings.isEmpty)
    }
    let load = PlannedLoad(
      self, path: path, furtherPaths: furtherPaths, name: name, mappings: mappings)
    defer { progress.end() }
    return try take(try load.read(), of: load)
  }

  /// Takes in what a load has read.
  private func take(
    _ loaded: [LoadedDataset], of load: PlannedLoad
  ) throws(Diagnostic) -> LoadSummary {
    let datasets = loaded.map { table in
      var dataset = SessionState.Dataset(table: table.table, report: table.report)
      if table.report.readColumnCount < table.report.columnCount {
        dataset.wholeRequest = load.wholeRequest
      }
      return dataset
    }
    var summary = LoadSummary(text: "")
    for dataset in try take(datasets) {
      summary.add(LoadSummary(dataset.report, offScale: dataset.offScale))
    }
    if let fingerprint = load.fingerprint {
      note(
        LoadRecord(
          path: load.request.path, name: load.request.name, mappings: load.request.mappings,
          datasets: Set(loaded.map { Schema.folded($0.table.name) }), fingerprint: fingerprint))
    }
    return summary
  }

  /// Takes in datasets, in place of those of the same names, unless the load is given up before
  /// all is ready.
  ///
  /// - Returns: the datasets as they stand now.
  /// - Throws: `cancelled`; what was loaded before stays.
  @discardableResult
  func take(
    _ datasets: [SessionState.Dataset], links: [LoadedLink] = []
  ) throws(Diagnostic) -> ArraySlice<SessionState.Dataset> {
    let taken = state.withLock { state -> ArraySlice<SessionState.Dataset>? in
      var next = state
      next.links += links
      next.add(datasets, threads: threads, cancellation: cancellation)
      if cancellation.isSet { return nil }
      state = next
      return next.datasets.suffix(datasets.count)
    }
    guard let taken else { throw Diagnostic("cancelled", "cancelled") }
    return taken
  }

  /// Whether a value that does not fit its column stops a load instead of being set aside.
  public func setStrict(_ isStrict: Bool) { state.withLock { $0.isStrict = isStrict } }

  fileprivate static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Files of fewer bytes are hardly worth a second thread, nor a look before they are read.
  static let smallByteCount = 1 << 20
}

/// A load before it is begun.
private struct PlannedLoad: Sendable {
  var request: LoadRequest
  /// The request for all columns.
  let wholeRequest: LoadRequest
  /// The files as they are before they are read, so that a change in between is seen later.
  let fingerprint: FileFingerprint?

  init(
    _ session: Session, path: String, furtherPaths: [String] = [], name: String?,
    mappings: [(column: String, header: String)] = []
  ) {
    let (zone, isStrict, expected) = session.state.withLock {
      ($0.settings.zone, $0.isStrict, $0.expectedColumns)
    }
    var request = LoadRequest(
      path: path, name: name, mappings: mappings, threads: session.threads, zone: zone,
      isStrict: isStrict, cancellation: session.cancellation, progress: session.progress)
    request.furtherPaths = furtherPaths
    wholeRequest = request
    // What cannot be read twice is read whole.
    if furtherPaths.isEmpty, Session.isRegularFile(path) { request.wantedColumns = expected }
    self.request = request
    fingerprint = furtherPaths.isEmpty ? FileFingerprint(path: path) : nil
  }

  func read() throws(Diagnostic) -> [LoadedDataset] {
    // One name cannot stand for several tables of a database.
    request.name == nil
      ? try DatasetLoader.loadAll(request) : [try DatasetLoader.load(request)]
  }
}
