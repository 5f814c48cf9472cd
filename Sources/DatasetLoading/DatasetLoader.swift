import CKernels
import ColumnStore
import Diagnostics

/// Loads files of any kind that is read into tables.
public enum DatasetLoader {
  /// Reads a file, or several with the same kind of rows, into a table that is named as the
  /// dataset.
  ///
  /// The table's columns have the types that all rows allow; what is set aside is in the report.
  /// Throws what makes the file unreadable, with record, line and byte; nothing is kept then.
  /// A database with several tables is refused here, unless the request names one.
  public static func load(_ request: LoadRequest) throws(Diagnostic) -> LoadedDataset {
    let loaded = try loadAll(request)
    guard let first = loaded.first, loaded.count == 1 else {
      throw LoadErrors.severalTables(request.path, loaded.map(\.table.name))
    }
    return first
  }

  /// Reads all tables of a file: one, unless a database holds several whose names tell what they
  /// are.
  ///
  /// Throws as `load`; nothing is kept then.
  public static func loadAll(_ request: LoadRequest) throws(Diagnostic) -> [LoadedDataset] {
    var sources: [ByteSource] = []
    for path in [request.path] + request.furtherPaths {
      for file in try FileList.files(path) {
        sources.append(try ByteSource(path: file, request))
      }
    }
    let loaded = try load(sources, request, LoadTuning())
    request.returnFreePages()
    return loaded
  }

  static func load(
    _ sources: [ByteSource], _ request: LoadRequest, _ tuning: LoadTuning
  ) throws(Diagnostic) -> [LoadedDataset] {
    let start = ContinuousClock().now
    var request = request
    let (options, mappings) = try LoadOptions.split(request.mappings)
    request.mappings = mappings
    request.options = options
    request.zone = options.zone ?? request.zone
    request.isStrict = options.isStrict ?? request.isStrict
    // A value that does not fit is refused wherever it stands.
    if request.isStrict { request.wantedColumns = nil }
    var parts: [TablePart] = []
    for source in sources {
      parts += try TableReader(source, request, tuning).tables()
    }
    let names = Set(parts.compactMap(\.name))
    if names.count > 1, let wanted = request.name?.lowercased() {
      guard let name = names.first(where: { $0.lowercased() == wanted }) else {
        throw LoadErrors.severalTables(request.path, names.sorted())
      }
      return [try table(parts.filter { $0.name == name }, name, request, tuning, start)]
    }
    if names.count > 1 {
      var loaded: [LoadedDataset] = []
      for name in names.sorted() {
        loaded.append(try table(parts.filter { $0.name == name }, name, request, tuning, start))
      }
      return loaded
    }
    return [try table(parts, names.first, request, tuning, start)]
  }

  static func load(
    _ source: ByteSource, _ request: LoadRequest, _ tuning: LoadTuning
  ) throws(Diagnostic) -> LoadedDataset {
    let loaded = try load([source], request, tuning)
    guard let first = loaded.first, loaded.count == 1 else {
      throw LoadErrors.severalTables(request.path, loaded.map(\.table.name))
    }
    return first
  }

  /// The role of a file of delimited text, and the columns that have a value in each of its first
  /// rows; nil for other files.
  ///
  /// Throws as `load`, as far as the first rows tell.
  public static func filledColumns(
    _ request: LoadRequest
  ) throws(Diagnostic) -> (role: String, columns: Set<String>)? {
    let source = try ByteSource(path: request.path, request)
    let reader = TableReader(source, request, LoadTuning())
    guard try reader.isDelimitedText() else { return nil }
    let build = try DatasetBuild(
      parts: try reader.tables(), request: request, tuning: LoadTuning())
    return build.naming.role.map { ($0.rawValue, build.filledColumns) }
  }

  /// Reads one table from all files that have it.
  private static func table(
    _ parts: [TablePart], _ name: String?, _ request: LoadRequest, _ tuning: LoadTuning,
    _ start: ContinuousClock.Instant
  ) throws(Diagnostic) -> LoadedDataset {
    var inner = request
    // A table's name tells its role as a file's name does.
    if let name { inner.path = "\(request.path)/\(name)" }
    var build: DatasetBuild
    do throws(Diagnostic) {
      build = try DatasetBuild(parts: parts, request: inner, tuning: tuning)
      try build.readColumns()
    } catch {
      throw error.adding(parts.lazy.compactMap(\.suspicion).first)
    }
    request.returnFreePages()
    let columns = try build.assembleColumns()
    let table = Table(
      name: build.naming.name, schema: build.schema, columns: columns, rowCount: build.rowCount)
    let elapsed = (ContinuousClock().now - start).components
    let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    var report = build.report(seconds: seconds)
    report.path = request.path
    return LoadedDataset(table: table, report: report)
  }
}

extension LoadRequest {
  /// Gives the memory that a step of the load has freed back to the system, so that it is not held
  /// beside the columns; who asks for some columns only is soon gone.
  fileprivate func returnFreePages() {
    if wantedColumns != nil { return }
    MemoryPool.empty()
    dq_return_free_pages()
  }
}

/// What tests change about a load.
struct LoadTuning {
  /// Bytes of a chunk; chosen by the file's size where nil.
  var chunkSize: Int?
  /// The delimiter; found in the first records where nil.
  var delimiter: UInt8?
  /// Whether every column is read as text.
  var isAllText = false

  /// The size of chunks: small enough for the processor's own memory, and so many that all
  /// threads have some.
  func chunkSize(byteCount: Int, threads: Int) -> Int {
    chunkSize ?? min(1 << 19, max(1 << 16, byteCount / max(threads &* 4, 1)))
  }

  /// The bytes whose rows propose the kinds of columns, however many threads read them later.
  func sampleSize(byteCount: Int) -> Int {
    chunkSize ?? min(1 << 18, max(1 << 16, byteCount / 8))
  }
}
