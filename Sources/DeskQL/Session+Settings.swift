import CivilTime
import Diagnostics
import QueryPlanning
import QuerySyntax

extension Session {
  /// The settings, as `set` names them.
  static let settingNames = [
    "timezone", "week_start", "today", "hours", "holidays", "csat_scale", "csat_good", "ces_scale",
    "intervals",
  ]

  func set(_ statement: SetStatement) throws(Diagnostic) -> StatementResult {
    var settings = snapshot().settings
    let name = statement.name.text.lowercased()
    switch name {
    case "timezone": settings.zone = try zone(statement)
    case "week_start":
      guard let start = WeekStart(rawValue: try word(statement).lowercased()) else {
        throw wrongValue(statement, "`monday` or `sunday`")
      }
      settings.weekStart = start
    case "today": settings.today = try day(statement, settings)
    case "csat_scale": settings.csatScale = try scale(statement)
    case "ces_scale": settings.cesScale = try scale(statement)
    case "csat_good":
      guard case .expression(.number(let number)) = statement.value else {
        throw wrongValue(statement, "a number, such as `4`")
      }
      settings.csatGood = number.value
    case "intervals":
      switch try word(statement).lowercased() {
      case "on", "true", "yes": settings.showsIntervals = true
      case "off", "false", "no": settings.showsIntervals = false
      default: throw wrongValue(statement, "`on` or `off`")
      }
    case "hours":
      guard case .hours(let hours) = statement.value else {
        throw wrongValue(statement, "hours, such as `mon-fri 09:00-17:00`")
      }
      settings.hours = Self.week(hours)
    case "holidays": settings.holidays = try holidays(statement, settings)
    default:
      let nearest = closestMatch(to: name, among: Self.settingNames)
      throw Diagnostic(
        "unknown-setting", "there is no setting called '\(statement.name.text)'",
        at: statement.name.range,
        help: nearest.map { "did you mean `\($0)`?" } ?? "`show settings` lists them")
    }
    state.withLock { state in
      state.settings = settings
      if name.hasSuffix("_scale") {
        state.rebuild(threads: threads, cancellation: cancellation)
      }
    }
    return .done(nil)
  }

  private func wrongValue(_ statement: SetStatement, _ wanted: String) -> Diagnostic {
    var given = ""
    if case .expression(let node) = statement.value {
      given = ", not \(Printer.print(node).prefix(60))"
    }
    return Diagnostic(
      "wrong-setting", "`\(statement.name.text)` takes \(wanted)\(given)",
      at: valueRange(statement))
  }

  private func valueRange(_ statement: SetStatement) -> SourceRange {
    if case .expression(let node) = statement.value { return node.range }
    return statement.range
  }

  private func word(_ statement: SetStatement) throws(Diagnostic) -> String {
    switch statement.value {
    case .expression(.name(let name)): return name.text
    case .expression(.text(let text)): return text.value
    default: throw wrongValue(statement, "a word")
    }
  }

  private func zone(_ statement: SetStatement) throws(Diagnostic) -> TimeZoneRules {
    let name = try word(statement)
    do {
      return try TimeZoneRules(identifier: name)
    } catch {
      if case .malformed = error {
        throw Diagnostic("timezone-unreadable", error.message, at: valueRange(statement))
      }
      let nearest = closestMatch(to: name, among: TimeZoneRules.knownIdentifiers())
      throw Diagnostic(
        "unknown-timezone", "there is no time zone called '\(name.prefix(60))'",
        at: valueRange(statement),
        help: nearest.map { "did you mean '\($0)'?" } ?? "write a name such as 'Europe/Berlin'")
    }
  }

  private func day(
    _ statement: SetStatement, _ settings: PlanningSettings
  ) throws(Diagnostic) -> Int {
    guard case .expression(let node) = statement.value,
      let day = CalendarDay.of(node, settings)
    else { throw wrongValue(statement, "a day, such as `2024-12-31`") }
    return day
  }

  private func holidays(
    _ statement: SetStatement, _ settings: PlanningSettings
  ) throws(Diagnostic) -> Set<Int> {
    let nodes: [ExpressionNode]
    switch statement.value {
    case .list(let list): nodes = list
    case .expression(let node): nodes = [node]
    default: throw wrongValue(statement, "days in brackets")
    }
    var days: Set<Int> = []
    for node in nodes {
      guard let day = CalendarDay.of(node, settings) else {
        throw wrongValue(statement, "days, such as `(2024-12-25, 2025-01-01)`")
      }
      days.insert(day)
    }
    return days
  }

  private func scale(_ statement: SetStatement) throws(Diagnostic) -> ClosedRange<Double> {
    guard case .range(let lower, let upper) = statement.value, lower.value < upper.value else {
      throw wrongValue(statement, "a span, such as `1..5`")
    }
    return lower.value...upper.value
  }

  private static func week(_ hours: [BusinessHoursNode]) -> [[Range<Int>]] {
    var week = [[Range<Int>]](repeating: [], count: 7)
    for line in hours {
      var day = line.firstDay
      while true {
        if line.openMinute < line.closeMinute {
          week[day % 7].append(line.openMinute..<line.closeMinute)
        }
        if day % 7 == line.lastDay { break }
        day += 1
        if day > line.firstDay + 7 { break }
      }
    }
    return week.map(joined)
  }

  /// Hours that overlap are open once.
  private static func joined(_ hours: [Range<Int>]) -> [Range<Int>] {
    hours.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, next in
      if let last = joined.last, next.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
      } else {
        joined.append(next)
      }
    }
  }
}

/// A day that a literal names.
enum CalendarDay {
  static func of(_ node: ExpressionNode, _ settings: PlanningSettings) -> Int? {
    guard case .period(let period) = node else { return nil }
    switch period.form {
    case .day(let year, let month, let day):
      return CivilCalendar.days(year: year, month: month, day: day)
    case .today: return settings.currentDay
    case .yesterday: return settings.currentDay - 1
    default: return nil
    }
  }
}
