import ColumnStore
import Diagnostics
import Foundation
import Testing

@testable import DatasetLoading

@Suite struct WorkbookTests {
  private let header =
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
    + "<c r=\"C1\" t=\"inlineStr\"><is><t>Spent</t></is></c><c r=\"D1\" t=\"str\"><v>Ok</v></c></row>"
  private let strings =
    "<si><t>id</t></si><si><r><t xml:space=\"preserve\">Opened </t></r><r><t>at</t></r>"
    + "<rPh><t>no</t></rPh></si>"

  @Test func readsValuesAsTheyAreShown() throws {
    let rows =
      header
      + "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\" s=\"2\"><v>45366.4375</v></c>"
      + "<c r=\"C3\" s=\"3\"><v>1.5</v></c><c r=\"D3\" t=\"b\"><v>1</v></c></row>"
      + "<row r=\"4\"><c r=\"A4\"><v>0.07</v></c><c r=\"D4\" t=\"b\"><v>0</v></c></row>"
      + "<row r=\"5\"><c r=\"A5\"><v>7.0000000000000007E-2</v></c><c r=\"B5\" t=\"e\"><v>#N/A</v></c></row>"
    let loaded = try load(ZipFixture.workbook([("One", rows)], strings: strings), path: "x.xlsx")
    #expect(loaded.table.schema.columns.map(\.header) == ["id", "Opened at", "Spent", "Ok"])
    #expect(loaded.cells("id") == ["1.0", "0.07", "0.07"])
    #expect(loaded.type("opened_at") == .time)
    #expect(loaded.cells("opened_at").first == "1710498600")
    #expect(loaded.type("spent") == .duration && loaded.cells("spent").first == "129600")
    #expect(loaded.cells("ok") == ["1", "0", nil])
    #expect(loaded.report.notes.contains { $0.contains("1 cells with an error") })
  }

