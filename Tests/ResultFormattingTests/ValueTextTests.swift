import ResultFormatting
import Testing

@Suite("Values as text")
struct ValueTextTests {
  @Test func plainNumbers() {
    let numbers: [Double] = [
      100, -0.0, 0.1, 1.0 / 3, 1e15, 9_007_199_254_740_992, 1e300, .leastNonzeroMagnitude,
    ]
    #expect(
      cells(numbers.map { .number($0) }, unit: .number) == [
        "100", "0", "0.1", "0.3333333333333333", "1000000000000000", "9007199254740992", "1e+300",
        "5e-324",
      ])
    #expect(cells([.integer(.min), .integer(.max)], unit: .count).first == "-9223372036854775808")
  }

  @Test func shortestTextReadsBackAsTheSameNumber() throws {
    var generator = SplitMix(state: 7)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let cell = try #require(cells([.number(number)], unit: .number).first)
      #expect(Double(cell) == number)
    }
  }

  @Test func whatIsNotFiniteIsMissing() {
    let values: [ResultValue] = [.number(.nan), .number(.infinity), .time(.nan)]
    #expect(
      text(column(values, unit: .number), .jsonl) == String(repeating: "{\"x\":null}\n", count: 3))
    #expect(shown(values, unit: .number) == ["–", "–", "–"])
  }

  @Test func times() {
    let values: [ResultValue] = [
      .time(1_710_496_800), .time(0), .time(-1), .time(1_710_496_800.25), .time(951_782_400),
      .time(253_402_300_799),
    ]
    #expect(
      cells(values, unit: .time) == [
        "2024-03-15T10:00:00Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
        "2024-03-15T10:00:00.25Z", "2000-02-29T00:00:00Z", "9999-12-31T23:59:59Z",
      ])
    #expect(
      cells([.time(1_710_460_800), .time(-86_400)], unit: .date) == ["2024-03-15", "1969-12-31"])
    #expect(cells([.number(1_710_496_800)], unit: .time) == ["2024-03-15T10:00:00Z"])
  }

  @Test func theZoneIsTheCallers() {
    let options = FormatOptions(format: .vertical, instantText: { "<\(Int($0))>" })
    let table = column([.time(5)], unit: .time)
    #expect(ResultFormatter.text(of: table, options: options) == "x: <5>\n")
  }

  @Test func durations() {
    let texts: [(Double, String)] = [
      (0, "0s"), (0.01, "<0.1s"), (4.5, "4.5s"), (9.99, "10s"), (45, "45s"), (59.6, "1m"),
      (60, "1m"), (750, "12m 30s"), (3599.7, "1h"), (8040, "2h 14m"), (86_399, "1d"),
      (273_600, "3d 4h"), (-8040, "-2h 14m"), (86_400_000, "1,000d"), (1e300, "1e+300s"),
    ]
    #expect(shown(texts.map { .number($0.0) }, unit: .duration) == texts.map(\.1))
  }

  @Test func percents() {
    let texts: [(Double, String)] = [
      (84.25, "84.3%"), (0, "0.0%"), (0.04, "<0.1%"), (99.97, ">99.9%"), (100, "100.0%"),
      (-3.21, "-3.2%"),
    ]
    #expect(shown(texts.map { .number($0.0) }, unit: .percent) == texts.map(\.1))
  }

  @Test func numbersShareTheirDecimals() {
    #expect(shown([.number(1), .number(2)], unit: .number) == ["1", "2"])
    #expect(shown([.number(1), .number(2.5)], unit: .number) == ["1.00", "2.50"])
    // Amounts of money keep their cents, and what is computed the digits that matter.
    #expect(shown([.number(1234.56), .number(-0.01)], unit: .number) == ["1,234.56", "-0.01"])
    #expect(shown([.number(1234.56789), .number(2)], unit: .number) == ["1,234.6", "2.0"])
    // What is little is not nothing.
    #expect(
      shown([.number(1234.56789), .number(0.0123), .number(-2e-9), .number(0)], unit: .number)
        == ["1,234.6", "0.0123", "-2e-09", "0.0"])
    #expect(shown([.number(1234.5)], unit: .number, role: .key) == ["1,234.5"])
    #expect(shown([.number(0.12345)], unit: .number) == ["0.1235"])
    #expect(shown([.integer(1_234_567)], unit: .count) == ["1,234,567"])
  }

  @Test func keysAreNotGroupedInThousands() {
    #expect(shown([.integer(12345)], unit: .number, role: .key) == ["12345"])
  }

  @Test func onlyAGroupingKeyHasNone() {
    #expect(text(sample, .vertical).contains("channel: (none)"))
    #expect(shown([.missing], unit: .text, role: .key) == ["–"])
  }

  @Test func changesPointUpAndDown() {
    let table = ResultTable(columns: [
      ResultColumn(
        name: "csat", unit: .percent, better: .higher, role: .measure,
        values: [.number(80), .number(80), .number(80), .missing]),
      ResultColumn(
        name: "csat_change", unit: .percent, role: .companion(of: 0, .change),
        values: [.number(3.14), .number(-3.14), .number(0), .missing]),
      ResultColumn(
        name: "csat_change_pct", unit: .percent, better: .lower,
        role: .companion(of: 0, .changePercent),
        values: [.number(3.14), .number(-3.14), .number(0), .missing]),
    ])
    let lines = text(table, .table, terminal: .init(width: 80, usesColor: true))
      .split(separator: "\n")
    #expect(lines[3].contains("\u{1B}[32m▲ +3.1\u{1B}[0m"))
    #expect(lines[3].contains("\u{1B}[31m▲ +3.1%\u{1B}[0m"))
    #expect(lines[4].contains("\u{1B}[31m▼ -3.1\u{1B}[0m"))
    #expect(lines[5].contains(" 0.0 "))
    #expect(!lines[5].contains("\u{1B}[32m"))
    #expect(text(table, .csv).contains("80,3.14,3.14\n"))
  }
}

/// A small seeded generator, so that a failure can be run again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
