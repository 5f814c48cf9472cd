import Testing

@testable import DatasetLoading

/// Lengths of time and numbers: units, clock times of two parts, marks, signs.
@Suite struct LengthTests {
  private func lengths(
    _ values: [String], _ header: String = "Handle time"
  ) throws -> (values: [String?], notes: [String], problems: [String]) {
    let rows = values.enumerated().map { "\($0.offset),2024-01-01,\($0.element)\n" }.joined()
    let loaded = try load("id,created,\(header)\n" + rows, path: "tickets.csv")
    return (
      loaded.cells(loaded.table.schema.columns[2].name), loaded.report.notes,
      loaded.report.problems.map(\.text)
    )
  }

  @Test(arguments: [
    ("Handle Time (ms)", "1500", "1.5"), ("handle_time_ms", "250", "0.25"),
    ("handle_time_milliseconds", "90000", "90.0"), ("Handle Time (µs)", "1500000", "1.5"),
    ("AHT (mm:ss)", "05:30", "330"), ("AHT (h:mm)", "05:30", "19800"),
    ("Handle Time (Std.)", "2", "7200"), ("Handle Time (in Minuten)", "5", "300"),
    ("Handle Time (ms)", "\"1,500\"", "1.5"), ("Handle Time (ms)", "12.5", "0.0125"),
  ])
  func usesTheUnitOfAHeader(header: String, value: String, seconds: String) throws {
    #expect(try lengths([value], header).values == [seconds])
  }

  @Test(arguments: ["text,date,minutes", "(text),(date),(min)", ",,(min)", "#,,min", "#,,[min]"])
  func usesTheUnitsOfASecondRecord(units: String) throws {
    let loaded = try load(
      "id,created,handle_time\n\(units)\n1,2024-01-01,5\n2,2024-01-02,6\n", path: "tickets.csv")
    #expect(loaded.cells("handle_time") == ["300", "360"])
    #expect(loaded.report.notes.contains { $0.contains("record 2 belongs to the header") })
    let short = try load(
      "id,created,handle\n\(units)\n1,2024-01-01,5\n2,2024-01-02,6\n", path: "tickets.csv")
    #expect(short.cells("handle_time") == ["300", "360"])
  }

  @Test func tellsMinutesFromHours() throws {
    let short = try lengths(["5:30", "12:05", "45:12", "59:59"])
    #expect(short.values == ["330", "725", "2712", "3599"])
    #expect(short.notes.contains { $0.contains("read as minutes and seconds") })
    let mixed = try lengths(["5:30", "1:04:10", "0:59"], "Full resolution time")
    #expect(mixed.values == ["330", "3850", "59"])
    #expect(mixed.notes.contains { $0.contains("as others have hours too") })
    let open = try lengths(["5:30", "2:05"], "Full resolution time")
    #expect(open.values == ["19800", "7500"])
    #expect(open.notes.contains { $0.contains("read as hours and minutes") })
    let shifts = try load(
      "agent,date,available\nAnn,2024-01-01,8:00\nBob,2024-01-01,7:30:00\n", path: "shifts.csv")
    #expect(shifts.cells("available") == ["28800", "27000"])
    #expect(!shifts.report.notes.contains { $0.contains("hours and minutes") })
  }

  @Test func setsNumbersAmongUnitsAside() throws {
    let loaded = try lengths(["5 min", "10", "3 min", "0"])
    #expect(loaded.values == ["300", nil, "180", "0"] && loaded.problems == ["10"])
    let most = try lengths(["300", "250", "1h 5m"])
    #expect(most.values == ["300", "250", "3900"])
    #expect(most.notes.contains { $0.contains("2 numbers stand among lengths with units") })
    let shifts = try load(
      "agent,date,available\nAnn,2024-01-01,8:00\nBob,2024-01-01,7.5\n", path: "shifts.csv")
    #expect(shifts.cells("available") == ["28800", nil])
  }

