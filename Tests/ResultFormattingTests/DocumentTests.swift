import Foundation
import FoundationXML
import ResultFormatting
import Testing

@Suite("Documents")
struct DocumentTests {
  static let drawn: [ResultTable] =
    [Drawn.byChannel, Drawn.byMonth, Drawn.byMonthAndChannel, Drawn.byWeekdayAndHour]
    + [Drawn.byMonth, Drawn.byMonthAndChannel].map { table in
      var table = table
      table.chart = .spark
      return table
    }

  @Test(arguments: drawn)
  func aPictureIsWellFormedAndFinite(table: ResultTable) {
    let written = text(table, .svg)
    #expect(isWellFormed(written))
    #expect(written.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"792\""))
    #expect(!written.contains("nan") && !written.contains("inf"))
    #expect(written.contains("prefers-color-scheme:dark"))
    #expect(text(table, .report).contains("<svg viewBox="))
  }

  @Test func nothingIsFetched() {
    for table in Self.drawn {
      let sources =
        text(table, .report) + text(table, .svg).replacing("http://www.w3.org/2000", with: "")
      for word in ["http:", "https:", "src=", "href", "url(", "@import", "<script", "<link"] {
        #expect(!sources.contains(word), "\(word)")
      }
    }
  }

  @Test func namesAreEscaped() {
    let foul = "<img src=x onerror=alert(1)>\"'&]]>"
    let table = Drawn.table(
      foul, .bar, keys: [Drawn.key(foul, [foul, "b"])],
      measures: [Drawn.measure(foul, .count, [1, 2])])
    for format in [OutputFormat.svg, .report] {
      #expect(!text(table, format).contains("<img"))
    }
    #expect(isWellFormed(text(table, .svg)))
  }

  @Test func aSheetHoldsEveryPicture() {
    var sheet = ResultDocument(options: FormatOptions(format: .svg))
    var kept: [Bool] = []
    for table in [Drawn.byChannel, sample, Drawn.byMonth, column([.text("a")], role: .key)] {
      kept.append(sheet.add(table) {})
    }
    #expect(kept == [true, true, true, false])
    sheet.add(text: "a plan")
    let written = String(decoding: sheet.bytes, as: UTF8.self)
    #expect(isWellFormed(written))
    for title in ["csat by channel", "csat by month"] { #expect(written.contains(title)) }
    #expect(!written.contains("a plan"))
  }

  @Test func aReportHoldsTitlesTablesPicturesAndNotes() {
    var report = ResultDocument(options: FormatOptions(format: .report))
    for table in [sample, Drawn.byMonth] { _ = report.add(table) {} }
    report.add(text: "a <plan>")
    let written = String(decoding: report.bytes, as: UTF8.self)
    #expect(written.contains("<title>csat by channel</title>"))
    #expect(written.components(separatedBy: "<table>").count == 3)
    #expect(
      written.components(separatedBy: "<svg ").count == 2, "only where a picture is asked for")
    #expect(written.contains("<p>Only 12 of 340 tickets were rated.</p>"))
    #expect(written.contains("84.2% <small>81.0–87.1</small>"))
    #expect(written.contains("<pre>a &lt;plan&gt;</pre>"))
  }

  @Test(arguments: [1e308, 5e-324, 1e15, 0, 0.1])
  func extremeNumbersAreDrawn(number: Double) {
    for chart in Chart.allCases {
      let table = Drawn.table(
        "extremes", chart, keys: [Drawn.key("month", ["2024-01", "2024-02", "2024-03"])],
        measures: [Drawn.measure("x", .number, [number, -number, number / 3])])
      #expect(isWellFormed(text(table, .svg)))
      #expect(!text(table, .chart).isEmpty)
    }
  }

  private func isWellFormed(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }
}
