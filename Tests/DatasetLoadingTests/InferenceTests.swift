import Diagnostics
import Testing

@testable import DatasetLoading

/// A table with one column beside an id.
private func column(_ values: [String], header: String = "v", rows: Int = 0) throws -> LoadedDataset
{
  var text = "n,\(header)\n"
  for (row, value) in values.enumerated() { text += "\(row),\(value)\n" }
  for row in 0..<rows { text += "\(row),\(row)\n" }
  return try load(text)
}

@Suite struct InferenceTests {
  @Test(arguments: [
    (["1", "2", ""], "number"), (["1.5", "2"], "number"), (["yes", "no"], "boolean"),
    (["2024-01-01", "2024-01-02"], "date"), (["2024-01-01T00:00:00Z"], "time"),
    (["2024-01-01", "2024-01-01 10:00:00"], "time"), (["0:10:00", "1:00:00"], "duration"),
    (["0045", "0046"], "text"), (["95%", "$3"], "text"), (["nan", "inf"], "text"),
    (["0x10", "1_000"], "text"), (["", ""], "text"), (["NA", "none", "-"], "text"),
  ])
  func findsTheType(values: [String], type: String) throws {
    #expect(try column(values).type("v")?.rawValue == type)
  }

  @Test func takesTheCommaOfNumbersBelowOneForTheDecimalMark() throws {
    let told = try load("v\tw\n0,125\t1,125\n0,250\t2,250\n")
    #expect(told.cells("v") == ["0.125", "0.25"] && told.cells("w") == ["1.125", "2.25"])
    let untold = try load("v\tw\n1\t1,125\n2\t2,250\n")
    #expect(untold.cells("w") == ["1125", "2250"])
  }

  @Test func takesThePointOfNumbersBeforeManyBlanksForTheDecimalMark() throws {
    let blanks = String(repeating: " ", count: 50)
    let told = try load("v;w\n1.25\(blanks);1,234\n3.50\(blanks);2,345\n")
    #expect(told.cells("w") == ["1234", "2345"])
  }

  @Test func setsAFewMisfitsAside() throws {
    let loaded = try column(["oops"], rows: 500)
    #expect(loaded.type("v") == .number)
    #expect(loaded.cells("v").first == .some(nil))
    #expect(loaded.report.problems.count == 1)
    let problem = loaded.report.problems.first
    #expect(problem?.record == 2 && problem?.line == 2 && problem?.text == "oops")
    #expect(loaded.report.problemCounts.first?.count == 1)
  }

  @Test func makesTextOfManyMisfits() throws {
    let loaded = try column(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"], rows: 500)
    #expect(loaded.type("v") == .text)
    #expect(loaded.cells("v")[0] == "a" && loaded.cells("v")[10] == "0")
    #expect(loaded.report.problems.isEmpty)
  }

  @Test func makesTextOfLateLetters() throws {
    var text = "n,v\n"
    for row in 0..<40_000 { text += "\(row),\(row < 30_000 ? "\(row)" : "x\(row)")\n" }
    let loaded = try load(text)
    #expect(loaded.type("v") == .text)
    #expect(loaded.cells("v")[5] == "5" && loaded.cells("v")[39_999] == "x39999")
  }

  @Test func findsTheTypeOfALateColumn() throws {
    var text = "n,v\n"
    for row in 0..<30_000 { text += "\(row),\(row < 29_990 ? "" : "2024-01-0\(row % 9 + 1)")\n" }
    let loaded = try load(text)
    #expect(loaded.type("v") == .date)
    #expect(loaded.cells("v")[29_999] != nil && loaded.cells("v")[0] == nil)
  }

  @Test func takesMarkersAsMissing() throws {
    let loaded = try column(["N/A", "?", "N/A"], rows: 30)
    #expect(loaded.type("v") == .number)
    #expect(loaded.report.problems.isEmpty)
    #expect(loaded.report.notes.contains { $0.contains("'N/A' (2)") })
  }

  @Test func decidesTheOrderOfDayAndMonthOverAllRows() throws {
    let dayFirst = try column(["03/04/2024", "13/04/2024"])
    #expect(dayFirst.cells("v") == ["1712102400", "1712966400"])
    let monthFirst = try column(["03/04/2024", "03/13/2024"])
    #expect(monthFirst.cells("v") == ["1709510400", "1710288000"])
    let either = try column(["03/04/2024", "04/03/2024"])
    #expect(either.cells("v")[0] == "1709510400")
    #expect(either.report.notes.contains { $0.contains("month first") })
    let points = try column(["03.04.2024", "04.03.2024"])
    #expect(points.cells("v")[0] == "1712102400")
  }

  @Test func readsADayThatComesLateFirst() throws {
    var text = "n,v\n"
    for row in 0..<30_000 { text += "\(row),0\(row % 9 + 1)/02/2024\n" }
    text += "30000,25/02/2024\n"
    let loaded = try load(text)
    #expect(loaded.cells("v")[0] == "1706745600")
    #expect(loaded.report.problems.isEmpty)
  }

  @Test func keepsLargeWholeNumbersExact() throws {
    let limits = try column(["9223372036854775807", "-9223372036854775808"])
    #expect(limits.cells("v") == ["9223372036854775807", "-9223372036854775808"])
    #expect(try column(["9223372036854775808", "1"]).type("v") == .text)
  }

  @Test func readsMixedDecimals() throws {
    let loaded = try column(["1", "2.5", "3.25", "-0.125"])
    #expect(loaded.cells("v") == ["1.0", "2.5", "3.25", "-0.125"])
    let doubles = try column(["1e300", "2.5", "0.1"])
    #expect(doubles.cells("v") == ["1e+300", "2.5", "0.1"])
  }

  @Test func refusesMisfitsWhenStrict() throws {
    var text = "n,v\noops,1\n"
    for row in 0..<200 { text += "\(row),1\n" }
    #expect(throws: Diagnostic.self) { try load(text, isStrict: true) }
  }

  @Test func readsUnixTimesWhereTheNameSaysSo() throws {
    #expect(
      try column(["1704412800", "1704412801"], header: "created_at").type("created_at") == .time)
    #expect(try column(["1704412800", "1704412801"], header: "amount").type("amount") == .number)
  }

