import ResultFormatting

/// Results as queries give them, to be drawn.
enum Drawn {
  static let byChannel = table(
    "csat by channel", .automatic,
    keys: [key("channel", ["chat", "email", "phone", nil])],
    measures: [
      ResultColumn(
        name: "csat", unit: .percent, better: .higher, role: .measure,
        values: [.number(80), .number(62.5), .missing, .number(100)],
        intervals: [ValueInterval(low: 71.12, high: 86.66), nil, nil, nil])
    ])

  static let byMonth = table(
    "csat by month", .automatic,
    keys: [key("month", ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"])],
    measures: [measure("csat", .percent, [70, 74, 79, nil, 85, 81])])

  static let byMonthAndChannel = table(
    "tickets by month, channel", .automatic,
    keys: [
      key("month", ["2024-01", "2024-01", "2024-02", "2024-02", "2024-03", "2024-03"]),
      key("channel", ["chat", "email", "chat", "email", "chat", "email"]),
    ], measures: [measure("tickets", .count, [10, 40, 20, 30, 35, 15])])

  static let sparks = {
    var table = byMonthAndChannel
    table.chart = .spark
    return table
  }()

  static let byWeekdayAndHour = table(
    "tickets by weekday, hour_of_day", .automatic,
    keys: [
      key("weekday", ["Monday", "Monday", "Monday", "Tuesday", "Tuesday"]),
      ResultColumn(
        name: "hour_of_day", unit: .number, role: .key,
        values: [8, 9, 10, 7, 9].map { .integer($0) }),
    ], measures: [measure("tickets", .count, [5, 20, 10, 1, 15])])

  static func table(
    _ title: String, _ chart: Chart, keys: [ResultColumn], measures: [ResultColumn]
  ) -> ResultTable {
    var table = ResultTable(title: title, columns: keys + measures)
    table.chart = chart
    return table
  }

  static func key(_ name: String, _ values: [String?]) -> ResultColumn {
    ResultColumn(
      name: name, unit: .text, role: .key,
      values: values.map { $0.map { .text($0) } ?? .missing })
  }

  static func measure(_ name: String, _ unit: ValueUnit, _ values: [Double?]) -> ResultColumn {
    ResultColumn(
      name: name, unit: unit, role: .measure,
      values: values.map { $0.map { .number($0) } ?? .missing })
  }
}
