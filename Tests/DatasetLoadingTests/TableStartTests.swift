import Diagnostics
import Testing

@testable import DatasetLoading

/// Where a table begins and ends in its file, and whether the header is one.
@Suite struct TableStartTests {
  private let table = "day,channel,n\n2024-03-01,email,1\n2024-03-02,chat,2\n2024-03-03,chat,3\n"
  private let names = ["day", "channel", "n"]

  private func names(_ text: String) throws -> [String] {
    try load(text).table.schema.columns.map(\.name)
  }

  @Test(arguments: [
    "Report of March\n", "Report\n\n", "Report,,\n", "Report,,\nby Ann,,\n,,\n",
    "Exported,2024-04-01\nBy,Ann\n\n", "# exported by Ann, on Monday, at noon\n", "sep=,\n",
  ])
  func skipsTitles(title: String) throws {
    let loaded = try load(title + table)
    #expect(loaded.table.schema.columns.map(\.name) == names)
    #expect(loaded.table.rowCount == 3)
    #expect(!loaded.report.notes.isEmpty)
  }

  @Test func countsLinesFromTheTop() {
    let rows = String(repeating: "2024-03-04,chat,4\n", count: 120)
    let error = failure(Array(("Report\n\n" + table + rows + "4\n").utf8))
    #expect(error?.message.contains("record 125, line 127") == true)
  }