  @Test func skipsRowsBehindTheTable() throws {
    func row(_ number: Int, _ cells: Int, _ text: String = "Ann") -> String {
      let cells = (0..<cells).map { _ in "<c t=\"str\"><v>\(text)</v></c>" }.joined()
      return "<row r=\"\(number)\">\(cells)</row>"
    }
    func rows(_ end: String) throws -> LoadedDataset {
      try load(
        ZipFixture.workbook(
          [("One", header + row(2, 4) + row(4, 1) + row(5, 3) + end)],
          strings: strings))
    }
    let report = try rows(row(7, 1, "All Cases") + row(8, 1))
    #expect(report.table.rowCount == 3)
    #expect(
      report.report.notes.contains("skipped 2 lines behind the table, the first is 'All Cases'"))
    #expect(try rows(row(6, 1)).table.rowCount == 4)
    #expect(try rows(row(7, 1) + row(8, 2)).table.rowCount == 5)
    #expect(try rows("<row r=\"7\"><c><v>12</v></c></row>").table.rowCount == 4)
  }

  @Test func skipsRowsOfBlanks() throws {
    let blank = "<c r=\"D9\" t=\"str\"><v> </v></c>"
    let rows = header + "<row r=\"2\"><c><v>1</v></c></row><row r=\"9\">\(blank)</row>"
    let loaded = try load(ZipFixture.workbook([("One", rows)], strings: strings))
    #expect(loaded.table.rowCount == 1)
  }

  @Test func readsPercents() throws {
    let rows =
      "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>share</v></c></row>"
      + "<row r=\"2\"><c r=\"A2\" s=\"4\"><v>0.57</v></c></row>"
      + "<row r=\"3\"><c r=\"A3\" s=\"4\"><v>1</v></c></row>"
      + "<row r=\"4\"><c r=\"A4\" s=\"4\"><v>0.28999999999999998</v></c></row>"
    let loaded = try load(ZipFixture.workbook([("One", rows)], strings: strings), path: "x.xlsx")
    #expect(loaded.type("share") == .percent)
    #expect(loaded.cells("share") == ["57", "100", "29"])
  }

  @Test func readsSheetsThatBeginElsewhere() throws {
    let rows =
      "<row r=\"3\"><c r=\"C3\" t=\"s\"><v>0</v></c><c r=\"D3\" t=\"str\"><v>n</v></c></row>"
      + "<row r=\"4\"><c r=\"C4\"><v>1</v></c><c r=\"D4\"><f>1+1</f></c></row>"
      + "<row r=\"5\"><c r=\"C5\"><v>2</v></c><c r=\"D5\"><f>1+1</f><v>2</v></c></row>"
    let loaded = try load(ZipFixture.workbook([("One", rows)], strings: strings))
    #expect(loaded.table.schema.columns.map(\.name) == ["id", "n"])
    #expect(loaded.cells("n") == [nil, "2"])
    #expect(loaded.report.notes.contains { $0.contains("1 formulas have no result") })
  }

  @Test func choosesSheets() throws {
    let other = "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row><row><c><v>7</v></c></row>"
    let bytes = ZipFixture.workbook(
      [("Empty", ""), ("One", header), ("Two &amp; more", other)], strings: strings)
    let first = try load(bytes)
    #expect(first.table.columns.count == 4 && first.table.rowCount == 0)
    #expect(first.report.notes.contains { $0.contains("'One'") && $0.contains("'Two & more'") })
    #expect(try load(bytes, mappings: [("sheet", "two & More")]).cells("a") == ["7"])
    #expect(failure(bytes, mappings: [("sheet", "Three")])?.code == "unknown-sheet")
  }

  @Test func namesTheRowsOfProblems() throws {
    var rows = "<row r=\"1\"><c t=\"inlineStr\"><is><t>A report</t></is></c></row><row r=\"3\">"
    for name in ["n", "x", "y"] { rows += "<c t=\"inlineStr\"><is><t>\(name)</t></is></c>" }
    rows += "</row>"
    for row in 0..<200 {
      let value =
        row == 50 ? "<c t=\"str\"><v>bad</v></c>" : "<c><v>\(row)</v></c>"
      rows += "<row r=\"\(row * 2 + 5)\">\(value)<c><v>1</v></c><c><v>2</v></c></row>"
    }
    let loaded = try load(ZipFixture.workbook([("One", rows)]))
    #expect(loaded.table.rowCount == 200)
    #expect(loaded.report.notes.contains { $0.contains("named in row 3") })
    #expect(loaded.report.problems.first?.line == 105)
  }

  @Test(
    arguments: [
      (45_366.0, "2024-03-15"), (1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"),
      (45_366.999_999_999_9, "2024-03-16"), (36_526.5, "2000-01-01 12:00:00"), (60, nil), (-1, nil),
      (2_958_465, "9999-12-31"), (0.25, nil),
    ] as [(Double, String?)])
  func knowsDates(serial: Double, text: String?) {
    #expect(ExcelDate.text(serial, .date, is1904: false) == text)
  }

  @Test func knowsFormats() {
    #expect(ExcelDate.text(45_366, .moment, is1904: false) == "2024-03-15 00:00:00")
    #expect(ExcelDate.text(0, .date, is1904: true) == "1904-01-01")
    #expect(ExcelDate.text(43_904, .date, is1904: true) == "2024-03-15")
    for (code, format) in [
      ("General", .number), ("0.00%", .percent), ("#,##0.00 \"days\"", .number), ("d/m/yy", .date),
      ("d/m/yy h:mm", .moment),
      ("[$-409]mmm d, yyyy", .date), ("h:mm AM/PM", .clock), ("[h]:mm", .duration),
      ("mm:ss", .clock),
      ("\\d0", .number), ("0;[Red]-0\" d\"", .number), ("mmm", .date),
    ] as [(String, ExcelDate.Format)] {
      #expect(ExcelDate.format(code) == format, "\(code)")
    }
  }

  @Test func refusesDamagedFiles() {
    let bytes = ZipFixture.workbook([("One", header)], strings: strings)
    for length in stride(from: 4, to: bytes.count - 1, by: 37) {
      let code = failure(Array(bytes[..<length]))?.code
      #expect(code == "damaged" || code == "truncated", "\(length): \(code ?? "loaded")")
    }
    for (rows, word) in [
      ("<row><c r=\"A1\" t=\"s\"><v>9</v></c></row>", "refers to a text"),
      ("<row><c r=\"A1\"><v>1</v>", "too early"), ("<!DOCTYPE x><row/>", "document type"),
      ("<row><c r=\"ZZZZ1\"><v>1</v></c></row>", "columns"),
    ] {
      let error = failure(ZipFixture.workbook([("One", rows)]))
      #expect(error?.code == "damaged", "\(rows)")
      #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
    }
    #expect(failure([0xD0, 0xCF, 0x11, 0xE0, 0])?.message.contains("old Excel") == true)
  }
}
