import Diagnostics

extension Parser {
  /// Reads a period or a span of periods.
  ///
  ///     period = point [ ".." point ]
  func parsePeriod() throws(ParseFailure) -> PeriodNode {
    let start = index
    let first = try parsePeriodPoint()
    guard accept(.span) else { return first }
    let last = try parsePeriodPoint()
    return PeriodNode(form: .span(first, last), range: range(from: start))
  }

  /// Reads one period; a bare number of four digits is a year here.
  ///
  ///     point = PERIOD | YEAR | PARAMETER | "today" | "yesterday" | "this" unit
  ///           | "last" [ NUMBER ] unit | "latest" [ NUMBER ] unit
  private func parsePeriodPoint() throws(ParseFailure) -> PeriodNode {
    let start = index
    let token = current
    guard startsPeriod(at: index) else {
      let isValue = token.isWord || token.kind == .text
      throw expected(
        "a period",
        help: isValue
          ? "write a period such as 2024-03 or 'last 4 weeks'; a list stands in brackets: (…)"
          : "write a period such as 2024-03 or 'last 4 weeks'")
    }
    index += 1
    let form: PeriodNode.Form
    switch token.kind {
    case .period:
      switch CalendarPeriod.read(text(of: token)) {
      case .success(let period): form = period
      case .failure(let diagnostic): throw ParseFailure(diagnostic)
      }
    case .number: form = .year(number(of: token).integer.flatMap { Int(exactly: $0) } ?? 0)
    case .parameter: form = .parameter(name(of: token))
    default: form = try parseRelativePeriod(token.keyword)
    }
    return PeriodNode(form: form, range: range(from: start))
  }

  /// Reads what follows `today`, `this`, `last` and the like.
  private func parseRelativePeriod(
    _ keyword: Keyword?
  ) throws(ParseFailure) -> PeriodNode.Form {
    switch keyword {
    case .today: return .today
    case .yesterday: return .yesterday
    case .this: return .this(try parseUnit())
    case .latest: return .latest(count: try parsePeriodCount("latest") ?? 1, try parseUnit())
    default: return .last(count: try parsePeriodCount("last"), try parseUnit())
    }
  }

  private func parsePeriodCount(_ word: String) throws(ParseFailure) -> Int? {
    current.kind == .number ? try parseWholeNumber(after: word, in: 1...1_000_000) : nil
  }

  /// Reads a unit of the timeline.
  ///
  ///     unit = ( "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" ) [ "s" ]
  private func parseUnit() throws(ParseFailure) -> TimeUnit {
    guard let unit = unit(of: current) else {
      let names = TimeUnit.allCases.map(\.rawValue)
      throw unknownWord("a unit of time", among: names, or: names.map { $0 + "s" })
    }
    index += 1
    return unit
  }

  private func unit(of token: Token) -> TimeUnit? {
    guard token.isWord, token.range.upper - token.range.lower <= 8 else { return nil }
    let word = text(of: token).lowercased()
    return TimeUnit.allCases.first { word == $0.rawValue || word == $0.rawValue + "s" }
  }

  /// Whether a period begins at an index, a year or parameter among them.
  func startsPeriod(at index: Int) -> Bool {
    let token = token(at: index)
    switch token.kind {
    case .period, .parameter: return true
    case .number: return isYear(token)
    default: return startsRelativePeriod(at: index)
    }
  }

  /// Whether a number is spelled like a year.
  func isYear(_ token: Token) -> Bool {
    token.kind == .number && token.range.upper - token.range.lower == 4
      && source.bytes[token.range.lower..<token.range.upper].allSatisfy(\.isDigit)
      && text(of: token) != "0000"
  }

  /// Whether `today`, `last month` and the like begin at an index.
  func startsRelativePeriod(at index: Int) -> Bool {
    let next = token(at: index + 1)
    switch token(at: index).keyword {
    case .today, .yesterday: return true
    case .this: return unit(of: next) != nil
    case .last, .latest: return next.kind == .number || unit(of: next) != nil
    default: return false
    }
  }
}
