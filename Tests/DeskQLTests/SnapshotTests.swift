import DeskQL
import Foundation
import Testing

/// What is answered from a snapshot is what is answered from the files it was saved from.
@Suite("Sessions and snapshots")
struct SnapshotTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "deskql-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func place(_ name: String) -> String { folder.appending(path: name).path }

  /// A session over the snapshot that another session saves.
  private func reopened(_ session: Session) throws -> Session {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = place("desk.deskdb")
    _ = try session.run("save '\(path)'")
    let other = Session(threads: 2, now: { LoadedData.now })
    try other.load(path: path)
    return other
  }

  /// Everything that a script gives, or the errors.
  private func answer(_ script: String, in session: Session) -> String {
    do {
      return try session.run(script).map { result in
        switch result {
        case .table(let table):
          ResultFormatter.text(of: table, options: FormatOptions(format: .json))
            + table.notes.joined(separator: "\n")
        case .text(let text): text
        default: "-"
        }
      }.joined(separator: "\n")
    } catch {
      return error.diagnostics.map(\.message).joined(separator: "\n")
    }
  }

  private func compare(_ data: LoadedData, _ cases: [ConformanceCase]) throws {
    let scripts = try cases.map { try Checkout.text(of: $0.script) }
    let first = try data.session()
    let second = try reopened(data.session())
    for script in scripts + ["show columns", "show problems", "show datasets", "describe csat"] {
      #expect(answer(script, in: first) == answer(script, in: second), "\(script)")
    }
  }

  @Test func conformance() throws { try compare(.conformance, ConformanceCase.own) }

  @Test(.enabled(if: Checkout.exists(Checkout.sharedConformance)))
  func sharedConformance() throws {
    try compare(.sharedConformance, ConformanceCase.shared)
  }

  @Test func samples() throws {
    let first = try LoadedData.samples.session()
    let second = try reopened(LoadedData.samples.session())
    for script in [
      "csat by channel", "tickets, frt by team, month", "list * limit 50",
      "csat where tags has refund", "set csat_scale 1..4\ncsat by channel\nshow problems",
    ] {
      #expect(answer(script, in: first) == answer(script, in: second), "\(script)")
    }
  }

  /// Ratings beside the tickets are kept as surveys, and give way to surveys of their own.
  @Test func ratingsInTheTicketFile() throws {
    let tickets = place("tickets.csv")
    let surveys = place("surveys.csv")
    try """
    id,created,channel,csat_score
    1,2024-03-01T10:00:00Z,web,5
    2,2024-03-02T10:00:00Z,chat,1
    3,2024-03-03T10:00:00Z,web,
    """.write(toFile: tickets, atomically: true, encoding: .utf8)
    try "ticket_id,kind,score\n1,csat,2\n".write(
      toFile: surveys, atomically: true, encoding: .utf8)
    let session = Session()
    try session.load(path: tickets)
    let path = place("rated.deskdb")
    _ = try session.run("save '\(path)'")
    let other = Session()
    try other.load(path: path)
    #expect(answer("csat by channel", in: other) == answer("csat by channel", in: session))
    #expect(try other.query("show datasets").rowCount == 2)
    try other.load(path: surveys)
    try session.load(path: surveys)
    #expect(answer("csat by channel", in: other) == answer("csat by channel", in: session))
    try FileManager.default.removeItem(at: folder)
  }

  @Test func oneDatasetOfASnapshot() throws {
    let session = try LoadedData.samples.session()
    let path = place("desk.deskdb")
    _ = try session.run("save '\(path)'")
    let other = Session()
    try other.load(path: path, as: "surveys")
    #expect(try other.query("show datasets").rowCount == 1)
    for wrong in ["load '\(path)' as agents", "load '\(path)' with (created = 'Opened')"] {
      #expect(throws: ScriptError.self) { try other.run(wrong) }
    }
    // What is saved over the file that is open is the rest.
    _ = try other.run("save '\(path)'")
    #expect(try other.query("show datasets").rowCount == 1)
    let third = Session()
    try third.load(path: path)
    #expect(try third.query("show datasets").rowCount == 1)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func mistakes() throws {
    let empty = Session()
    #expect(answer("save '\(place("desk.deskdb"))'", in: empty).contains("nothing is loaded"))
    let session = try LoadedData.samples.session()
    #expect(answer("save '\(place("result.csv"))'", in: session).contains(".deskdb"))
    #expect(answer("save '/nowhere/desk.deskdb'", in: session).contains("could not be written"))
    try FileManager.default.removeItem(at: folder)
  }

  /// Damage that only a query meets with stops that query, and every later one.
  @Test func damageIsNeverAnswered() throws {
    let session = try LoadedData.samples.session()
    let path = place("desk.deskdb")
    _ = try session.run("save '\(path)'")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let wanted = answer("csat by channel", in: session)
    var refused = 0
    for offset in stride(from: 64, to: bytes.count, by: bytes.count / 300) {
      bytes[offset] ^= 0x10
      try bytes.write(to: URL(fileURLWithPath: path))
      bytes[offset] ^= 0x10
      let other = Session(threads: 2, now: { LoadedData.now })
      do { try other.load(path: path) } catch { continue }
      let found = answer("csat by channel", in: other)
      if found != wanted {
        refused += 1
        #expect(found.contains("is damaged"))
        #expect(answer("tickets", in: other).contains("is damaged"))
        #expect(answer("save '\(place("copy.deskdb"))'", in: other).contains("is damaged"))
      }
    }
    #expect(refused > 0)
    #expect(!FileManager.default.fileExists(atPath: place("copy.deskdb")))
    try FileManager.default.removeItem(at: folder)
  }
}
