import Foundation
import ResultFormatting
import Testing

@Suite("Tables on a terminal")
struct TableLayoutTests {
  @Test func wideCharactersLineUp() {
    let words = ["a", "é", "e\u{301}", "日本", "👍", "👩‍👩‍👧", "🇩🇪", "👍🏽", "❤️", "한국", "ｆｕｌｌ"]
    let widths = [1, 1, 1, 4, 2, 2, 2, 2, 2, 4, 8]
    let table = column(words.map { .text($0) }, role: .key, name: "12345678")
    let lines = text(table, .table).split(separator: "\n").dropFirst(3)
    for (line, (word, width)) in zip(lines, zip(words, widths)) {
      let spaces = String(repeating: " ", count: 8 - width)
      #expect(line == "│ \(word)\(spaces) │")
    }
  }

  @Test func theWidestTextIsShortenedFirst() {
    let table = wide(texts: [40, 20])
    let written = text(table, .table, terminal: .init(width: 60))
    #expect(widest(written) == 60)
    #expect(written.contains("…"))
    #expect(written.contains(String(repeating: "y", count: 20)))
    #expect(widest(text(table, .table)) == 67, "into a file nothing is cut")
  }

  @Test(arguments: 1...100)
  func nothingIsWiderThanTheScreen(width: Int) {
    let table = wide(texts: [40, 20, 5, 70, 12])
    let limit = max(width, 5)
    let lines = text(table, .table, terminal: .init(width: width)).split(separator: "\n")
    #expect(lines.filter { "│┌├└".contains($0.prefix(1)) }.allSatisfy { $0.count <= limit })
  }

  @Test func hiddenColumnsAreCounted() {
    let table = wide(texts: Array(repeating: 12, count: 10))
    let written = text(table, .table, terminal: .init(width: 50))
    #expect(written.contains("10 columns (3 shown; "))
  }

  private func headers(_ names: [String], width: Int) -> [String] {
    let table = ResultTable(
      columns: names.map {
        ResultColumn(name: $0, unit: .count, role: .measure, values: [.integer(7)])
      })
    return text(table, .table, terminal: .init(width: width)).split(separator: "\n").dropFirst()
      .prefix { $0.hasPrefix("│") }.map(String.init)
  }

  @Test func longNamesGoOnBelow() {
    let names = ["agent", "tickets", "tickets_last_year", "tickets_change", "tickets_change_pct"]
    #expect(
      headers(names, width: 62) == [
        "│ agent │ tickets │    tickets_ │    tickets_ │     tickets_ │",
        "│       │         │   last_year │      change │   change_pct │",
      ])
    // What is left out gives its room to the names of the rest.
    #expect(
      headers(names, width: 57) == ["│ agent │ tickets │ tickets_last_year │ tickets_change │"])
    #expect(
      headers(["team", "normal median frt", "low"], width: 28) == [
        "│ team │      normal │ low │", "│      │  median frt │     │",
      ])
  }

  @Test func namesOfOneWordStayApartWhereTheyAreShortened() {
    #expect(
      headers(["refundshare", "refundshare_changeofallrows"], width: 32) == [
        "│ refundshare │ …angeofallrows │"
      ])
  }

  @Test func theAnswerGoesLast() throws {
    let table = ResultTable(columns: [
      ResultColumn(
        name: "topic", unit: .text, role: .key, values: [.text("Refund for a broken machine")]),
      ResultColumn(name: "csat", unit: .percent, role: .measure, values: [.number(50)]),
      ResultColumn(
        name: "csat_p", unit: .number, role: .companion(of: 1, .pValue), values: [.number(0.5)]),
      ResultColumn(name: "tickets", unit: .count, role: .measure, values: [.integer(7)]),
    ])
    func row(_ width: Int) -> Substring? {
      text(table, .table, terminal: .init(width: width)).split(separator: "\n").dropFirst(3).first
    }
    // How sure one can be goes before another answer, and the text is cut before the first one.
    #expect(row(36) == "│ Refund for a … │ 50.0% │       7 │")
    #expect(row(26) == "│ Refund for a … │ 50.0% │")
    #expect(row(18) == "│ Refun… │ 50.0% │")
  }

  @Test func longResultsShowHeadAndTail() {
    let table = column((0..<3000).map { .integer($0) }, unit: .count)
    let written = text(table, .table, terminal: .init(width: 80, hintForAll: "how"))
    #expect(written.split(separator: "\n").filter { $0.hasPrefix("│") }.count == 42)
    #expect(written.contains("│    19 │\n│     ⋮ │\n│ 2,980 │"))
    #expect(written.hasSuffix("3,000 rows (40 shown; how)\n"))
    #expect(text(table, .table).split(separator: "\n").filter { $0.hasPrefix("│") }.count == 3001)
  }

  @Test func numbersAndTimesAreNeverCut() {
    let values: [ResultValue] = [.time(1_710_496_800)]
    let table = ResultTable(
      columns: (0..<4).map { index in
        ResultColumn(name: "a_long_name_\(index)", unit: .time, role: .key, values: values)
      })
    for width in 23...100 {
      let written = text(table, .table, terminal: .init(width: width))
      let shown = written.components(separatedBy: "2024-03-15T10:00:00Z").count - 1
      #expect(shown == min(4, (width - 1) / 23) || width < 24)
    }
  }

  @Test func aLimitSaysOfHowManyRows() {
    var table = column([.integer(1)], unit: .count)
    table.uncutRowCount = 25
    #expect(text(table, .table).hasSuffix("1 of 25 rows\n"))
    var long = column((0..<60).map { .integer($0) }, unit: .count)
    long.uncutRowCount = 6000
    let written = text(long, .table, terminal: .init(width: 80))
    #expect(written.hasSuffix("60 of 6,000 rows (40 shown)\n"))
  }

  @Test func piecesMakeUpTheText() {
    let table = column((0..<50_000).map { .integer($0) }, unit: .count)
    for format in OutputFormat.allCases where !format.isDocument && format != .chart {
      var pieces: [[UInt8]] = []
      let options = FormatOptions(format: format)
      ResultFormatter.write(table, options: options) { pieces.append($0) }
      #expect(pieces.count > 1)
      #expect(pieces.allSatisfy { $0.count < 80_000 })
      let whole = String(decoding: pieces.joined(), as: UTF8.self)
      #expect(whole == ResultFormatter.text(of: table, options: options))
    }
  }

  @Test func whatTheSinkThrowsEndsTheWriting() {
    struct Full: Error {}
    let table = column((0..<50_000).map { .integer($0) }, unit: .count)
    var pieces = 0
    #expect(throws: Full.self) {
      try ResultFormatter.write(table, options: FormatOptions(format: .csv)) {
        (_: [UInt8]) throws(Full) in
        pieces += 1
        throw Full()
      }
    }
    #expect(pieces == 1)
  }

  private func wide(texts: [Int]) -> ResultTable {
    ResultTable(
      columns: texts.enumerated().map { index, length in
        ResultColumn(
          name: "c\(index)", unit: .text, role: .key,
          values: [.text(String(repeating: index == 1 ? "y" : "x", count: length))])
      })
  }

  private func widest(_ text: String) -> Int {
    text.split(separator: "\n").map(\.count).max() ?? 0
  }
}
