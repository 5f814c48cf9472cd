import ColumnStore
import Diagnostics

/// Loads delimited text files into tables.
public enum DatasetLoader {
  /// Reads a file into a table that is named as the dataset.
  ///
  /// The table's columns have the types that all rows allow; what is set aside is in the report.
  /// Throws what makes the file unreadable, with record, line and byte; nothing is kept then.
  public static func load(_ request: LoadRequest) throws(Diagnostic) -> LoadedDataset {
    let source = try ByteSource(path: request.path, cancellation: request.cancellation)
    return try load(source, request, LoadTuning())
  }

  static func load(
    _ source: ByteSource, _ request: LoadRequest, _ tuning: LoadTuning
  ) throws(Diagnostic) -> LoadedDataset {
    let clock = ContinuousClock()
    let start = clock.now
    let header = try CSVHeader.read(source, delimiter: tuning.delimiter)
    var build = try DatasetBuild(source: source, header: header, request: request, tuning: tuning)
    try build.readColumns()
    let columns = build.assembleColumns()
    let table = Table(
      name: build.naming.name, schema: build.schema, columns: columns, rowCount: build.rowCount)
    let elapsed = (clock.now - start).components
    let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    return LoadedDataset(table: table, report: build.report(seconds: seconds))
  }
}

/// What tests change about a load.
struct LoadTuning {
  /// Bytes of a chunk; chosen by the file's size where nil.
  var chunkSize: Int?
  /// The delimiter; found in the header where nil.
  var delimiter: UInt8?
  /// Whether every column is read as text.
  var isAllText = false

  /// The size of chunks: small enough for the processor's own memory, and so many that all
  /// threads have some.
  func chunkSize(byteCount: Int, threads: Int) -> Int {
    chunkSize ?? min(1 << 19, max(1 << 16, byteCount / max(threads &* 4, 1)))
  }
}
