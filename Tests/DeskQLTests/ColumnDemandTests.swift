import Foundation
import Testing

@testable import DeskQL

/// Loads that read only the columns which the statements look at, beside loads of everything.
@Suite struct ColumnDemandTests {
  private typealias File = (name: String, lines: [String])

  /// What a file's rows are like.
  private struct Rows {
    var count = 40
    /// Whether a row has a time of its answer; nil: there is no such column.
    var isTimed: ((Int) -> Bool)?
  }

  /// Tickets from January to May, or so many months later.
  private func tickets(_ count: Int = 40, later: Int = 0) -> File {
    (
      "tickets",
      ["id,created_at,first_response_at,channel,customer_id,team"]
        + (0..<count).map { row in
          "\(row + 1),2024-0\(1 + later + row % 5)-1\(row % 9)T10:00:00Z,"
            + (row % 6 == 5 ? "" : "2024-0\(1 + later + row % 5)-1\(row % 9)T1\(row % 7):30:00Z")
            + ",\(["chat", "email", "web"][row % 3]),\(row % 7),\(row % 2 == 0 ? "North" : "South")"
        }
    )
  }

  private func surveys(_ rows: Rows) -> File {
    let header = "id,ticket_id,kind,score" + (rows.isTimed == nil ? "" : ",responded_at") + ",agent"
    return (
      "surveys",
      [header]
        + (0..<rows.count).map { row in
          let time =
            rows.isTimed.map { isTimed in
              isTimed(row) ? ",2024-0\(2 + row % 5)-2\(row % 8)T0\(row % 10):00:00Z" : ","
            } ?? ""
          return "\(row + 500),\(row % 45 + 1),\(row % 4 == 3 ? "nps" : "csat"),\(1 + row % 5)"
            + "\(time),\(row % 2 == 0 ? "Eva" : "Ole")"
        }
    )
  }

  private var customers: File {
    (
      "customers",
      ["id,segment,started"]
        + (0..<7).map { "\($0),\($0 % 2 == 0 ? "Free" : "Pro"),2023-01-0\($0 + 1)" }
    )
  }

  private var ratedTickets: File {
    (
      "tickets",
      ["id,created_at,channel,satisfaction_score"]
        + (0..<30).map { row in
          "\(row),2024-0\(1 + row % 6)-10T10:00:00Z,\(row % 2 == 0 ? "chat" : "web"),"
            + (row % 4 == 3 ? "" : "\(1 + row % 5)")
        }
    )
  }

  private static let queries = [
    "csat in latest 1 month", "csat by month vs previous month", "csat in 2024-08",
    "set timezone = 'America/New_York'; csat by month", "csat in latest 20 days by channel",
    "csat in this month vs previous month", "responses where month = 2024-09 by channel",
    "csat", "csat by channel", "csat by month", "csat by channel where month = 2024-03",
    "csat, responses in 2024-04 by team", "nps by month", "nps by week vs previous week",
    "frt by channel", "p90 frt by week", "tickets by month",
    "tickets, median frt by channel, month",
    "tickets where month = 2024-03 by team vs previous month", "csat, frt by channel",
    "csat by month on created", "csat by created", "tickets by segment", "csat by segment",
    "csat where first_response is missing", "frt where agent = Eva", "csat where agent = Eva",
    "avg(score) by channel", "count from surveys by month", "count from tickets by channel",
    "list id, score from surveys order by id limit 5", "list id from tickets limit 3",
    "backlog by month", "repeat_rate", "csat by month running 2", "distinct customer by channel",
    "response_rate by channel", "csat by team; list score limit 2",
    "frt if channel = chat, tickets by month(first_response)",
    "csat having responses > 2 by team", "csat by team; frt by team",
    "define hot = csat where channel = chat; hot by month", "csat by no_such_column",
    "csat by tickets.created", "frt by surveys.kind", "csat where id > 510", "frt where id > 10",
  ]