  @Test func readsOnlyWhatIsWanted() throws {
    let loaded = try load(
      "id,created_at,Status\n1,2024-01-01,open\n", path: "tickets.csv",
      wanted: ["status", "created"])
    #expect(loaded.table.schema.columns.map(\.name) == ["created", "status"])
    #expect(loaded.cells("status") == ["open"])
    let none = try load("id,status\n1,open\n3,new\n", path: "tickets.csv", wanted: [])
    #expect(none.table.columns.isEmpty && none.table.rowCount == 2)
    #expect(none.report.columnCount == 2 && none.report.readColumnCount == 0)
    // The clock of a plain dataset is its first time column, named or not.
    let plain = try load("a,b\n1,2\n3,4\n", wanted: ["b"])
    #expect(plain.table.columns.count == 2)
  }

  /// Columns that tell how others are read are read with them.
  @Test func readsWhatTheWantedNeed() throws {
    var text = "id,created_at,first_response_at,First Response Time,opened_on,closed_on\n"
    for row in 0..<20 {
      text += "\(row),2024-01-01T10:00:00Z,2024-01-01T10:0\(row % 10):00Z,\(row % 10),"
      text += "05/06/2024,\(13 + row % 9)/06/2024\n"
    }
    let all = try load(text, path: "tickets.csv")
    for wanted in [["first_response_time"], ["opened_on"]] {
      let some = try load(text, path: "tickets.csv", wanted: Set(wanted))
      #expect(some.table.schema.columns.count < all.table.schema.columns.count)
      #expect(some.cells(wanted[0]) == all.cells(wanted[0]))
    }
  }

  @Test func readsLists() throws {
    let lists = (0..<10_000).map { row in
      row % 7 == 0 ? "" : row % 5 == 0 ? "\"a; x\(row % 300) \"" : "x\(row % 300);a;x\(row / 300)"
    }
    let loaded = try load(
      "id,tags\n" + lists.enumerated().map { "\($0.offset),\($0.element)\n" }.joined(),
      path: "tickets.csv")
    #expect(
      loaded.cells("tags")
        == lists.map { list in
          let words = list.split(whereSeparator: { "; \"".contains($0) })
          return words.isEmpty ? nil : Set(words).sorted().joined(separator: "+")
        })
  }

  /// Short, middling and long words, quoted and bare, new ones late, and none.
  @Test func findsTheCodesOfWords() throws {
    let words = (0..<30_000).map { row -> String in
      switch row % 11 {
      case 0: ""
      case 1: "a \(row % 13), quoted"
      case 2: "the \"\(row % 5)\""
      case 3: "a word of more than sixteen bytes \(row % 1_000)"
      case 4: "between \(row % 1_000)"
      case 5: "C\(row)"
      default: "w\(row % 17)"
      }
    }
    let fields = words.map { word in
      word.contains(where: { "\",".contains($0) })
        ? "\""
          + word.split(separator: "\"", omittingEmptySubsequences: false)
          .joined(separator: "\"\"") + "\"" : word
    }
    // In the first column, between others, and last; the last of them is quoted throughout.
    let text = fields.map { "\($0),1,\($0),\"\"\n" }.joined()
    let loaded = try load("team,n,agent,group\n" + text, path: "tickets.csv")
    #expect(loaded.cells("team") == words.map { $0.isEmpty ? nil : $0 })
    #expect(loaded.cells("agent") == words.map { $0.isEmpty ? nil : $0 })
  }
}
