import Testing

@testable import DatasetLoading

/// What speaks for the order of day, month and year, for a zone, and for moments in digits alone.
@Suite struct TimeEvidenceTests {
  private func created(_ rows: [String], _ header: String = "Created") throws -> LoadedDataset {
    let lines = rows.enumerated().map { "\($0.offset),\($0.element)\n" }
    return try load("id,\(header)\n" + lines.joined(), path: "tickets.csv")
  }

  @Test func followsAColumnThatNamesTheMonth() throws {
    let months = try created(
      [
        "01/01/2024,January", "02/02/2024,February", "02/03/2024,March", "04/01/2024,January",
        "05/02/2024,February",
      ], "Created,Month")
    #expect(months.cells("created").last == "1707091200")
    #expect(months.report.notes.contains { $0.contains("day first, since 'Month' agrees") })
    let monthFirst = try created(["01/02/2024,2024-01", "03/02/2024,2024-03"], "Created,Month")
    #expect(monthFirst.cells("created") == ["1704153600", "1709337600"])
    #expect(monthFirst.report.notes.contains { $0.contains("month first, since 'Month' agrees") })
    let weekday = try created(["01/02/2024,Thursday"], "Created,Weekday")
    #expect(weekday.cells("created") == ["1706745600"])
    let prefix = try created(["Thu 01/02/2024", "Fri 02/02/2024"])
    #expect(prefix.cells("created") == ["1706745600", "1706832000"])
    #expect(!prefix.report.notes.contains { $0.contains("no date tells") })
    // Rows without a day of the week say nothing against the others.
    let gaps = try created(["03/01/2024,mié", "04/01/2024,jue", "02/01/2024,-"], "Created,Day")
    #expect(gaps.cells("created")[2] == "1704153600")
    #expect(gaps.report.notes.contains { $0.contains("'Day' agrees") })
    // A column that agrees with neither order says nothing.
    let other = try created(["01/02/2024,May", "03/02/2024,June"], "Created,Month")
    #expect(other.report.notes.contains { $0.contains("no date tells") })
  }

  @Test func resolvesAfterCreating() throws {
    let loaded = try created(
      ["05/02/2024,06/02/2024", "11/02/2024,01/03/2024"], "Created,Resolved")
    #expect(loaded.cells("created")[0] == "1707091200")
    #expect(loaded.cells("resolved")[1] == "1709251200")
    #expect(loaded.report.notes.contains { $0.contains("would come before 'created'") })
  }

