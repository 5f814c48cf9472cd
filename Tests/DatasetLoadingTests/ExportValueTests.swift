import ColumnStore
import Testing

@testable import DatasetLoading

/// Lines of a file: a header, and so many rows made from their number.
private func text(_ header: String, _ count: Int, _ row: (Int) -> String) -> String {
  ([header] + (0..<count).map(row)).joined(separator: "\n") + "\n"
}

@Suite struct ExportValueTests {
  @Test func joinsDayAndTimeOfDay() throws {
    let expected = ["1612170778", "1612256462"]
    let spellings = [
      ("2021-02-01,9:12:58", "2021-02-02,9:01:02"), ("13/02/2020,9:12:58", "02/02/2021,9:01:02"),
      ("01.02.2021,0.38400462962963", "02.02.2021,0.375717592592593"),
      ("2021-02-01,1900-01-01 09:12:58", "2021-02-02,1900-01-01 09:01:02"),
      ("2021-02-01,9:12:58 AM", "2021-02-02,9:01:02 AM"),
    ]
    for (first, second) in spellings {
      let loaded = try load("Call Id,Date,Time\nA,\(first)\nB,\(second)\n", path: "calls.csv")
      #expect(loaded.type("created") == .time)
      #expect(loaded.cells("created").last == expected.last, "\(first)")
      #expect(loaded.cells("time") == ["33178", "32462"], "\(first)")
    }
    let missing = try load(
      "Call Id,Date,Time\nA,2021-02-01,\nB,2021-02-02,9:00\n", path: "calls.csv")
    #expect(missing.cells("created") == ["1612137600", "1612256400"])
    #expect(missing.report.notes.contains { $0.contains("1 days have no time") })
  }

  @Test func keepsYesAndNoWhereATimeIsUsual() throws {
    let flags = try load(
      "id,created,Resolved\n1,2024-01-01,Y\n2,2024-01-01,N\n", path: "tickets.csv")
    #expect(flags.type("resolved") == .boolean && flags.cells("resolved") == ["1", "0"])
    let both = try load(
      "ticketId,resolved,createdAt,resolvedAt\nT1,true,2024-01-01T10:00:00,2024-01-01T11:00:00\n"
        + "T2,false,2024-01-01T10:00:00,\n", path: "tickets.csv")
    #expect(both.type("resolved") == .time && both.type("is_resolved") == .boolean)
    let reopened = try load("id,Reopened\n1,Sim\n2,Não\n", path: "tickets.csv")
    #expect(reopened.type("reopens") == .boolean)
  }

  @Test func leavesAColumnWhoseValuesDoNotFitItsName() throws {
    let loaded = try load(
      "id,created,response_time\n1,2024-01-01,Within SLA\n2,2024-01-02,Above SLA\n",
      path: "tickets.csv")
    #expect(loaded.type("response_time") == .text && loaded.column("first_response_time") == nil)
  }

  @Test func findsTheUnitOfALengthByTheMoments() throws {
    let loaded = try load(
      text("id,created_at,resolved_at,resolution_time", 20) { row in
        "\(row),2024-01-01 00:00:00,2024-01-01 \(10 + row % 10):30:00,\(10 + row % 10).5"
      }, path: "tickets.csv")
    #expect(loaded.cells("resolution_time").first == "37800.0")
    let remark = loaded.table.schema.columns.last?.remark ?? ""
    #expect(remark.contains("numbers are hours"))
    let own = try load(
      text("id,created_at,resolved_at,resolution_time", 20) { row in
        "\(row),2024-01-01 00:00:00,2024-01-01 \(10 + row % 10):30:00,\(row)"
      }, path: "tickets.csv")
    #expect(own.cells("resolution_time")[7] == "7")
  }

  @Test func readsLabelledScores() throws {
    let loaded = try load(
      "id,created,csat\n1,2024-01-01,3 - Highly Satisfied\n2,2024-01-01,0 - Unknown\n"
        + "3,2024-01-01,1 - Not satisfied\n", path: "tickets.csv")
    #expect(loaded.cells("score") == ["3", nil, "1"])
    #expect(loaded.report.notes.contains { $0.contains("'0 - Unknown' (1)") })
    let words = try load("id,Satisfaction Score\n1,good\n2,offered\n3,bad\n", path: "tickets.csv")
    #expect(words.cells("score") == ["good", nil, "bad"])
  }

  @Test func joinsNumberedTags() throws {
    let loaded = try load(
      "id,tag_1,tag_2,tag_3\n1,b,a,\n2,,,\n3,c,c,b\n", path: "tickets.csv")
    #expect(loaded.type("tags") == .tags)
    #expect(loaded.cells("tags") == ["a+b", nil, "b+c"])
    #expect(loaded.cells("tag_1") == ["b", nil, "c"])
  }

  @Test func readsNumbersWithMarks() throws {
    let money = try load("n,v\n1,\"$1,234.50\"\n2,$3\n")
    #expect(money.type("v") == .number && money.cells("v") == ["1234.5", "3.0"])
    let percent = try load("n,v\n1,45%\n2,4.5%\n")
    #expect(percent.type("v") == .percent && percent.cells("v") == ["45.0", "4.5"])
    let comma = try load("n;v\n1;12,5\n2;1.234,25\n")
    #expect(comma.cells("v") == ["12.5", "1234.25"])
    #expect(try load("n;v\n1;1,234\n").cells("v") == ["1.234"])
    #expect(try load("n,v\n1,\"1,234\"\n").cells("v") == ["1234"])
    #expect(try load("n,v\n1,$3\n2,€4\n").type("v") == .text)
    let late = try load(text("n,v", 2_000) { $0 == 1_990 ? "1,\"1,234\"" : "1,\($0)" })
    #expect(late.type("v") == .number && late.cells("v")[1_990] == "1234")
    #expect(late.report.problems.isEmpty)
  }

  @Test func takesOtherEvidenceForTheOrderOfDayAndMonth() throws {
    let other = try load("n,a,b\n1,03/04/2024,25/04/2024\n2,05/04/2024,06/05/2024\n")
    #expect(other.cells("a")[0] == "1712102400")
    let sequence = try load(
      text("n,a", 6) { "1,0\($0 + 1)/02/2024" } + text("1,07/02/2024", 1) { _ in "1,01/03/2024" })
    #expect(sequence.cells("a")[0] == "1706745600")
    #expect(!sequence.report.notes.contains { $0.contains("no date tells") })
  }

  @Test func takesWordsThatStandOutAsMissing() throws {
    let loaded = try load(text("n,v", 100) { $0 % 4 == 0 ? "1,not known" : "1,\($0)" })
    #expect(loaded.type("v") == .number)
    #expect(loaded.report.notes.contains { $0.contains("'not known' (25)") })
    #expect(try load("n,region\n1,NA\n2,EMEA\n").cells("region") == ["NA", "EMEA"])
  }

  @Test func readsSpreadsheetDaysWhereADateIsMeant() throws {
    let loaded = try load("id,created_at\n1,45366\n2,45366.5\n", path: "tickets.csv")
    #expect(loaded.cells("created") == ["1710460800", "1710504000"])
    #expect(try load("id,v\n1,45366\n", path: "tickets.csv").type("v") == .number)
  }
}
