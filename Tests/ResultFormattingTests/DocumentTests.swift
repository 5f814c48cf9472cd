import Foundation
import FoundationXML
@testable import ResultFormatting
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
    #expect(written.contains("text-align: left\">81.0–87.1</small>"))
    #expect(written.contains("text-align: left\"></small>"), "values above each other are aligned")
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

  @Test func charactersThatXMLForbidsAreWrittenOut() {
    let table = Drawn.table(
      "x", .bar, keys: [Drawn.key("k", ["a\u{FFFE}", "b\u{FFFF}"])],
      measures: [Drawn.measure("n", .count, [1, 2])])
    #expect(isWellFormed(text(table, .svg)))
    #expect(text(table, .svg).contains("b\\u{FFFF}"))
  }

  @Test func aPictureOfItsOwnHasItsNotes() {
    var table = Drawn.byChannel
    table.notes = [String(repeating: "word ", count: 60) + "end"]
    let written = text(table, .svg)
    #expect(written.contains("end</text>") && written.contains(">word word "))
    #expect(!text(table, .report).contains("<text x=\"0\" y=\"0\">word"))
  }

  /// The contrast of each number in a heat map with the cell behind it, in light and dark.
  @Test func numbersInAHeatMapCanBeRead() {
    let values = (0...100).map { Double($0) as Double? }
    let table = Drawn.table(
      "x", .heat,
      keys: [Drawn.key("a", values.map { _ in "a" }), Drawn.key("b", (0...100).map { "\($0)" })],
      measures: [Drawn.measure("n", .count, values)])
    #expect(text(table, .svg).contains("svg .onmiddle{fill:#000}"))
    func part(_ colour: Int, _ shift: Int) -> Double { Double(colour >> shift & 0xFF) }
    func light(_ colour: Int) -> Double {
      func linear(_ shift: Int) -> Double {
        let value = part(colour, shift) / 255
        return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
    }
    func mixed(_ top: Int, _ bottom: Int, _ share: Double) -> Int {
      var colour = 0
      for shift in [16, 8, 0] {
        let value = part(top, shift) * share + part(bottom, shift) * (1 - share)
        colour |= Int(value) << shift
      }
      return colour
    }
    let modes = [
      (page: 0xFFFFFF, fill: 0x0969DA, faint: 0x000000, full: 0xFFFFFF),
      (page: 0x0D1117, fill: 0x58A6FF, faint: 0xFFFFFF, full: 0x000000),
    ]
    for percent in 0...100 {
      let fraction = Double(percent) / 100
      let style = SVGChart.ink(onFraction: fraction)
      for mode in modes {
        let ink = style == "onfaint" ? mode.faint : style == "onfull" ? mode.full : 0
        let cell = light(mixed(mode.fill, mode.page, SVGChart.opacity(fraction)))
        let ends = [light(ink), cell].sorted()
        let contrast = (ends[1] + 0.05) / (ends[0] + 0.05)
        #expect(contrast >= 4.45, "\(percent) on \(mode.page)")
      }
    }
  }
}
