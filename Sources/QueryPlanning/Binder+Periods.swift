import CivilTime
import Diagnostics
import QuerySyntax

extension Binder {
  /// A period in the calendar of the session.
  ///
  /// - Parameter lastInstant: the dataset's last instant, for `latest`.
  func period(
    _ node: PeriodNode, lastInstant: Int64?
  ) throws(Diagnostic) -> ResolvedPeriod {
    func single(_ grain: TimeGrain, _ bucket: Int64) -> ResolvedPeriod {
      ResolvedPeriod(grain: grain, first: bucket, last: bucket)
    }
    func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
      Int64(CivilCalendar.days(year: year, month: month, day: day))
    }
    let today = Int64(settings.currentDay)
    func current(_ unit: TimeUnit) throws(Diagnostic) -> (TimeGrain, Int64) {
      let grain = TimeGrain(unit)
      return (grain, settings.buckets(grain).bucket(ofDay: today))
    }
    switch node.form {
    case .year(let year): return single(.year, Int64(year))
    case .quarter(let year, let quarter): return single(.quarter, Int64(year * 4 + quarter - 1))
    case .month(let year, let month): return single(.month, Int64(year * 12 + month - 1))
    case .week(let year, let week):
      let monday = Int64(CivilCalendar.days(isoYear: year, week: week))
      return single(.week, settings.buckets(.week).bucket(ofDay: monday))
    case .day(let year, let month, let date): return single(.day, day(year, month, date))
    case .hour(let year, let month, let date, let hour):
      return single(.hour, day(year, month, date) * 24 + Int64(hour))
    case .minute(let year, let month, let date, let hour, let minute):
      return single(.minute, day(year, month, date) * 1440 + Int64(hour * 60 + minute))
    case .today: return single(.day, today)
    case .yesterday: return single(.day, today - 1)
    case .this(let unit):
      let (grain, bucket) = try current(unit)
      return single(grain, bucket)
    case .last(let count, let unit):
      let (grain, bucket) = try current(unit)
      let count = Int64(try checked(count ?? 1, at: node.range))
      return ResolvedPeriod(grain: grain, first: bucket - count, last: bucket - 1)
    case .latest(let count, let unit):
      let grain = TimeGrain(unit)
      let count = Int64(try checked(count, at: node.range))
      guard let lastInstant else {
        throw Diagnostic(
          "no-last-instant", "`latest` counts back from the last row, but there are no times",
          at: node.range, help: "name the period itself, such as `2024-03`")
      }
      let bucket = settings.buckets(grain).bucket(ofUTC: lastInstant)
      return ResolvedPeriod(grain: grain, first: bucket - count + 1, last: bucket)
    case .span(let lower, let upper):
      let first = try period(lower, lastInstant: lastInstant)
      let last = try period(upper, lastInstant: lastInstant)
      return try span(first, last, at: node.range)
    case .parameter(let name):
      let value = try parameter(name)
      guard let inner = Self.periodNode(value, at: node.range) else {
        throw Diagnostic(
          "parameter-not-period", "'$\(name.text)' does not hold a period", at: node.range,
          help: "give it one: `param \(name.text) = 2024-03`")
      }
      return try period(inner, lastInstant: lastInstant)
    }
  }

  /// A literal as a period, where it can be one: `2024` and words such as `today` count.
  static func periodNode(_ node: ExpressionNode, at range: SourceRange) -> PeriodNode? {
    switch node {
    case .period(let period): return period
    case .number(let number):
      guard let year = number.integer, (1...9999).contains(year), number.spelling.count == 4 else {
        return nil
      }
      return PeriodNode(form: .year(Int(year)), range: number.range)
    case .name(let name) where !name.isQuoted && name.text.lowercased() == "today":
      return PeriodNode(form: .today, range: name.range)
    case .name(let name) where !name.isQuoted && name.text.lowercased() == "yesterday":
      return PeriodNode(form: .yesterday, range: name.range)
    case .text(let text):
      // A period in quotes: only its own characters, so that no clause can hide in it.
      guard text.value.utf8.count <= 40,
        text.value.allSatisfy({ $0.isASCII && ($0.isNumber || "QWT-:.".contains($0)) })
      else { return nil }
      let script = Parser.parse(SourceText("tickets in \(text.value)"))
      guard script.diagnostics.isEmpty, script.statements.count == 1,
        case .query(let query) = script.statements[0].kind, var period = query.clauses.period
      else { return nil }
      period.range = range
      return period
    default: return nil
    }
  }

  private func checked(_ count: Int, at range: SourceRange) throws(Diagnostic) -> Int {
    guard (1...100_000).contains(count) else {
      throw Diagnostic(
        "period-count", "a relative period counts from 1 to 100,000 units", at: range)
    }
    return count
  }

  /// The periods from one to another in the finer of their grains.
  private func span(
    _ first: ResolvedPeriod, _ last: ResolvedPeriod, at range: SourceRange
  ) throws(Diagnostic) -> ResolvedPeriod {
    let grain = max(first.grain, last.grain)
    let buckets = settings.buckets(grain)
    let lower = buckets.bucket(ofUTC: first.span(settings, isCivil: false).lowerBound)
    let upper = buckets.bucket(ofUTC: last.span(settings, isCivil: false).upperBound - 1)
    guard lower <= upper else {
      throw Diagnostic(
        "span-backwards", "this span ends before it starts", at: range,
        help: "write the earlier period first")
    }
    return ResolvedPeriod(grain: grain, first: lower, last: upper)
  }
}

extension TimeGrain {
  /// The grain that a unit of the language names.
  init(_ unit: TimeUnit) {
    switch unit {
    case .year: self = .year
    case .quarter: self = .quarter
    case .month: self = .month
    case .week: self = .week
    case .day: self = .day
    case .hour: self = .hour
    case .minute: self = .minute
    }
  }
}
