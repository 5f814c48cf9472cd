import Testing

@testable import ResultFormatting

@Suite("Pictures in a terminal")
struct ChartTests {
  @Test func kinds() throws {
    func kind(_ table: ResultTable, _ chart: Chart = .automatic) throws -> String {
      var table = table
      table.chart = chart
      let model = try #require(
        ChartBuilder.model(of: table, options: FormatOptions(format: .chart)))
      switch model.picture {
      case .bars: return "bar"
      case .lines: return "line"
      case .heat: return "heat"
      case .spark: return "spark"
      }
    }
    #expect(try kind(Drawn.byChannel) == "bar")
    #expect(try kind(Drawn.byMonth) == "line")
    #expect(try kind(Drawn.byMonthAndChannel) == "line")
    #expect(try kind(Drawn.byWeekdayAndHour) == "heat")
    #expect(try kind(Drawn.byMonth, .bar) == "bar")
    #expect(try kind(Drawn.byMonthAndChannel, .spark) == "spark")
    #expect(try kind(Drawn.byChannel, .heat) == "bar", "a heat map needs two keys")
    let many = Drawn.table(
      "", .automatic,
      keys: [
        Drawn.key("month", Array(repeating: "2024-01", count: 9)),
        Drawn.key("tag", (0..<9).map { "t\($0)" }),
      ], measures: [Drawn.measure("tickets", .count, (0..<9).map { Double($0) })])
    #expect(try kind(many) == "spark", "nine lines cannot be told apart")
    #expect(try kind(column([.number(1)], unit: .count)) == "bar")
    let texts = column([.text("a")], role: .key)
    #expect(ChartBuilder.model(of: texts, options: FormatOptions(format: .chart)) == nil)
  }

  @Test func periodsHavePlaces() {
    let order = ["2023", "2024"].map { PeriodOrdinal($0)?.index }
    #expect(order == [2023, 2024])
    func gap(_ a: String, _ b: String) -> Int? {
      guard let a = PeriodOrdinal(a), let b = PeriodOrdinal(b), a.grain == b.grain else {
        return nil
      }
      return b.index - a.index
    }
    #expect(gap("2023-12", "2024-01") == 1)
    #expect(gap("2023-Q4", "2024-Q1") == 1)
    #expect(gap("2020-W53", "2021-W01") == 1)
    #expect(gap("2024-02-28", "2024-03-01") == 2)
    #expect(gap("2024-03-15T23", "2024-03-16T00") == 1)
    #expect(gap("2024", "2024-01") == nil)
    for text in ["", "24", "2024-13", "2024-Q5", "2024-W54", "2024-1", "2024-03-15T", "2024-03-x"] {
      #expect(PeriodOrdinal(text) == nil, "\(text)")
    }
  }

  @Test func scalesAreRound() {
    func ticks(_ values: [Double], _ unit: ValueUnit, zero: Bool = false) -> [String] {
      let scale = ChartScale(covering: values, unit: unit, startsAtZero: zero)
      return scale.ticks.map { scale.text($0) }
    }
    #expect(ticks([81, 93], .percent) == ["80%", "85%", "90%", "95%"])
    #expect(ticks([97, 99.5], .percent) == ["97%", "98%", "99%", "100%"])
    #expect(ticks([0, 37], .count) == ["0", "10", "20", "30", "40"])
    #expect(ticks([1, 2], .count, zero: true) == ["0", "1", "2"])
    #expect(ticks([600, 8000], .duration) == ["0s", "1h", "2h", "3h"])
    #expect(ticks([-30, 52], .points, zero: true) == ["-40", "-20", "0", "20", "40", "60"])
    #expect(ticks([0.1, 0.13], .number) == ["0.10", "0.11", "0.12", "0.13"])
    #expect(ticks([], .number) == ["0.0", "0.5", "1.0"])
    for extreme in [1e308, -1e308, 5e-324, .infinity, .nan] as [Double] {
      let scale = ChartScale(covering: [0, extreme], unit: .number, startsAtZero: true)
      #expect((0...1).contains(scale.fraction(extreme)) || extreme.isNaN)
      #expect(scale.ticks.count < 20)
    }
  }

  @Test func intoAPipeAPictureChangesNothing() {
    var plain = Drawn.byChannel
    plain.chart = nil
    for format in OutputFormat.allCases
    where format != .chart && format != .svg && format != .report {
      #expect(text(Drawn.byChannel, format) == text(plain, format))
    }
  }

  @Test(arguments: [20, 40, 60, 80, 120, 200], [false, true])
  func noLineIsWiderThanTheScreen(width: Int, ascii: Bool) {
    for table in DocumentTests.drawn {
      for color in [false, true] {
        let written = text(
          table, .table, terminal: .init(width: width, usesColor: color), ascii: ascii)
        let plain = written.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        let widest = plain.split(separator: "\n").map { DisplayWidth.of(String($0)) }.max() ?? 0
        #expect(widest <= width, "\(table.title)\n\(plain)")
        if ascii { #expect(plain.utf8.allSatisfy { $0 < 0x80 }, "\(plain)") }
        if !color { #expect(plain == written) }
      }
    }
  }

  @Test func theLargestNumbersHaveTheirPlace() {
    let scale = ChartScale(
      covering: [1e300, -1e300, 92], unit: .number, startsAtZero: true, tickCount: 5)
    #expect(scale.ticks.map { scale.text($0) } == ["-1e+300", "-5e+299", "0", "5e+299", "1e+300"])
    #expect([1e300, -1e300, 0].map(scale.fraction) == [1, 0, 0.5])
    let most = Double.greatestFiniteMagnitude
    let whole = ChartScale(covering: [most, -most], unit: .number, startsAtZero: true)
    #expect([most, -most, 0].map(whole.fraction) == [1, 0, 0.5])
  }
}
