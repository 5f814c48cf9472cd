import Foundation
import ResultFormatting
import Testing

/// Every scalar that a terminal acts on or that hides text, found by rules of their own here.
private let dangerous: [Unicode.Scalar] =
  (Array(0x00...0x1F) + Array(0x7F...0x9F) + [0x061C, 0x200E, 0x200F, 0x2028, 0x2029]
  + Array(0x202A...0x202E) + Array(0x2066...0x2069) + [0xFEFF])
  .compactMap { Unicode.Scalar(UInt32($0)) }

@Suite("No control byte reaches a screen")
struct OutputSafetyTests {
  static let shownFormats: [OutputFormat] = [
    .table, .markdown, .html, .vertical, .json, .jsonl, .chart, .svg, .report,
  ]
  static let pictureFormats: [OutputFormat] = [.table, .chart, .svg, .report]

  @Test(arguments: shownFormats)
  func dangerousScalarsAreEscaped(format: OutputFormat) {
    for scalar in dangerous {
      let foul = "a\(scalar)b"
      let written = text(foulTable(foul), format)
      let left = written.unicodeScalars.filter { $0 != "\n" && dangerous.contains($0) }
      #expect(left.isEmpty, "U+\(String(scalar.value, radix: 16)) as \(format)")
      // A line end of the data must not become one of the text.
      let clean = text(foulTable("a-b"), format)
      #expect(written.filter { $0 == "\n" }.count == clean.filter { $0 == "\n" }.count)
    }
  }

  @Test(arguments: shownFormats)
  func everyByteValue(format: OutputFormat) {
    for byte in UInt8.min...UInt8.max {
      let foul = String(decoding: [0x61, byte, 0x62], as: UTF8.self)
      let written = text(foulTable(foul), format, terminal: .init(width: 60))
      #expect(!written.unicodeScalars.contains { $0 != "\n" && dangerous.contains($0) })
    }
  }

  @Test(arguments: pictureFormats, Chart.allCases)
  func everyByteValueInPictures(format: OutputFormat, chart: Chart) {
    let bytes = (UInt8.min...UInt8.max).map { String(decoding: [0x61, $0, 0x62], as: UTF8.self) }
    let all = bytes + dangerous.map { "a\($0)b" } + ["<script>'\"&]]>"]
    for start in stride(from: 0, to: all.count, by: 30) {
      let table = foulPicture(Array(all[start..<min(start + 30, all.count)]), chart)
      let written = text(table, format, terminal: .init(width: 60))
      #expect(!written.unicodeScalars.contains { $0 != "\n" && dangerous.contains($0) })
      if format.isDocument { #expect(!written.contains("<script")) }
    }
  }

  @Test func jsonReadsBack() throws {
    for scalar in dangerous + ["é", "日", "👩"] {
      let foul = "a\(scalar)\"\\b"
      let data = Data(text(foulTable(foul), .json).utf8)
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let row = try #require((object["rows"] as? [[String: Any]])?.first)
      let cell = try #require(row[foul] as? String)
      #expect(Array(cell.unicodeScalars) == Array(foul.unicodeScalars))
    }
  }

  @Test func csvReadsBack() {
    var generator = SplitMix(state: 11)
    let letters: [Character] = ["a", ",", "\"", "\n", "é", ";", "\r", " "]
    for _ in 0..<2_000 {
      let rows = (0..<3).map { _ in
        (0..<2).map { _ in
          String(
            (0..<Int.random(in: 0...4, using: &generator)).map { _ in
              letters.randomElement(using: &generator) ?? "a"
            })
        }
      }
      let table = ResultTable(
        columns: (0..<2).map { index in
          ResultColumn(
            name: "c\(index)", unit: .text, role: .key, values: rows.map { .text($0[index]) })
        })
      #expect(parseCSV(text(table, .csv)).dropFirst() == rows[...])
    }
  }

  @Test func printableKeepsWhatCanBeSeen() {
    #expect(Printable.text("plain") == "plain")
    #expect(Printable.text("é 日本 👩‍👩‍👧 ñ") == "é 日本 👩‍👩‍👧 ñ")
    #expect(Printable.text("a\r\nb\nc\td") == "a↵b↵c⇥d")
    #expect(Printable.text("\u{1B}[31m\u{7}") == "\\u{1B}[31m\\u{07}")
    #expect(Printable.text("\u{202E}") == "\\u{202E}")
    #expect(Printable.lines("a\nb\u{1B}") == "a\nb\\u{1B}")
  }

  private func foulTable(_ foul: String) -> ResultTable {
    ResultTable(
      title: foul,
      columns: [
        ResultColumn(name: foul, unit: .text, role: .key, values: [.text(foul)]),
        ResultColumn(name: "l", unit: .text, role: .key, values: [.list([foul])]),
        ResultColumn(name: "m", unit: .count, role: .measure, values: [.label(foul)]),
      ], notes: [foul])
  }

  private func foulPicture(_ fouls: [String], _ chart: Chart) -> ResultTable {
    let all = fouls.joined()
    var table = ResultTable(
      title: all,
      columns: [
        ResultColumn(name: all, unit: .text, role: .key, values: fouls.map { .text($0) }),
        ResultColumn(
          name: all + "2", unit: .text, role: .key, values: fouls.reversed().map { .text($0) }),
        ResultColumn(
          name: all + "3", unit: .count, role: .measure,
          values: [.label(all)] + fouls.indices.dropFirst().map { .integer(Int64($0)) }),
      ], notes: [all])
    table.chart = chart
    return table
  }

  /// A reader of RFC 4180 on scalars, apart from the writer under test.
  private func parseCSV(_ text: String) -> ArraySlice<[String]> {
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if isQuoted {
        if scalar == "\"" {
          if index + 1 < scalars.count && scalars[index + 1] == "\"" {
            field.append(scalar)
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          field.append(scalar)
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," {
        row.append(String(field))
        field = .init()
      } else if scalar == "\n" {
        rows.append(row + [String(field)])
        row = []
        field = .init()
      } else {
        field.append(scalar)
      }
      index += 1
    }
    return rows[...]
  }
}
