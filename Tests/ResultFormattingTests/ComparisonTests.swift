@testable import ResultFormatting
import Testing

@Suite("Comparisons in tables")
struct ComparisonTests {
  /// CSAT against the month before: proven, chance, unchanged and without a baseline.
  static let table = ResultTable(columns: [
    ResultColumn(
      name: "channel", unit: .text, role: .key,
      values: [.text("chat"), .text("email"), .text("phone"), .text("sms")]),
    ResultColumn(
      name: "csat", unit: .percent, better: .higher, role: .measure,
      values: [.number(72), .number(72), .number(80), .number(60)]),
    ResultColumn(
      name: "csat_previous", unit: .percent, role: .companion(of: 1, .baseline),
      values: [.number(80), .number(80), .number(80), .missing]),
    ResultColumn(
      name: "csat_change", unit: .percent, role: .companion(of: 1, .change),
      values: [.number(-8), .number(-8), .number(0), .missing],
      intervals: [
        ValueInterval(low: -11.71, high: -4.26), ValueInterval(low: -19.59, high: 3.86),
        ValueInterval(low: -5, high: 5), nil,
      ]),
    ResultColumn(
      name: "csat_change_pct", unit: .percent, role: .companion(of: 1, .changePercent),
      values: [.number(-10), .number(-10), .number(0), .missing]),
    ResultColumn(
      name: "csat_p", unit: .number, role: .companion(of: 1, .pValue),
      values: [.number(0.0000286), .number(0.1845), .number(1), .missing]),
  ])

  @Test func onAWideTerminal() {
    #expect(
      text(Self.table, .table, terminal: .init(width: 130)) == """
        ┌─────────┬───────┬───────────────┬───────────────────────────────────┬─────────────────┬──────────┐
        │ channel │  csat │ csat_previous │                       csat_change │ csat_change_pct │   csat_p │
        ├─────────┼───────┼───────────────┼───────────────────────────────────┼─────────────────┼──────────┤
        │ chat    │ 72.0% │         80.0% │ ▼ -8.0  -11.7 to -4.3             │        ▼ -10.0% │ p <0.001 │
        │ email   │ 72.0% │         80.0% │ ▼ -8.0  -19.6 to +3.9, not proven │        ▼ -10.0% │   p 0.18 │
        │ phone   │ 80.0% │         80.0% │    0.0  -5.0 to +5.0              │            0.0% │   p 1.00 │
        │ sms     │ 60.0% │             – │      –                            │               – │        – │
        └─────────┴───────┴───────────────┴───────────────────────────────────┴─────────────────┴──────────┘

        """)
  }

  @Test func intervalsGoBeforeTheWords() {
    let written = text(Self.table, .table, terminal: .init(width: 92))
    #expect(!written.contains("-19.6"))
    #expect(written.contains("▼ -8.0  not proven"))
    #expect(written.contains("▼ -10.0%"))
    #expect(written.contains("p <0.001"))
  }

  @Test func whatIsProvenHasAColourAndWhatIsNotIsDim() {
    let terminal = FormatOptions.Terminal(width: 130, usesColor: true)
    let lines = text(Self.table, .table, terminal: terminal).split(separator: "\n")
    #expect(lines[3].contains("\u{1B}[31m▼ -8.0\u{1B}[0m"))
    #expect(lines[3].contains("\u{1B}[31m▼ -10.0%\u{1B}[0m"))
    #expect(lines[4].contains("\u{1B}[2m▼ -8.0\u{1B}[0m"))
    #expect(lines[4].contains("\u{1B}[2m▼ -10.0%\u{1B}[0m"))
    #expect(lines[4].contains("\u{1B}[2m-19.6 to +3.9, not proven\u{1B}[0m"))
  }

  @Test func otherFormatsSayItToo() {
    #expect(text(Self.table, .markdown).contains("▼ -8.0 (-19.6 to +3.9, not proven)"))
    #expect(
      text(Self.table, .vertical).contains(
        "csat_change:     ▼ -8.0  -19.6 to +3.9, not proven\n"))
    for format in [OutputFormat.html, .report] {
      #expect(text(Self.table, format).contains(">-19.6 to +3.9, not proven</small>"))
    }
    #expect(text(Self.table, .csv).contains("email,72,80,-8,-10,0.1845\n"))
  }

  @Test func chances() {
    let values: [(Double, String)] = [
      (0.0009, "p <0.001"), (0.0012, "p 0.001"), (0.04, "p 0.04"), (0.0496, "p 0.050"),
      (0.051, "p 0.051"), (0.18, "p 0.18"), (1, "p 1.00"),
    ]
    let table = column(
      values.map { .number($0.0) }, unit: .number, role: .companion(of: 0, .pValue))
    let cells = text(table, .vertical).split(separator: "\n").map { String($0.dropFirst(3)) }
    #expect(cells == values.map(\.1))
  }
}

@Suite("Tables that explain")
struct WrappingTests {
  @Test func longTextsGoOnBelow() {
    let table = ResultTable(
      title: "describe csat",
      columns: [
        ResultColumn(
          name: "property", unit: .text, role: .key, values: [.text("meaning"), .text("unit")]),
        ResultColumn(
          name: "value", unit: .text, role: .key,
          values: [.text("the share of answers that are good, of all answers"), .text("percent")]),
      ])
    #expect(
      text(table, .table, terminal: .init(width: 40)) == """
        describe csat
        ┌──────────┬───────────────────────────┐
        │ property │ value                     │
        ├──────────┼───────────────────────────┤
        │ meaning  │ the share of answers that │
        │          │ are good, of all answers  │
        │ unit     │ percent                   │
        └──────────┴───────────────────────────┘

        """)
    #expect(!text(table, .table, terminal: .init(width: 20)).contains("…"))
  }

  @Test func proseGoesOnFurtherIn() {
    let plan = "scan surveys\n  where kind is one of 'csat' and the rest\n"
    #expect(
      Printable.lines(plan, width: 30)
        == "scan surveys\n  where kind is one of\n      'csat' and the rest\n")
    #expect(Printable.lines(plan, width: 80) == plan)
  }

  @Test(arguments: 1...30)
  func noLineIsTooWideAndNothingIsLost(width: Int) {
    let words = "a bb ccc dddddddddddddddddddd 日本語 ee  f"
    let lines = DisplayWidth.wrapped(words, to: width)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= max(width, 2) })
    #expect(lines.joined().filter { $0 != " " } == words.filter { $0 != " " })
  }
}
