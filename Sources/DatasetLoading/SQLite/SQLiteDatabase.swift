import CSQLite
import ColumnStore
import Diagnostics
import Glibc

/// An SQLite database opened for reading only; it is never written to, and no other file beside it
/// is made.
final class SQLiteDatabase: @unchecked Sendable {
  let path: String
  let handle: OpaquePointer
  // The database itself, where it does not come from a file.
  private let image: UnsafeMutableRawPointer?

  /// Opens a file.
  init(_ file: ByteSource, _ flag: CancellationFlag) throws(Diagnostic) {
    path = file.path
    image = nil
    var head = [UInt8](repeating: 0, count: min(SQLiteDatabase.headSize, file.byteCount))
    try file.read(&head, at: 0, count: head.count)
    try SQLiteDatabase.check(head, byteCount: file.byteCount, path: path)
    // Whoever says that nothing changes the file needs no locks and no files beside it.
    let uri = "file:\(SQLiteDatabase.escaped(file.path))?immutable=1"
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(uri, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
    guard result == SQLITE_OK, let opened else {
      sqlite3_close(opened)
      throw LoadErrors.damagedData(file.path, "SQLite database", SQLiteDatabase.text(result))
    }
    handle = opened
    stopWhenAsked(flag)
  }

  /// Opens a database that comes out of a pipe or out of packed data, from memory.
  init(
    _ stream: any ByteStream, path: String, _ flag: CancellationFlag
  ) throws(Diagnostic) {
    self.path = path
    let (bytes, count) = try Spool.readAll(stream, path: path)
    do throws(Diagnostic) {
      let head = UnsafeRawBufferPointer(start: bytes, count: min(SQLiteDatabase.headSize, count))
      try SQLiteDatabase.check(Array(head), byteCount: count, path: path)
    } catch {
      free(bytes)
      throw error
    }
    image = bytes
    // In memory there is no log beside the database, so its header must not ask for one.
    if count >= 20 {
      for offset in 18..<20 { bytes.storeBytes(of: 1, toByteOffset: offset, as: UInt8.self) }
    }
    var opened: OpaquePointer?
    var result = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nil)
    if result == SQLITE_OK {
      result = sqlite3_deserialize(
        opened, "main", bytes.assumingMemoryBound(to: UInt8.self), Int64(count), Int64(count),
        UInt32(SQLITE_DESERIALIZE_READONLY))
    }
    guard result == SQLITE_OK, let opened else {
      sqlite3_close(opened)
      free(bytes)
      throw LoadErrors.damagedData(path, "SQLite database", SQLiteDatabase.text(result))
    }
    handle = opened
    stopWhenAsked(flag)
  }

  deinit {
    sqlite3_close_v2(handle)
    free(image)
  }

  private static let headSize = 100

  /// Refuses a file with fewer pages than its header says: what lacks would be read as nothing.
  ///
  /// See https://www.sqlite.org/fileformat.html#the_database_header.
  private static func check(
    _ head: [UInt8], byteCount: Int, path: String
  ) throws(Diagnostic) {
    guard head.count == headSize else { throw LoadErrors.truncatedData(path, "SQLite database") }
    func number(_ range: Range<Int>) -> Int { head[range].reduce(0) { $0 &<< 8 | Int($1) } }
    // Writers older than 3.7 leave the count of pages as it was.
    guard number(24..<28) == number(92..<96) else { return }
    let pageSize = number(16..<18) == 1 ? 65_536 : number(16..<18)
    if byteCount < number(28..<32) &* pageSize {
      throw LoadErrors.truncatedData(path, "SQLite database")
    }
  }

  private func stopWhenAsked(_ flag: CancellationFlag) {
    // The flag outlives the database: the load that holds it holds both.
    sqlite3_progress_handler(
      handle, 10_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<CancellationFlag>.fromOpaque(context).takeUnretainedValue().isSet ? 1 : 0
      }, Unmanaged.passUnretained(flag).toOpaque())
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(ChunkReader.recordLimit))
    // A file may hold views and triggers made to do harm.
    sqlite3_exec(handle, "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON", nil, nil, nil)
  }

  /// A statement, prepared.
  func prepare(_ sql: String) throws(Diagnostic) -> OpaquePointer {
    var statement: OpaquePointer?
    let result = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    guard result == SQLITE_OK, let statement else { throw failure() }
    return statement
  }

  /// What went wrong last.
  func failure() -> Diagnostic {
    if sqlite3_errcode(handle) == SQLITE_INTERRUPT { return LoadErrors.cancelled() }
    let reason = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "error"
    return LoadErrors.damagedData(path, "SQLite database", reason)
  }

  /// The first column of all rows of a query.
  func strings(_ sql: String) throws(Diagnostic) -> [String] {
    let statement = try prepare(sql)
    defer { sqlite3_finalize(statement) }
    var found: [String] = []
    while true {
      let result = sqlite3_step(statement)
      if result == SQLITE_DONE { return found }
      if result != SQLITE_ROW { throw failure() }
      if let text = sqlite3_column_text(statement, 0) { found.append(String(cString: text)) }
    }
  }

  private static func text(_ result: Int32) -> String {
    sqlite3_errstr(result).map { String(cString: $0) } ?? "error \(result)"
  }

  /// A path as URIs write it.
  private static func escaped(_ path: String) -> String {
    var uri = ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F:
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default: uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return uri
  }
}
