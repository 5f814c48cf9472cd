import Diagnostics

extension Lexer {
  /// Reads the rest of a period literal and checks it against the calendar.
  mutating func readPeriod(from start: Int) {
    while byte().isDigit || byte().isLetter
      || ((byte() == UInt8(ascii: "-") || byte() == UInt8(ascii: ":"))
        && (byte(1).isDigit || byte(1).isLetter))
    {
      position += 1
    }
    let range = SourceRange(start, position)
    switch CalendarPeriod.read(source.text(of: range)) {
    case .success:
      append(.period, from: start)
    case .failure(let problem):
      report(problem.code, problem.message, at: range, help: problem.help)
      append(.invalid, from: start)
    }
  }
}

/// The calendar that a period literal must fit.
enum CalendarPeriod {
  /// The period that a literal such as `2024-Q1` spells, or why it spells none.
  static func read(_ spelling: String) -> Result<PeriodNode.Form, Diagnostic> {
    let word = Quoted(spelling: spelling)
    let halves = spelling.uppercased().split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count <= 2, let date = halves.first else { return .failure(malformed(word)) }
    let parts = date.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2, let year = digits(parts[0], 4) else {
      return .failure(malformed(word))
    }
    guard year >= 1 else { return .failure(invalid("\(word): there is no year 0")) }
    if halves.count == 2 {
      return dayParts(parts, year, word).flatMap { time(String(halves[1]), $0, word) }
    }
    if parts.count == 3 {
      return dayParts(parts, year, word).map {
        .day(year: $0.year, month: $0.month, day: $0.day)
      }
    }
    guard parts.count == 2 else { return .failure(malformed(word)) }
    return unit(parts[1], year, word)
  }

  /// A literal as an error quotes it, which is not worked out before there is one.
  private struct Quoted: CustomStringConvertible {
    var spelling: String
    var description: String { DisplayText.quoted(spelling) }
  }

  private struct Day {
    var year: Int
    var month: Int
    var day: Int
  }

  private static func unit(
    _ part: String, _ year: Int, _ word: Quoted
  ) -> Result<PeriodNode.Form, Diagnostic> {
    if let quarter = digits(part.dropFirst(), 1), part.hasPrefix("Q") {
      guard (1...4).contains(quarter) else {
        return .failure(invalid("\(word): a year has the quarters Q1 to Q4"))
      }
      return .success(.quarter(year: year, quarter: quarter))
    }
    if let week = digits(part.dropFirst(), 2), part.hasPrefix("W") {
      let last = weeks(inYear: year)
      guard (1...last).contains(week) else {
        return .failure(invalid("\(word): the year \(year) has the weeks W01 to W\(last)"))
      }
      return .success(.week(year: year, week: week))
    }
    guard let month = digits(part, 2) else { return .failure(malformed(word)) }
    guard (1...12).contains(month) else {
      return .failure(invalid("\(word): a year has the months 01 to 12"))
    }
    return .success(.month(year: year, month: month))
  }

  private static func dayParts(
    _ parts: [String], _ year: Int, _ word: Quoted
  ) -> Result<Day, Diagnostic> {
    guard parts.count == 3, let month = digits(parts[1], 2), let day = digits(parts[2], 2) else {
      return .failure(malformed(word))
    }
    guard (1...12).contains(month) else {
      return .failure(invalid("\(word): a year has the months 01 to 12"))
    }
    let last = days(inMonth: month, year: year)
    guard (1...last).contains(day) else {
      let name = "\(parts[0])-\(parts[1])"
      return .failure(invalid("\(word): the month \(name) has the days 01 to \(last)"))
    }
    return .success(Day(year: year, month: month, day: day))
  }

  private static func time(
    _ spelling: String, _ day: Day, _ word: Quoted
  ) -> Result<PeriodNode.Form, Diagnostic> {
    let parts = spelling.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let hour = parts.first.flatMap({ digits($0, 2) }) else {
      return .failure(malformed(word))
    }
    guard hour < 24 else { return .failure(invalid("\(word): a day has the hours 00 to 23")) }
    guard parts.count == 2 else {
      return .success(.hour(year: day.year, month: day.month, day: day.day, hour: hour))
    }
    guard let minute = digits(parts[1], 2) else { return .failure(malformed(word)) }
    guard minute < 60 else {
      return .failure(invalid("\(word): an hour has the minutes 00 to 59"))
    }
    return .success(
      .minute(year: day.year, month: day.month, day: day.day, hour: hour, minute: minute))
  }

  private static func digits(_ text: some StringProtocol, _ count: Int) -> Int? {
    guard text.utf8.count == count, text.utf8.allSatisfy(\.isDigit) else { return nil }
    return Int(text)
  }

  private static func malformed(_ word: Quoted) -> Diagnostic {
    Diagnostic(
      "malformed-period", "\(word) is not a period",
      help: "write 2024-Q1, 2024-03, 2024-W12, 2024-03-15 or 2024-03-15T10:30")
  }

  private static func invalid(_ message: String) -> Diagnostic {
    Diagnostic("invalid-date", message)
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func days(inMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The ISO weeks of a year: 53 where its 1 January is a Thursday, or a Wednesday in a leap year.
  private static func weeks(inYear year: Int) -> Int {
    let before = year - 1
    let firstWeekday = (1 + before + before / 4 - before / 100 + before / 400) % 7
    return firstWeekday == 4 || (isLeap(year) && firstWeekday == 3) ? 53 : 52
  }
}
