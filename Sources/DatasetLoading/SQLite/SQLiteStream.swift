import CSQLite
import Diagnostics
import Synchronization

/// Counts the values of a table that are no text.
final class BlobCount: Sendable {
  private let count = Mutex(0)

  func clear() { count.withLock { $0 = 0 } }

  func add() { count.withLock { $0 &+= 1 } }

  /// What there is to say once all rows have been read.
  @Sendable func notes() -> [String] {
    let count = count.withLock { $0 }
    return count == 0 ? [] : ["\(count) binary values are read as missing"]
  }
}

/// Turns a table of an SQLite database into rows of delimited text, header first.
final class SQLiteStream: ProducingStream {
  private let database: SQLiteDatabase
  private let statement: OpaquePointer
  private let blobs: BlobCount
  private var hasHeader = false
  // One step more would begin anew.
  private var isEnded = false

  init(_ database: SQLiteDatabase, table: String, _ blobs: BlobCount) throws(Diagnostic) {
    self.database = database
    self.blobs = blobs
    blobs.clear()
    let name = table.split(separator: "\"", omittingEmptySubsequences: false)
    statement = try database.prepare("SELECT * FROM \"\(name.joined(separator: "\"\""))\"")
  }

  deinit { sqlite3_finalize(statement) }

  private static let pieceSize = 1 << 16

  override func produce() throws(Diagnostic) -> Bool {
    var writer = RowWriter(output)
    let columns = sqlite3_column_count(statement)
    if !hasHeader {
      hasHeader = true
      for column in 0..<columns {
        writer.text(sqlite3_column_name(statement, column).map { String(cString: $0) } ?? "")
      }
      writer.endRow()
    }
    while output.count < SQLiteStream.pieceSize, !isEnded {
      let result = sqlite3_step(statement)
      if result == SQLITE_DONE {
        isEnded = true
        break
      }
      if result != SQLITE_ROW { throw database.failure() }
      for column in 0..<columns { write(column, &writer) }
      writer.endRow()
    }
    return output.count > 0
  }

  private func write(_ column: Int32, _ writer: inout RowWriter) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER:
      // The database writes whole numbers exactly, and real ones only to 15 digits.
      if let text = sqlite3_column_text(statement, column) {
        writer.plain(text, Int(sqlite3_column_bytes(statement, column)))
      } else {
        writer.missing()
      }
    case SQLITE_FLOAT:
      let value = sqlite3_column_double(statement, column)
      if value.isFinite { writer.plain("\(value)") } else { writer.missing() }
    case SQLITE_TEXT:
      if let text = sqlite3_column_text(statement, column) {
        writer.text(text, Int(sqlite3_column_bytes(statement, column)))
      } else {
        writer.missing()
      }
    case SQLITE_NULL: writer.missing()
    default:
      blobs.add()
      writer.missing()
    }
  }
}