  @Test func readsLengthsInWords() throws {
    #expect(
      try lengths(["1 hour 30 minutes", "\"2 hours, 5 minutes\"", "3 hrs. 2 mins.", "1h30"]).values
        == ["5400", "7500", "10920", "5400"])
    #expect(try lengths(["1 hour and 5 minutes"]).values == ["3900"])
  }

  @Test func setsLengthsBelowZeroAside() throws {
    let loaded = try lengths(["-30", "60", "-0:10:00", "90", "75"])
    #expect(loaded.values == [nil, "60", nil, "90", "75"])
    #expect(loaded.problems == ["-30", "-0:10:00"])
    let left = try lengths(["-30", "60"], "Time left (min)")
    #expect(left.values == ["-1800", "3600"])
  }

  @Test func readsLengthsWithMarksBetweenThousands() throws {
    let header = "First reply time in minutes"
    #expect(try lengths(["\"1,234\"", "\"2,345\""], header).values == ["74040", "140700"])
    #expect(try lengths(["345", "\"1,234\""], header).values == ["20700", "74040"])
    let comma = try load("id;created;handle_minutes\n1;2024-01-01;1,5\n", path: "tickets.csv")
    #expect(comma.cells("handle_time") == ["90.0"])
  }

  @Test func findsTheMarkOfDecimalsInOtherColumns() throws {
    let comma = try load(
      "id;started;ended;mrr;fee\n1;2024-01-01;;1.000;9,99\n2;2024-01-01;;2.500;19,99\n",
      path: "customers.csv")
    #expect(comma.cells("mrr") == ["1000", "2500"] && comma.cells("fee") == ["9.99", "19.99"])
    #expect(
      comma.report.notes == [
        "'mrr': its marks stand between thousands, as the numbers of 'fee' show"
      ])
    let point = try load("a;b\n1,234;5.5\n")
    #expect(point.cells("a") == ["1234"] && point.cells("b") == ["5.5"])
    let open = try load("amount;x\n1.234;a\n12.345;b\n")
    #expect(open.cells("amount") == ["1.234", "12.345"])
    #expect(open.report.notes.contains { $0.contains("'amount'") && $0.contains("decimals") })
    let asked = try load("amount;x\n1.234;a\n12.345;b\n", mappings: [("decimal", "comma")])
    #expect(asked.cells("amount") == ["1234", "12345"])
    let usual = try load("n,v\n1,1.234\n2,2.345\n")
    #expect(usual.cells("v") == ["1.234", "2.345"])
    #expect(usual.report.notes.isEmpty)
    #expect(try load("n,v,w\n1,\"1,234\",2.5\n").report.notes.isEmpty)
  }

  @Test func saysWhyNumbersAreText() throws {
    let long = try load("n,v\n1,12345678901234567890\n2,7\n3,8\n")
    #expect(long.type("v") == .text)
    #expect(long.report.notes.contains { $0.contains("'v' is text") && $0.contains("12345678901") })
    let late = try load(
      "n,v\n" + (0..<500).map { "\($0),\($0)\n" }.joined() + "1,12345678901234567890\n")
    #expect(late.report.notes.contains { $0.contains("'v' is text") })
    let money = try load("n,v\n1,$3\n2,€4\n")
    #expect(money.report.notes.contains { $0.contains("'v' is text") && $0.contains("currencies") })
    // Zeros in front are what a number is not.
    #expect(try load("n,v\n1,0045\n2,0046\n").report.notes.isEmpty)
  }

  @Test func saysThatAKnownColumnIsText() throws {
    let loaded = try load("id,created\n1,2024-7-1\n2,2024-7-2\n", path: "tickets.csv")
    #expect(
      loaded.report.notes.contains("'created' holds text, such as '2024-7-1', not times"))
    let alias = try load("id,Opened at\n1,day 1\n2,day 2\n", path: "tickets.csv")
    #expect(alias.report.notes.contains { $0.contains("'opened_at' holds text") })
    let beside = try load(
      "id,created,Opened at\n1,2024-01-01,day 1\n2,2024-01-02,another\n", path: "tickets.csv")
    #expect(beside.report.notes.isEmpty)
  }

  @Test func countsMomentsBeforeThoseTheyFollow() throws {
    let rows = "1,2024-01-02,2024-01-01\n2,2024-01-02 10:00,2024-01-04\n3,2024-01-02,\n"
    let loaded = try load("id,created,resolved\n" + rows, path: "tickets.csv")
    #expect(
      loaded.report.notes.contains(
        "1 row has 'resolved' before 'created'; left out of the time between"))
    let fine = try load(
      "id,created,resolved\n1,2024-01-02,2024-01-02T00:00:00.5Z\n", path: "tickets.csv")
    #expect(!fine.report.notes.contains { $0.contains("before 'created'") })
    // Every third ticket is resolved too early, every fifth not at all.
    let many = (1...40_000).map { row in
      "\(row),2024-01-02T00:00:00Z,"
        + (row % 5 == 0 ? "" : "2024-01-0\(row % 3 == 0 ? 1 : 3)T00:00:00Z") + "\n"
    }
    let counted = try load("id,created,resolved\n" + many.joined(), path: "tickets.csv")
    let early = (1...40_000).count { $0 % 3 == 0 && $0 % 5 != 0 }
    #expect(counted.report.notes.contains { $0.hasPrefix("\(early) rows have 'resolved' before") })
  }
}
