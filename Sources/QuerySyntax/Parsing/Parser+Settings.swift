import Diagnostics

extension Parser {
  /// Reads a setting.
  ///
  ///     set = "set" name "=" ( hours { "," hours } | NUMBER ".." NUMBER
  ///         | "(" value { "," value } [ "," ] ")" | literal )
  func parseSet() throws(ParseFailure) -> SetStatement {
    let start = index
    index += 1
    let name = try parseName("the name of a setting")
    try expect(.equal)
    let value = try parseSetting()
    return SetStatement(name: name, value: value, range: range(from: start))
  }

  private func parseSetting() throws(ParseFailure) -> SetStatement.Value {
    if current.symbol == .leftBracket { return .list(try parseValues()) }
    if current.kind == .number, peek().symbol == .span {
      let lower = number(of: current)
      index += 2
      guard current.kind == .number else { throw expected("a number") }
      let upper = number(of: current)
      index += 1
      return .range(lower: lower, upper: upper)
    }
    if current.isWord, peek().kind == .timeOfDay {
      var days = try parseWeekdays()
      var hours = [try parseHours(on: days)]
      while accept(.comma), !isAtEnd {
        if current.kind != .timeOfDay { days = try parseWeekdays() }
        hours.append(try parseHours(on: days))
      }
      return .hours(hours)
    }
    return .expression(try parseLiteral())
  }

  /// Reads opening hours; several on the same weekdays, around a break, name the days once.
  ///
  ///     hours = weekday [ "-" weekday ] open { "," open }
  ///     open = TIME "-" TIME
  private func parseHours(
    on days: (first: Int, last: Int)
  ) throws(ParseFailure) -> BusinessHoursNode {
    let start = index
    let open = try parseTimeOfDay()
    try expect(.minus)
    let closing = current
    let close = try parseTimeOfDay()
    guard close > open else {
      throw ParseFailure(
        "empty-hours", "the closing time \(quoted(closing)) is not after the opening time",
        at: closing.range, help: "write 24:00 for the end of the day")
    }
    return BusinessHoursNode(
      firstDay: days.first, lastDay: days.last, openMinute: open, closeMinute: close,
      range: range(from: start))
  }

  /// Reads weekdays, which the lexer sees as one word where no spaces stand around the hyphen.
  ///
  ///     weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "monday" | "tuesday"
  ///             | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
  private func parseWeekdays() throws(ParseFailure) -> (first: Int, last: Int) {
    guard current.isWord else { throw expected("a weekday", help: "write mon, tue, … or mon-fri") }
    let parts = text(of: current).lowercased().split(separator: "-").map(String.init)
    let days = parts.compactMap(Self.weekday)
    guard days.count == parts.count, let first = days.first, let last = days.last, days.count <= 2
    else { throw unknownWord("a weekday", among: Self.weekdays) }
    index += 1
    return (first, last)
  }

  private func parseTimeOfDay() throws(ParseFailure) -> Int {
    guard current.kind == .timeOfDay, let time = TimeOfDay(text(of: current)) else {
      throw expected("a time of day", help: "write hours such as 09:00-17:00")
    }
    index += 1
    return time.minute
  }

  /// The weekdays by their short names, Monday first.
  static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// The weekdays by their long names, Monday first.
  static let longWeekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  private static func weekday(_ name: String) -> Int? {
    weekdays.firstIndex(of: name) ?? longWeekdays.firstIndex(of: name)
  }
}