  /// What a session says to a script, whatever it is; and the columns that it has read.
  private func answers(
    _ query: String, _ files: [File], in folder: URL, isExpected: Bool
  ) throws -> (text: String, columns: [String]) {
    let session = Session(threads: 2, now: { LoadedData.now })
    let paths = files.map { (folder.appending(path: $0.name + ".csv").path, Optional<String>.none) }
    if isExpected { session.expect([SourceText(name: "query", query)], files: paths) }
    for (path, _) in paths { try session.load(path: path) }
    let columns = session.snapshot().store.tables.flatMap { table in
      table.schema.columns.map { "\(table.name).\($0.name)" }
    }
    do {
      let results = try session.run(query)
      return (results.map { "\($0)" }.joined(separator: "\n"), columns)
    } catch {
      return ("\(error)", columns)
    }
  }

  private func check(_ files: [File], _ queries: [String]) throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      let place = folder.appending(path: file.name + ".csv")
      try Data(file.lines.joined(separator: "\n").utf8).write(to: place)
    }
    for query in queries {
      let whole = try answers(query, files, in: folder, isExpected: false)
      let some = try answers(query, files, in: folder, isExpected: true)
      #expect(some.text == whole.text, "\(query)")
      #expect(Set(some.columns).isSubset(of: whole.columns), "\(query)")
    }
  }

  @Test func answersAreThoseOfTheWholeData() throws {
    try check([tickets(), surveys(Rows(isTimed: { _ in true }))], Self.queries)
    try check([tickets(), surveys(Rows(isTimed: { $0 % 3 != 0 }))], Self.queries)
    try check([tickets(), surveys(Rows(isTimed: nil))], Self.queries)
    try check([surveys(Rows(isTimed: { _ in true })), tickets(), customers], Self.queries)
    try check([tickets(), customers], Self.queries)
    try check([ratedTickets], Self.queries)
  }

  @Test func largeFilesAreLookedAtFirst() throws {
    let queries = [
      "csat by channel where month = 2024-03", "csat by month", "csat by no_such_column",
      "csat by month on created", "tickets by month",
    ]
    let count = 30_000
    let full = surveys(Rows(count: count, isTimed: { _ in true }))
    try check([tickets(later: 4), full], Self.queries)
    let dates = full.lines.map { line in
      line.split(separator: ",").map { $0.hasSuffix("Z") ? $0.prefix(10) : $0 }
        .joined(separator: ",")
    }
    try check([tickets(), ("surveys", dates)], Self.queries)
    try check([tickets(), surveys(Rows(count: count, isTimed: { $0 != 20_000 }))], queries)
    try check([tickets(), surveys(Rows(count: count, isTimed: { $0 != 10 }))], queries)
  }

  @Test func snapshotsAreNotLookedAt() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = surveys(Rows(count: 200_000, isTimed: { _ in true }))
    let place = folder.appending(path: "surveys.csv")
    try Data(file.lines.joined(separator: "\n").utf8).write(to: place)
    let snapshot = folder.appending(path: "desk.deskdb").path
    let session = Session(threads: 2, now: { LoadedData.now })
    try session.load(path: place.path)
    _ = try session.run("save '\(snapshot)'")
    let opened = Session(threads: 2, now: { LoadedData.now })
    opened.expect([SourceText(name: "query", "csat")], files: [(snapshot, nil)])
    try opened.load(path: snapshot)
    #expect("\(try opened.run("csat"))" == "\(try session.run("csat"))")
  }

  @Test func readsNoMoreThanIsNeeded() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = [tickets(), surveys(Rows(count: 30_000, isTimed: { _ in true }))]
    for file in files {
      let place = folder.appending(path: file.name + ".csv")
      try Data(file.lines.joined(separator: "\n").utf8).write(to: place)
    }
    #expect(
      try answers("csat by channel", files, in: folder, isExpected: true).columns.sorted()
        == ["surveys.kind", "surveys.responded", "surveys.score", "surveys.ticket"]
        + ["tickets.channel", "tickets.id"])
    #expect(
      try answers("p90 frt by channel", files, in: folder, isExpected: true).columns.sorted()
        == ["tickets.channel", "tickets.created", "tickets.first_response", "tickets.id"])
    #expect(
      try answers("csat, frt by channel", files, in: folder, isExpected: true).columns
        .contains("tickets.created"))
  }
}
