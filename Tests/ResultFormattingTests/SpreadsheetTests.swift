import ResultFormatting
import Testing

@Suite("Files for spreadsheets")
struct SpreadsheetTests {
  private static let table = ResultTable(columns: [
    ResultColumn(
      name: "subject", unit: .text, role: .key,
      values: [
        .text("=1+1"), .text("+49 30"), .text("-"), .text("@home"), .text("\tx"), .text("a=b"),
        .missing, .label("(total)"), .list(["=x", "y"]),
      ]),
    ResultColumn(
      name: "change", unit: .number, role: .measure,
      values: [-1, 2, -3.5, 0, 1, 1, 1, 1, 1].map { .number($0) }),
  ])

  @Test func textsThatLookLikeFormulasAreCounted() {
    #expect(SpreadsheetFormula.count(in: Self.table) == 6, "numbers are none")
  }

  @Test func theyGetAnApostropheWhereAskedFor() {
    var options = FormatOptions(format: .csv)
    #expect(text(options).contains("\n=1+1,-1\n+49 30,2\n-,-3.5\n"))
    options.isSpreadsheetSafe = true
    #expect(
      text(options) == """
        subject,change
        '=1+1,-1
        '+49 30,2
        '-,-3.5
        '@home,0
        '\tx,1
        a=b,1
        ,1
        (total),1
        '=x;y,1

        """)
  }

  private func text(_ options: FormatOptions) -> String {
    ResultFormatter.text(of: Self.table, options: options)
  }
}

@Suite("Pivots as pictures")
struct PivotChartTests {
  /// `tickets by weekday across hour_of_day with total`.
  private static let table = {
    func column(_ hour: Int64, _ values: [Double?]) -> ResultColumn {
      var column = ResultColumn(
        name: String(hour), unit: .count, role: .measure,
        values: values.map { $0.map { .number($0) } ?? .missing })
      column.pivot = .init(
        key: "hour_of_day", unit: .number, value: .integer(hour), measure: "tickets")
      return column
    }
    var table = ResultTable(
      title: "tickets by weekday across hour_of_day chart",
      columns: [
        ResultColumn(
          name: "weekday", unit: .text, role: .key,
          values: [.text("Monday"), .text("Tuesday"), .label("(total)")]),
        column(8, [5, nil, 5]), column(9, [20, 10, 30]),
      ])
    table.chart = .automatic
    return table
  }()

  @Test func aHeatMapOfTwoKeys() {
    let picture = ResultFormatter.text(
      of: Self.table, options: FormatOptions(format: .chart, terminal: .init(width: 40)))
    #expect(
      picture == """
        tickets by weekday across hour_of_day
                8     9
        Monday   5 ░░ 20 ██
        Tuesday       10 ▒▒
        5 ░▒▓█ 20

        """)
  }

  @Test func aTableStaysAsItIs() {
    let csv = ResultFormatter.text(of: Self.table, options: FormatOptions(format: .csv))
    #expect(csv == "weekday,8,9\nMonday,5,20\nTuesday,,10\n(total),5,30\n")
  }

  @Test func thePeriodStandsBesideTheTitle() {
    var table = Self.table
    table.period = "2024-W01..2024-W02"
    let options = FormatOptions(format: .chart, terminal: .init(width: 80))
    #expect(
      ResultFormatter.text(of: table, options: options).hasPrefix(
        "tickets by weekday across hour_of_day (2024-W01..2024-W02)\n"))
    table.chart = nil
    #expect(
      ResultFormatter.text(of: table, options: FormatOptions(format: .markdown)).contains(
        "across hour_of_day chart (2024-W01..2024-W02)**"))
    #expect(
      ResultFormatter.text(of: table, options: FormatOptions(format: .json)).contains(
        "\"period\":\"2024-W01..2024-W02\""))
  }
}
