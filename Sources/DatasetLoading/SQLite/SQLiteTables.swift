import CSQLite
import ColumnStore
import Diagnostics
import Glibc

/// The tables of an SQLite database that are read.
enum SQLiteTables {
  /// The table that the user names, the only one, or those whose names tell what they are.
  ///
  /// `opener` gives the database where it comes out of packed data.
  static func read(
    _ file: ByteSource, _ opener: StreamOpener?, _ options: LoadOptions, _ flag: CancellationFlag
  ) throws(Diagnostic) -> [TablePart] {
    let database: SQLiteDatabase
    if let opener {
      database = try SQLiteDatabase(try opener.open(), path: file.path, flag)
    } else if file.isInMemory || file.path == "-" {
      database = try SQLiteDatabase(SourceStream(file), path: file.path, flag)
    } else {
      database = try SQLiteDatabase(file, flag)
    }
    let query = "SELECT name FROM sqlite_master WHERE type = '%' AND name NOT LIKE 'sqlite\\_%' "
    let order = "ESCAPE '\\' ORDER BY name"
    let tables = try database.strings(query.replacing("%", "table") + order)
    let views = try database.strings(query.replacing("%", "view") + order)
    let isPending = opener == nil && isLogPending(file.path)
    let chosen: [String]
    let left: [String]
    do throws(Diagnostic) {
      (chosen, left) = try choose(tables, views, options.table, file.path)
    } catch {
      throw error.adding(isPending ? pendingNote : nil)
    }
    var parts: [TablePart] = []
    for name in chosen {
      var part = try part(database, file, name, isOnly: chosen.count == 1)
      if !left.isEmpty {
        let names = left.prefix(10).map { SafeText.quoted($0) }.joined(separator: ", ")
        part.notes.append(
          "left out the tables \(SafeText.cut(names, 300)); with (table = 'name') reads one")
      }
      if isPending { part.notes.append(pendingNote) }
      parts.append(part)
    }
    return parts
  }

  private static func choose(
    _ tables: [String], _ views: [String], _ wanted: String?, _ path: String
  ) throws(Diagnostic) -> (chosen: [String], left: [String]) {
    let all = tables + views
    if let wanted {
      let name = all.first { $0 == wanted } ?? all.first { $0.lowercased() == wanted.lowercased() }
      guard let name else { throw LoadErrors.unknownPart(path, "table", wanted, all) }
      return ([name], [])
    }
    let candidates = tables.isEmpty ? views : tables
    if candidates.count == 1 { return (candidates, []) }
    if candidates.isEmpty { throw LoadErrors.noTables(path) }
    var chosen: [String] = []
    for role in DatasetRole.allCases {
      let named = candidates.filter { name in
        DatasetRole.resolve(name: nil, path: name).role == role
      }
      // Of several with the same role only one of just that name is clear.
      let exact = named.filter { $0.lowercased() == role.rawValue }
      chosen += exact.isEmpty && named.count == 1 ? named : exact
    }
    if chosen.isEmpty { throw LoadErrors.severalTables(path, candidates) }
    return (chosen, candidates.filter { !chosen.contains($0) })
  }

  private static func part(
    _ database: SQLiteDatabase, _ file: ByteSource, _ name: String, isOnly: Bool
  ) throws(Diagnostic) -> TablePart {
    let blobs = BlobCount()
    let rows = StreamOpener { () throws(Diagnostic) in
      try SQLiteStream(database, table: name, blobs)
    }
    let source = TextSource(file, rows)
    var part = try TablePart(source, try CSVHeader.read(source, .converted), isPlain: true)
    part.name = name
    part.format = "the table \(SafeText.quoted(name)) of an SQLite database"
    part.firstRecord = 1
    part.lines = RecordLines(from: 1)
    part.lateNotes = blobs.notes
    return part
  }

  private static let pendingNote = "changes that still stand in the file's '-wal' are not read"

  private static func isLogPending(_ path: String) -> Bool {
    var status = stat()
    return stat(path + "-wal", &status) == 0 && status.st_size > 0
  }
}

extension String {
  /// The text with another in the place of a mark.
  fileprivate func replacing(_ mark: Character, _ text: String) -> String {
    split(separator: mark, omittingEmptySubsequences: false).joined(separator: text)
  }
}
