import DeskQL
import Foundation

/// Sessions over a few lines of CSV.
enum SmallData {
  /// A session over files, each with its name and its lines, that are loaded after the settings.
  static func session(
    _ files: (name: String, lines: [String])..., settings: String = ""
  ) throws -> Session {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let session = Session(threads: 2, now: { LoadedData.now })
    _ = try session.run(settings)
    for file in files {
      let place = folder.appending(path: file.name + ".csv")
      try Data(file.lines.joined(separator: "\n").utf8).write(to: place)
      try session.load(path: place.path, as: file.name)
    }
    return session
  }

  /// The numbers in the first row of a query's result, by column.
  static func numbers(_ query: String, in session: Session) throws -> [String: Double] {
    var found: [String: Double] = [:]
    for column in try session.query(query).columns {
      if let value = column.values.first?.double { found[column.name] = value }
    }
    return found
  }
}
