import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite struct RoleTests {
  private func names(_ headers: String, _ path: String = "tickets.csv") throws -> [String] {
    try load(headers + "\n", path: path).table.schema.columns.map(\.name)
  }

  @Test func knowsTheHeadersOfHelpDesks() throws {
    #expect(
      try names("Ticket ID,Created time,Agent,Group,Source,First response time (in hrs)")
        == ["id", "created", "agent", "team", "channel", "first_response_time"])
    #expect(
      try names("Issue key,Created,Resolved,Assignee,Reporter,Summary,Labels")
        == ["id", "created", "resolved", "agent", "customer", "subject", "tags"])
    #expect(
      try names("id,created_at,customer_id,handle_seconds,Resolution time (hrs),Reopened")
        == ["id", "created", "customer", "handle_time", "resolution_time", "reopens"])
    #expect(
      try names("id,ticket_id,kind,score,responded_at,comment", "surveys-2024.csv")
        == ["id", "ticket", "kind", "score", "responded", "comment"])
    #expect(
      try names("agent,date,available_seconds,occupied_seconds", "shifts.csv")
        == ["agent", "date", "available", "occupied"])
  }

  @Test func tellsTheRole() throws {
    #expect(try load("a\n1\n", path: "/x/tickets.csv").report.roleReason == "from the file's name")
    #expect(try load("a\n1\n", name: "surveys").report.roleReason == "named by the user")
    let told = try load("id,created_at,status\n1,2024-01-01,open\n", path: "export.csv")
    #expect(told.table.name == "tickets" && told.report.roleReason == "from its columns")
    let plain = try load("city,people\nX,1\n", path: "Some Cities.csv")
    #expect(plain.table.name == "some_cities" && plain.report.roleReason.hasPrefix("plain dataset"))
  }

  @Test func maps() throws {
    let loaded = try load(
      "id,Opened on,created_at\n1,2024-01-01,2024-02-01\n", path: "tickets.csv",
      mappings: [(column: "created", header: "Opened on")])
    #expect(loaded.table.schema.columns.map(\.name) == ["id", "created", "created_at"])
    do throws(Diagnostic) {
      _ = try load("id\n1\n", mappings: [(column: "created", header: "Opend")])
      Issue.record("an unknown header was accepted")
    } catch {
      #expect(error.code == "unknown-column" && error.message.contains("'Opend'"))
    }
  }

  @Test func namesEveryColumnOnce() throws {
    let loaded = try load("a,A,,a b,a-b\n1,2,3,4,5\n")
    #expect(loaded.table.schema.columns.map(\.name) == ["a", "a_2", "column_3", "a_b", "a_b_2"])
    #expect(loaded.report.notes.count >= 3)
    #expect(try load("é,e\u{301}\n1,2\n").table.columns.count == 2)
  }

  @Test func takesUnitsFromHeaders() throws {
    let loaded = try load(
      "id,handle_minutes,First response time (in hrs),wait (s)\n1,2.5,01:30:00,7\n",
      path: "tickets.csv")
    #expect(loaded.cells("handle_time") == ["150.0"])
    #expect(loaded.cells("first_response_time") == ["5400"])
    #expect(loaded.type("wait_s") == .duration && loaded.cells("wait_s") == ["7"])
  }

  @Test func tellsMomentsFromLengths() throws {
    let moments = try load(
      "Ticket ID,First Response Time,Time to Resolution\n1,2023-06-01 12:15:36,2023-06-01 18:00:00\n",
      path: "tickets.csv")
    #expect(moments.type("first_response") == .time && moments.type("resolved") == .time)
    let lengths = try load(
      "Ticket ID,First Response Time,Time to Resolution\n1,0:15:36,2:00:00\n", path: "tickets.csv")
    #expect(lengths.cells("first_response_time") == ["936"])
    #expect(lengths.cells("resolution_time") == ["7200"])
  }

  @Test func splitsTags() throws {
    let loaded = try load("id,tags\n1,b; a;b\n2,\n3,c\n", path: "tickets.csv")
    #expect(loaded.cells("tags") == ["a+b", nil, "c"])
    let bars = try load("id,tags\n1,b|a\n", path: "tickets.csv")
    #expect(bars.cells("tags") == ["a+b"])
  }

  @Test(.enabled(if: sharedFolder("conformance/data") != nil, "the conformance data are absent"))
  func typesTheConformanceData() throws {
    guard let folder = sharedFolder("conformance/data") else { return }
    let path = folder.appendingPathComponent("tickets.csv").path
    let loaded = try DatasetLoader.load(LoadRequest(path: path))
    #expect(loaded.table.rowCount == 4_000 && loaded.report.problems.isEmpty)
    let expected: [String: ColumnType] = [
      "id": .number, "created": .time, "first_response": .time, "resolved": .time, "channel": .text,
      "status": .text, "agent": .text, "customer": .number, "tags": .tags, "handle_time": .duration,
      "replies": .number, "reopens": .number, "escalated": .boolean, "cost": .number,
      "subject": .text,
    ]
    for (name, type) in expected { #expect(loaded.type(name) == type, "\(name)") }
    let types = ["customers": "started", "shifts": "date"]
    for (file, column) in types {
      let path = folder.appendingPathComponent("\(file).csv").path
      #expect(try DatasetLoader.load(LoadRequest(path: path)).type(column) == .date)
    }
  }
}
