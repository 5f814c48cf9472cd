import ColumnStore
import DatasetLoading
import Diagnostics
import QuerySyntax

/// A load that can be done again once its files change.
struct LoadRecord: Sendable {
  var path: String
  var name: String?
  var mappings: [(column: String, header: String)]
  /// The datasets that it filled, folded.
  var datasets: Set<String>
  /// The files as they were before they were read.
  var fingerprint: FileFingerprint
}

extension Session {
  /// Whether a file that was loaded is no longer what it was; one that is gone has not changed.
  public var hasChangedFiles: Bool { !changedLoads().isEmpty }

  /// The loaded files that are no longer there, as they were named; their rows stay.
  public var missingFiles: [String] {
    state.withLock { $0.loads }.map(\.path).filter { FileFingerprint(path: $0) == nil }
  }

  /// Loads again what has changed since it was loaded.
  ///
  /// - Throws: why a file was refused; its old rows stay.
  public func reloadChangedFiles() throws(ScriptError) -> [LoadSummary] {
    var summaries: [LoadSummary] = []
    for record in changedLoads() {
      do {
        summaries.append(
          try load(path: record.path, as: record.name, mappings: record.mappings))
      } catch {
        throw ScriptError(diagnostics: [error], source: SourceText(name: record.path, ""))
      }
    }
    return summaries
  }

  /// Whether a path leads to a file that data were loaded from.
  public func isLoaded(path: String) -> Bool {
    guard let target = FileFingerprint(path: path) else { return false }
    return state.withLock { $0.loads }.contains { record in
      FileFingerprint(path: record.path)?.sharesFile(with: target) ?? false
    }
  }

  private func changedLoads() -> [LoadRecord] {
    state.withLock { $0.loads }.filter { record in
      guard let now = FileFingerprint(path: record.path) else { return false }
      return now != record.fingerprint
    }
  }

  /// Notes a load; it takes the place of an earlier one into the same datasets.
  func note(_ record: LoadRecord) {
    state.withLock { state in
      state.loads.removeAll { $0.datasets.isSubset(of: record.datasets) }
      state.loads.append(record)
    }
  }
}