  @Test func followsAColumnWhoseOrderIsTold() throws {
    let loaded = try created(
      ["01/02/2024,05/03/2024,March", "01/03/2024,04/03/2024,March"],
      "Created,Resolved,Month resolved"
    )
    #expect(loaded.cells("created") == ["1706745600", "1709251200"])
    #expect(
      loaded.report.notes.contains("'created': read with the day first, as 'Resolved' shows"))
  }

  @Test func saysWhatTheOrderWasTakenFrom() throws {
    let sequence = try created(["01/02/2024", "05/02/2024", "09/02/2024", "02/03/2024"])
    #expect(sequence.cells("created")[0] == "1706745600")
    #expect(sequence.report.notes.contains { $0.contains("as the dates follow each other") })
    let other = try load(
      "n,a,b\n1,03/04/2024,25/04/2024\n2,05/04/2024,06/05/2024\n")
    #expect(
      other.report.notes.contains { $0.contains("'a': read with the day first, as 'b' shows") })
  }

  @Test func readsTheYearFirstWhereTheDaysComeLast() throws {
    let loaded = try created(["24/11/05", "24/11/15", "24/11/25", "24/12/01", "24/12/30"])
    #expect(loaded.cells("created").first == "1730764800")
    #expect(loaded.report.notes.contains { $0.contains("year first") })
    let months = try created(["01/01/20", "01/02/21", "01/03/22"])
    #expect(months.cells("created").first == "1577836800")
    let german = try created(["15/01/20", "15/02/21", "15/03/22"])
    #expect(german.cells("created").first == "1579046400")
    let single = try created(["24/11/05"])
    #expect(single.cells("created") == ["1132790400"])
    #expect(single.report.notes.contains { $0.contains("dates = 'year-first'") })
    #expect(try created(["15/11/24"]).report.notes.isEmpty)
    let asked = try load(
      "id,created\n1,24/11/05\n2,24/11/06\n", path: "tickets.csv",
      mappings: [("dates", "year-first")])
    #expect(asked.cells("created").first == "1730764800")
  }

  @Test(arguments: [
    ("20240701100000", "1719828000"), ("202407011000", "1719828000"), ("20240701", "1719792000"),
    ("20240701T100000Z", "1719828000"), ("1719828000", "1719828000"),
    ("1719828000000", "1719828000"), ("1719828000000000", "1719828000"),
    ("1719828000.5", "1719828000.5"), ("1719828000123456", "1719828000.123456"),
    ("\"2024-07-01 10:00:00,5\"", "1719828000.5"), ("1. Juli 2024", "1719792000"),
    ("\"7/1/24, 10:00\u{202F}AM\"", "1719828000"), ("2024-07-01\u{A0}10:00", "1719828000"),
    ("2024-07-01T12:00:00+02:00[Europe/Berlin]", "1719828000"),
    ("01 Jul 2024 - 10:00", "1719828000"),
  ])
  func readsMomentsAsTheyAreWritten(text: String, seconds: String) throws {
    #expect(try created([text]).cells("created") == [seconds])
  }

  @Test func takesDigitsForNumbersElsewhere() throws {
    #expect(try created(["20240701,20240701"], "Created,amount").type("amount") == .number)
    // Digits that are no moment are no milliseconds of another century either.
    #expect(try created(["20249901100000"]).type("created") == .number)
    let unknown = try load("a,logged_at\n1,20240701100000\n2,20240702100000\n")
    #expect(unknown.cells("logged_at") == ["1719828000", "1719914400"])
  }

  @Test(arguments: [
    ("Created (EST)", "1704121200"), ("Created (CET)", "1704099600"),
    ("Created (GMT+5:30)", "1704083400"), ("Created (+05:30)", "1704083400"),
    ("Created (+0530)", "1704083400"), ("Created (Pacific Time)", "1704132000"),
    ("Created (Eastern Time (US & Canada))", "1704121200"), ("Created (Berlin)", "1704099600"),
    ("Created (UTC+01:00) Amsterdam", "1704099600"), ("created_utc", "1704103200"),
    ("Created [UTC]", "1704103200"), ("Created at EST", "1704121200"),
    ("Created [Europe/Berlin]", "1704099600"), ("Created (PT)", "1704132000"),
  ])
  func usesTheZoneOfAHeader(header: String, seconds: String) throws {
    let loaded = try created(["2024-01-01 10:00"], header)
    #expect(loaded.cells("created") == [seconds])
  }

  @Test(arguments: ["IST", "America/Nowhere", "Munich", "UTC+99", "CST"])
  func saysWhichZoneOfAHeaderIsNotKnown(name: String) throws {
    let loaded = try created(["2024-01-01 10:00"], "Created (\(name))")
    #expect(loaded.cells("created") == ["1704103200"])
    #expect(loaded.report.notes.contains { $0.contains("'\(name)' in the header is no zone") })
    let asked = try created(["2024-01-01T10:00Z"], "Created (\(name))")
    #expect(!asked.report.notes.contains { $0.contains("is no zone") })
  }

  @Test func saysThatAnAbbreviationHoldsAllYear() throws {
    let loaded = try created(["2024-07-01 10:00"], "Created (EST)")
    #expect(loaded.cells("created") == ["1719846000"])
    #expect(loaded.report.notes.contains { $0.contains("taken as -05:00 all year round") })
    #expect(try load("n,Points (EST)\n1,5\n").table.schema.columns[1].name == "points_est")
  }

  @Test func usesTheZoneThatQualtricsNames() throws {
    let loaded = try load(
      "StartDate,RecordedDate,ResponseId,NPS\nStart Date,Recorded Date,Response ID,How?\n"
        + "\"{\"\"ImportId\"\":\"\"startDate\"\",\"\"timeZone\"\":\"\"America/Denver\"\"}\","
        + "\"{\"\"ImportId\"\":\"\"recordedDate\"\",\"\"timeZone\"\":\"\"America/Denver\"\"}\","
        + "\"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\n"
        + "2024-03-15 11:00:00,2024-03-15 11:05:00,R_1,10\n", path: "survey.csv")
    #expect(loaded.cells("responded") == ["1710522300"])
    #expect(loaded.table.schema.columns[0].header == "StartDate")
  }
}
