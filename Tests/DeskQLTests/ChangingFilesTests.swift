import DeskQL
import Foundation
import Testing

@Suite("Files that change")
struct ChangingFilesTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "deskql-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func areLoadedAgain() throws {
    let session = Session()
    let path = try write("id,channel\n1,email\n", to: "tickets.csv")
    try session.load(path: path)
    #expect(!session.hasChangedFiles)
    #expect(try session.reloadChangedFiles().isEmpty)
    try write("id,channel\n1,email\n2,chat\n", to: "tickets.csv")
    #expect(session.hasChangedFiles)
    #expect(try session.reloadChangedFiles().count == 1)
    #expect(try count(session) == .integer(2))
    #expect(!session.hasChangedFiles)
  }

  @Test func keepTheirRowsWhileTheyAreBroken() throws {
    let session = Session()
    let path = try write("id,channel\n1,email\n", to: "tickets.csv")
    _ = try session.run("load '\(path)' as tickets with (team = 'channel')")
    try write("id,channel\n1,\"em", to: "tickets.csv")
    #expect(throws: ScriptError.self) { try session.reloadChangedFiles() }
    #expect(try count(session) == .integer(1))
    try FileManager.default.removeItem(atPath: path)
    #expect(!session.hasChangedFiles, "a file that is gone has nothing new")
    #expect(session.missingFiles == [path])
    try write("id,channel\n1,a\n2,b\n3,c\n", to: "tickets.csv")
    #expect(try session.reloadChangedFiles().count == 1)
    #expect(try session.query("distinct team").columns[0].values == [.integer(3)], "mapped again")
  }

  @Test func ofAPatternMayBecomeMore() throws {
    let session = Session()
    try write("id,channel\n1,email\n", to: "tickets-1.csv")
    try session.load(path: folder + "/tickets-*.csv", as: "tickets")
    try write("id,channel\n2,email\n", to: "tickets-2.csv")
    #expect(session.hasChangedFiles)
    _ = try session.reloadChangedFiles()
    #expect(try count(session) == .integer(2))
  }

  private func count(_ session: Session) throws -> ResultValue? {
    try session.query("count from tickets").columns.first?.values.first
  }

  @discardableResult
  private func write(_ text: String, to name: String) throws -> String {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }
}

@Suite("Periods in words")
struct PeriodNoteTests {
  private let session = Session(now: { 1_735_732_800 })  // 2025-01-01T12:00:00Z

  init() throws {
    let path = NSTemporaryDirectory() + "deskql-\(UUID().uuidString).csv"
    try "id,created\n1,2024-11-05\n2,2024-12-31\n".write(
      toFile: path, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try session.load(path: path, as: "tickets")
  }

  @Test(arguments: [
    ("tickets in last month", "2024-12"), ("tickets in latest 2 months", "2024-11..2024-12"),
    ("tickets in last month vs previous", "2024-12"), ("tickets in 2024-11..2024-12", nil),
    ("tickets by month", nil), ("list id in last 8 weeks", "2024-W45..2024-W52"),
  ])
  func areSpelledOut(query: String, period: String?) throws {
    #expect(try session.query(query).period == period)
  }

  @Test func outsideTheDataAreSaid() throws {
    let far = try session.query("tickets in 2030")
    #expect(
      far.notes == [
        "2030 lies outside the data: created of tickets goes from 2024-11-05 to 2024-12-31"
      ])
    let today = try session.query("tickets by month in today").notes
    #expect(today.count == 1)
    #expect(today.first?.hasSuffix("`set today = 2024-12-31` goes back to it") == true)
    #expect(try session.query("tickets in 2024-10..2024-11").notes.isEmpty)
  }
}