  @Test(arguments: [
    "\nAll Cases\n", "\n\n\"All Cases\"\n\"Copyright (c) Desk, inc.\"\n\nAnn",
    "\r\n\r\nAll Cases\r\n",
  ])
  func skipsLinesBehindTheTable(footer: String) throws {
    let long = String(repeating: "2024-03-04,chat,4\n", count: 500)
    for chunkSize in [16, 64, 1 << 16] {
      let loaded = try load(
        table + long + footer, threads: 2, tuning: LoadTuning(chunkSize: chunkSize))
      #expect(loaded.table.rowCount == 503)
      #expect(
        loaded.report.notes.contains { $0.contains("behind the table") && $0.contains("All Cases") }
      )
    }
  }

  @Test func keepsWhatMayBeARecord() {
    let lines = String(repeating: "remark\n", count: 21)
    for end in [
      "All Cases\n", "\nAll, Cases\n", "\nAll Cases\n2024-03-04,chat,4\n", "\n" + lines, "\n\"All",
    ] {
      #expect(failure(Array((table + end).utf8)) != nil)
    }
    #expect(failure(Array("a,b\n1,2\n\nAll\n".utf8))?.code == "ragged")
  }

  @Test func takesTheNamedDelimiter() throws {
    let loaded = try load("sep=;\na;b\n1,5;2\n")
    #expect(loaded.table.schema.columns.map(\.name) == ["a", "b"])
  }

  @Test func keepsWhatBelongsToTheTable() throws {
    // `#` is a name, and so is the only one of a header.
    #expect(try names("#,name,score\n1,Ann,5\n2,Bob,4\n") == ["column_1", "name", "score"])
    #expect(failure(Array(("a,b\n1,2\n" + table).utf8))?.code == "ragged")
  }

  @Test func knowsARecordFromAHeader() throws {
    let rows = table.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    let loaded = try load(rows)
    #expect(loaded.table.schema.columns.map(\.name) == ["column_1", "column_2", "column_3"])
    #expect(loaded.cells("column_3") == ["1", "2", "3"])
    #expect(loaded.report.notes.contains { $0.contains("no names") })
    let asked = try load(Array(rows.utf8), mappings: [("header", "yes")])
    #expect(asked.table.rowCount == 2)
    // Years and hours name columns.
    #expect(try names("team,2022,2023,2024\nA,1,2,3\nB,4,5,6\n").count == 4)
    #expect(try load("team,2022,2023,2024\nA,1,2,3\nB,4,5,6\n").table.rowCount == 2)
    #expect(try load("2024-01,2024-02\n3,4\n5,6\n").table.rowCount == 2)
  }

  @Test(arguments: [
    "1,x,2024-01-01\n2,y,2024-01-02\n", "2024-01-01,5\n2024-01-02,6\n",
    "1,x,a@b.de\n2,y,c@d.de\n3,z,e@f.de\n", "T-0,1\nT-1,2\nT-2,2\n",
    "1000,open,Anna,2.5\n1001,closed,Bob,3.5\n1002,open,Cy,4.5\n",
    "true,a0,7\ntrue,a1,8\nfalse,a2,8\n",
  ])
  func readsRecordsWithoutAHeader(text: String) throws {
    let loaded = try load(text)
    #expect(loaded.table.rowCount == text.split(separator: "\n").count)
    #expect(loaded.report.notes.contains { $0.contains("no names") })
  }

  @Test(arguments: [
    "agent,2024\nAnn,5\nBob,6\n", "hour,0,1,2\nMon,5,6,7\nTue,6,7,8\n", "q1,q2\n1,2\n3,4\n",
    "name,2024-01-01\nAnn,5\nBob,6\n", "id,score\n1,5\nid,score\n2,4\n", "id,a/b\n1,x\n2,y\n",
    "2024-01,2024-02\n3,4\n", "created,n\n2024-01-01,5\n",
  ])
  func keepsHeaders(text: String) throws {
    let loaded = try load(text)
    #expect(loaded.table.rowCount == text.split(separator: "\n").count - 1)
    #expect(!loaded.report.notes.contains { $0.contains("no names") })
  }

  @Test func keepsARecordThatEchoesTheHeader() throws {
    let loaded = try load("agent,team\nAgent Smith,Team Blue\nBob,Red\nCy,Red\n")
    #expect(loaded.table.rowCount == 3)
    #expect(loaded.report.notes.contains { $0.contains("may belong to the header") })
  }

  @Test(arguments: [
    ("agent,tickets,late\nAnn,5,3\nBob,6,4\nTotal,11,7\n", "'agent' read like totals"),
    ("agent,tickets,late\nAnn,5,3\nBob,6,4\nGesamt,11,7\n", "'agent' read like totals"),
    ("agent,tickets,late\nAnn,5,3\nAnn Total,5,3\nBob,6,4\nBob Total,6,4\n", "read like totals"),
    (
      "id,created,status,n\n1,2024-01-01,open,5\n2,2024-01-02,closed,6\n"
        + "Grand Totals (2 records),,,\n\"Confidential, do not share\",,,\n",
      "the last 2 records, from 'Grand Totals (2 records)' on,"
    ),
  ])
  func tellsOfTotals(text: String, note: String) throws {
    #expect(try load(text).report.notes.contains { $0.contains(note) })
  }

  @Test func tellsNothingOfOrdinaryRecords() throws {
    let loaded = try load(
      "id,agent,comment,score\n1,Ann,hi,5\n2,Bob,in total,4\n3,Cy,my account,\n")
    #expect(!loaded.report.notes.contains { $0.contains("total") })
  }

  @Test func tellsOfLostCharacters() throws {
    let loaded = try load("id,city\n1,K\u{FFFD}ln\n2,K\u{FFFD}ln\n3,Bonn\n")
    #expect(loaded.report.notes.contains { $0.contains("U+FFFD") })
  }

  @Test func takesFurtherRowsOfAHeader() throws {
    for further in ["date,text,number\n", "the day,the channel,the n\n", "---,---,---\n"] {
      let text = table.replacingFirstLine { $0 + further }
      let loaded = try load(text)
      #expect(loaded.table.rowCount == 3, "\(further)")
      #expect(loaded.type("n") == .number, "\(further)")
      #expect(loaded.report.notes.contains { $0.contains("belongs to the header") }, "\(further)")
    }
    let misfit = try load(
      table.replacingFirstLine { $0 + "(date),(name),(count)\n" } + "x,chat,4\n")
    #expect(misfit.table.rowCount == 5)
    #expect(!misfit.report.notes.isEmpty)
    // Where figures begin only in the third record, the first is no more a header than the second.
    let late = try load("a,b\nfoo x,bar y\nn/a,n/a\n1,2\n3,4\n5,6\n")
    #expect(late.table.rowCount == 5)
  }

  @Test func beginsFarInTheFile() throws {
    for length in [8_000, 8_191, 8_192, 9_000, 40_000] {
      let remark = "# " + String(repeating: "r", count: length) + "\n"
      let loaded = try load(remark + "id,status\n1,open\n2,closed\n")
      #expect(loaded.table.rowCount == 2 && loaded.type("id") == .number, "\(length)")
    }
  }

  @Test(arguments: [8_190, 8_191, 8_192, 8_193, 32_767, 32_768, 65_536])
  func readsLongHeadersWithAnyLineEnd(length: Int) throws {
    let names = (1...300).map { "n\($0)" }.joined(separator: ",")
    for end in ["\r\n", "\n"] {
      let header = names + "," + String(repeating: "x", count: length - names.utf8.count - 1)
      let rows = [0, 1].map { "\($0)" + String(repeating: ",\($0)", count: 300) }
      let loaded = try load(([header] + rows + [""]).joined(separator: end))
      #expect(loaded.table.rowCount == 2)
      #expect(loaded.report.notes.isEmpty, "\(loaded.report.notes)")
    }
  }

  @Test func standsBracketsAroundASign() throws {
    #expect(try load("id,Created (-),Rating (+)\n1,2024-01-01,5\n").table.rowCount == 1)
    #expect(try load("a,b\n-,1\n,3\n,1\n").table.rowCount == 3)
  }

  @Test func saysWhereASecondTableMayBegin() throws {
    let loaded = try load(table + "key,name,value\nx,y,z\n")
    #expect(loaded.report.notes.contains { $0.contains("second table") })
    let doubled = try load(table + table)
    #expect(doubled.report.notes.contains { $0.contains("second table") })
  }

  @Test func saysWhatIsOdd() throws {
    func notes(_ text: String) throws -> String {
      try load(text).report.notes.joined(separator: "\n")
    }
    #expect(try notes("city name\nBerlin\nRome\n").contains("single column"))
    #expect(try notes("city\nBerlin\nRome\n").isEmpty)
    #expect(try notes(table + ",,\n").contains("no values at all"))
    #expect(try notes(table + "\"\",\"\",\"\"\n").contains("no values at all"))
    #expect(try notes("a,b\nx ,1\ny,2\n").contains("spaces"))
    #expect(try notes("a,b\n'x',1\ny,2\n").contains("apostrophes"))
    #expect(try notes("a,b\nx,1\n\u{FEFF}y,2\n").contains("invisible"))
    #expect(try notes("a,b\nx,1\na,b\ny,2\n").contains("own header"))
    #expect(try notes(table + "Total,,6\n").contains("total"))
    #expect(try notes("a,b;\nx,1;\ny,2;\n").contains("end with ';'"))
    #expect(try notes("{\"error\": \"gone\"}").contains("single record"))
    #expect(try notes("name,city\nAnn,Rome\nBob,Bonn\nAnn,Rome\n").isEmpty)
  }
}

extension String {
  /// The text with its first line, and the end of it, replaced.
  fileprivate func replacingFirstLine(_ change: (String) -> String) -> String {
    guard let end = firstIndex(of: "\n") else { return self }
    return change(String(self[...end])) + self[index(after: end)...]
  }
}
