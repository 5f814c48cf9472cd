import ResultFormatting
import Testing

@Suite("Golden pictures")
struct GoldenChartTests {
  private let terminal = FormatOptions.Terminal(width: 60)

  @Test func bars() {
    #expect(
      text(Drawn.byChannel, .table, terminal: terminal) == """
        csat by channel
        chat   ███████████████████████████████▒▒▒▒──┤ 80.0%
        email  ███████████████████████████▌ 62.5%
        phone   –
        (none) ████████████████████████████████████████████ 100.0%

        """)
  }

  @Test func whiskersReachBelowZero() {
    let values = [(20.0, -10.0, 50.0), (-20, -50, 10), (-30, -40, -20), (30, 20, 40)]
    var table = ResultTable(
      columns: [
        ResultColumn(
          name: "k", unit: .text, role: .key, values: .init(["a", "b", "c", "d"].map { .text($0) })),
        ResultColumn(
          name: "nps", unit: .number, role: .measure, values: .init(values.map { .number($0.0) }),
          intervals: values.map { ValueInterval(low: $0.1, high: $0.2) }),
      ])
    table.chart = .bar
    #expect(
      text(table, .table, terminal: .init(width: 40)) == """
        a              ├──▒▒▒▒▒▒─────────┤ 20
        b ├─────────▒▒▒▒▒▒──┤ -20
        c    ├──▒▒▒▒██████ -30
        d                 ██████▒▒▒▒──┤ 30

        """)
  }

  @Test func barsInASCII() {
    #expect(
      text(Drawn.byChannel, .table, terminal: terminal, ascii: true) == """
        csat by channel
        chat   ###############################====--| 80.0%
        email  ############################ 62.5%
        phone   -
        (none) ############################################ 100.0%

        """)
  }

  @Test func aLine() {
    #expect(
      text(Drawn.byMonth, .table, terminal: terminal) == """
        csat by month
        85% ┤                                           ⠙⠢⢄
            │                                              ⠉⠢⢄⡀
            │                                                 ⠈⠒⢄⡀
            │                                                    ⠈⠑
        80% ┤                     ⢀
            │                  ⢀⠤⠊⠁
            │               ⢀⠤⠊⠁
        75% ┤            ⢀⡠⠒⠁
            │         ⢀⡠⠒⠁
            │      ⢀⠤⠊⠁
            │   ⣀⠔⠊⠁
        70% ┤⣠⠔⠊
            └───────────┬────────────────────┬────────────────────┬
                     2024-02              2024-04           2024-06

        """)
  }

  @Test func aLineInASCII() {
    #expect(
      text(Drawn.byMonth, .table, terminal: terminal, ascii: true) == """
        csat by month
        85% +                                          ':.
            |                                             ''..
            |                                                 ''..
            |                                                     '
        80% +                     .
            |                  ..'
            |                .'
        75% +             ..'
            |           .'
            |       ..''
            |   ..''
        70% +.:'
            +-----------+--------------------+--------------------+
                     2024-02              2024-04           2024-06

        """)
  }

  @Test func linesOfASecondKey() {
    #expect(
      text(Drawn.byMonthAndChannel, .table, terminal: terminal) == """
        tickets by month, channel
        a chat  b email
        40 ┤b⠑⠒⠢⠤⠤⣀⣀⡀
           │        ⠈⠉⠑⠒⠒⠤⠤⣀⣀⡀                                  ⢀⣀a
           │                 ⠈⠉⠑⠒⠒⠤⠤⢄⣀⡀                   ⢀⣀⠤⠔⠒⠉⠁
        30 ┤                          ⠈b⠑⠒⠤⢄⣀⡀      ⢀⣀⠤⠔⠒⠉⠁
           │                                 ⠈⢉⣒⠦⠴⣒⡉⠁
           │                            ⢀⣀⠤⠔⠒⠉⠁    ⠈⠉⠒⠒⠤⢄⣀
        20 ┤                   ⣀⣀⡠⠤⠤⠒⠒⠊a⠁                 ⠉⠑⠒⠤⠤⣀⡀
           │         ⣀⣀⡠⠤⠤⠒⠒⠊⠉⠉                                 ⠈⠉b
        10 ┤a⡠⠤⠤⠒⠒⠊⠉⠉
           │
           │
         0 ┤
           └┬──────────────────────────┬──────────────────────────┬
            2024-01                 2024-02                 2024-03

        """)
  }

  @Test func linesOfASecondKeyInASCII() {
    #expect(
      text(Drawn.byMonthAndChannel, .table, terminal: terminal, ascii: true) == """
        tickets by month, channel
        a chat  b email
        40 +b''....
           |       '''''....                                     .a
           |                '''''....                      ...'''
        30 +                         ''b'....        ...'''
           |                                 '':..:''
           |                             ...'''    ''''...
        20 +                   ......''a'                 '''....
           |         .....'''''                                  'b
        10 +a..''''''
           |
           |
         0 +
           ++--------------------------+--------------------------+
            2024-01                 2024-02                 2024-03

        """)
  }

  @Test func heat() {
    #expect(
      text(Drawn.byWeekdayAndHour, .table, terminal: terminal) == """
        tickets by weekday, hour_of_day
                7     8     9     10
        Monday         5 ▒▒ 20 ██ 10 ▒▒
        Tuesday  1 ░░       15 ▓▓
        1 ░▒▓█ 20

        """)
  }

  @Test func heatInASCII() {
    #expect(
      text(Drawn.byWeekdayAndHour, .table, terminal: terminal, ascii: true) == """
        tickets by weekday, hour_of_day
                7     8     9     10
        Monday         5 :: 20 ## 10 ::
        Tuesday  1 ..       15 **
        1 .:*# 20

        """)
  }

  @Test func sparklines() {
    #expect(
      text(Drawn.sparks, .table, terminal: terminal) == """
        tickets by month, channel
        channel  tickets  min  max  last
        chat     ▁▄█       10   35    35
        email    █▅▁       15   40    15
        2024-01 to 2024-03
        each line between its own min and max

        """)
  }

  @Test func columnsGoBeforePoints() {
    let months = (1...12).map { "2024-\($0 < 10 ? "0" : "")\($0)" }
    let values = [3, 9, 1, 4, 5, 6, 7, 8, 2, 3, 4, 5] as [Double?]
    let table = Drawn.table(
      "a, b by month", .spark, keys: [Drawn.key("month", months)],
      measures: [Drawn.measure("a", .count, values), Drawn.measure("b", .count, values)])
    func drawn(width: Int) -> [String] {
      text(table, .table, terminal: FormatOptions.Terminal(width: width))
        .split(separator: "\n").dropFirst().map(String.init)
    }
    #expect(
      drawn(width: 80) == [
        "       a             min  max  last  b             min  max  last",
        "month  ▃█▁▄▅▅▆▇▂▃▄▅    1    9     5  ▃█▁▄▅▅▆▇▂▃▄▅    1    9     5",
        "2024-01 to 2024-12", "each line between its own min and max",
      ])
    #expect(
      drawn(width: 50) == [
        "       a             last  b             last",
        "month  ▃█▁▄▅▅▆▇▂▃▄▅     5  ▃█▁▄▅▅▆▇▂▃▄▅     5",
        "2024-01 to 2024-12", "each line between its own min and max",
        "9 columns (5 shown; a wider window shows more)",
      ])
    #expect(
      drawn(width: 30).prefix(4) == [
        "       a         min  max", "month  ▅▆▇█▁▂▃▅    2    8", "the last 8 of 12 points of",
        "2024-01 to 2024-12",
      ])
  }

  @Test func sparklinesInASCII() {
    #expect(
      text(Drawn.sparks, .table, terminal: terminal, ascii: true) == """
        tickets by month, channel
        channel  tickets  min  max  last
        chat     _=@       10   35    35
        email    @+_       15   40    15
        2024-01 to 2024-03
        each line between its own min and max

        """)
  }

  @Test func aSeriesHasItsColour() {
    let colored = FormatOptions.Terminal(width: 60, usesColor: true)
    let written = text(Drawn.byMonthAndChannel, .table, terminal: colored)
    #expect(written.contains("\u{1B}[36m━\u{1B}[0m chat  \u{1B}[33m━\u{1B}[0m email\n"))
    #expect(!written.contains("⠁a") && !written.contains("b⠁"), "colours need no letters")
  }

  @Test func negativeBarsGoToTheLeft() {
    let table = Drawn.table(
      "nps by team", .bar, keys: [Drawn.key("team", ["a", "b"])],
      measures: [Drawn.measure("nps", .points, [-50, 50])])
    let lines = text(table, .table, terminal: terminal).split(separator: "\n")
    let bars = lines.dropFirst().map { line in line.dropFirst(2).prefix { $0 != "5" && $0 != "-" } }
    #expect(bars.map { $0.filter { $0 == "█" }.count } == [25, 25])
    #expect(bars[0].hasPrefix("█") && bars[1].hasPrefix(String(repeating: " ", count: 25)))
  }

  @Test func aBaselineIsASecondBar() {
    let written = text(
      {
        var table = ComparisonTests.table
        table.chart = .bar
        return table
      }(), .table, terminal: terminal)
    #expect(written.contains("\n  csat_previous ██"))
    #expect(!written.contains("csat_change"))
  }

  @Test func aTotalIsSaidAndNotDrawn() {
    var table = sample
    table.chart = .automatic
    let written = text(table, .table, terminal: terminal)
    #expect(written.contains("(total): csat <0.1%, frt 4.5s, tickets 1,211\n"))
    #expect(written.hasSuffix("Only 12 of 340 tickets were rated.\n"))
  }

  @Test func whatIsLeftOutIsSaid() {
    let table = Drawn.table(
      "many", .bar, keys: [Drawn.key("tag", (0..<50).map { "t\($0)" })],
      measures: [Drawn.measure("tickets", .count, (0..<50).map { Double($0) })])
    #expect(
      text(table, .table, terminal: terminal).contains("50 rows (the first 40 drawn)\n"))
    let texts = Drawn.table("texts", .bar, keys: [Drawn.key("tag", ["a"])], measures: [])
    let written = text(texts, .table, terminal: terminal)
    #expect(written.contains("│ a   │") && written.contains("no measure with values to draw"))
    var wrong = Drawn.byChannel
    wrong.chart = .heat
    #expect(
      text(wrong, .table, terminal: terminal).contains("A heat chart needs two keys; drawn as"))
  }
}
