import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite struct SQLiteTests {
  private func loadAll(
    _ mappings: [(column: String, header: String)] = []
  ) throws(Diagnostic) -> [LoadedDataset] {
    let source = ByteSource(path: "desk.db", bytes: FormatFixtures.sqlite)
    return try DatasetLoader.load(
      [source], LoadRequest(path: "desk.db", mappings: mappings), LoadTuning())
  }

  @Test func readsTheTablesWithKnownRoles() throws {
    let loaded = try loadAll()
    #expect(loaded.map(\.table.name) == ["surveys", "tickets"])
    let tickets = try #require(loaded.last)
    #expect(tickets.cells("id") == ["1", "9007199254740993", "3"])
    #expect(tickets.cells("subject") == ["a \"quoted\", text", "ü\nline", nil])
    #expect(tickets.cells("cost") == ["0.1", "2.5", nil])
    #expect(tickets.report.notes.contains { $0.contains("1 binary value") })
    #expect(tickets.report.notes.contains { $0.contains("left out the tables 'audit'") })
    #expect(tickets.report.path == "desk.db")
  }

  @Test func readsTheTableThatIsNamed() throws {
    let loaded = try loadAll([("table", "CSAT_answers")])
    #expect(loaded.count == 1 && loaded.first?.cells("score") == ["5", "1"])
    do throws(Diagnostic) {
      _ = try loadAll([("table", "x")])
      Issue.record("loaded")
    } catch {
      #expect(error.code == "unknown-table" && error.notes.first?.contains("'audit'") == true)
    }
  }

  @Test func readsTheTableWithTheNameOfTheDataset() throws {
    let source = ByteSource(path: "desk.db", bytes: FormatFixtures.sqlite)
    func load(_ name: String) throws(Diagnostic) -> LoadedDataset {
      try DatasetLoader.load(source, LoadRequest(path: "desk.db", name: name), LoadTuning())
    }
    #expect(try load("tickets").cells("cost") == ["0.1", "2.5", nil])
    let error = #expect(throws: Diagnostic.self) { try load("x") }
    #expect(error?.notes == ["they are 'csat_answers', 'tickets'"])
  }

  @Test func readsFilesWithoutChangingThem() throws {
    let folder = NSTemporaryDirectory() + "deskql-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let packed = ByteSource(path: "x", bytes: FormatFixtures.sqlite)
    let opener = StreamOpener { () throws(Diagnostic) in
      try InflateStream(SourceStream(packed), .gzip, path: "x")
    }
    let bytes = try opener.head(1 << 20)
    let path = folder + "/de sk?#%.db"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let loaded = try DatasetLoader.loadAll(LoadRequest(path: path))
    #expect(loaded.count == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
    #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
    for length in [60, 600, bytes.count - 1] {
      let cut = failure(Array(bytes[..<length]), path: "cut.db")
      #expect(cut?.code == "truncated", "\(cut?.message ?? "loaded")")
      try Data(bytes[..<length]).write(to: URL(fileURLWithPath: path))
      do throws(Diagnostic) {
        _ = try DatasetLoader.loadAll(LoadRequest(path: path))
        Issue.record("loaded")
      } catch {
        #expect(error.code == "truncated")
      }
    }
  }
}
