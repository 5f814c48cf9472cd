import CivilTime
import ColumnStore
import Diagnostics
import MetricCatalog
import QuerySyntax

extension Binder {
  /// What the query is compared with, and for each scope the rows of it.
  mutating func baseline(
    _ clauses: Clauses, measures: [BoundMeasure], keys: [BoundKey], scopes: inout [BoundScope]
  ) throws(Diagnostic) -> BoundBaseline? {
    guard let node = clauses.baseline else { return nil }
    let bucket = Self.timelineKey(keys)
    try findLastDay(scopes)
    switch node.form {
    case .previous, .lastYear:
      let isYear: Bool
      if case .lastYear = node.form { isYear = true } else { isYear = false }
      let suffix = isYear ? "last_year" : "previous"
      if let (index, grain) = bucket {
        try shiftBuckets(clauses, grain: grain, isYear: isYear, scopes: &scopes)
        return BoundBaseline(
          source: .bucket(
            key: index, grain: grain, isYear: isYear, current: currentBucket(grain)),
          suffix: suffix)
      }
      let named = try periods(clauses, scopes)
      guard !named.isEmpty else {
        throw Diagnostic(
          "no-period", "`vs \(isYear ? "last year" : "previous")` needs a period to move",
          at: node.range, help: "add one, such as `in 2024-03`, or group with `by month`")
      }
      noteProgress(named, isYear: isYear)
      periodShift = isYear ? .lastYear : .previous
      try bindBaselines(clauses, scopes: &scopes, dropping: nil)
      return BoundBaseline(source: .rows(dropsKey: nil), suffix: suffix)
    case .period(let period):
      let resolved = try self.period(period, lastInstant: nil)
      periodShift = .fixed(resolved)
      try bindBaselines(clauses, scopes: &scopes, dropping: bucket?.index)
      return BoundBaseline(
        source: .rows(dropsKey: bucket?.index), suffix: Self.suffix(resolved.label(settings)))
    case .filter(let condition):
      var replaced = clauses
      replaced.filter = condition
      try bindBaselines(replaced, scopes: &scopes, dropping: nil)
      return BoundBaseline(source: .rows(dropsKey: nil), suffix: "where")
    case .rest: return BoundBaseline(source: .rest, suffix: "rest")
    case .total: return BoundBaseline(source: .total, suffix: "total")
    case .benchmark(let industry):
      var figures: [Double?] = []
      for measure in measures { figures.append(try benchmark(measure, industry, at: node.range)) }
      return BoundBaseline(source: .figures(figures), suffix: "benchmark")
    case .goal:
      var figures: [Double?] = []
      for measure in measures { figures.append(try goal(measure)) }
      guard figures.contains(where: { $0 != nil }) else {
        throw Diagnostic(
          "no-goal", "no goal is set for '\(measures[0].name)'", at: node.range,
          help: "set one: `goal \(measures[0].name) >= 85%`")
      }
      return BoundBaseline(source: .figures(figures), suffix: "goal")
    }
  }

  /// `2024-01` as part of a column's name.
  static func suffix(_ label: String) -> String {
    String(label.map { $0.isLetter || $0.isNumber ? $0 : "_" }).replacing("__", with: "_")
  }

  /// The only timeline bucket among the keys.
  static func timelineKey(_ keys: [BoundKey]) -> (index: Int, grain: TimeGrain)? {
    for (index, key) in keys.enumerated() {
      if case .bucket(let grain) = key.type { return (index, grain) }
    }
    return nil
  }

  /// Finds the last day on which there are rows.
  private mutating func findLastDay(_ scopes: [BoundScope]) throws(Diagnostic) {
    for scope in scopes {
      guard let clock = try clock(at: Place(dataset: scope.scope.dataset)),
        let instant = lastInstant(of: clock.expression)
      else { continue }
      let zone = clock.type == .date ? .utc : settings.zone
      let day = TimeBuckets(grain: .day, zone: zone).bucket(ofUTC: instant)
      lastDay = max(lastDay ?? day, day)
    }
  }

  /// The bucket that holds today, where it is still in progress.
  private func currentBucket(_ grain: TimeGrain) -> Int64? {
    let bucket = settings.buckets(grain).bucket(ofDay: Int64(settings.currentDay))
    return daysSoFar(of: ResolvedPeriod(grain: grain, first: bucket, last: bucket)) == nil
      ? nil : bucket
  }

  private mutating func bindBaselines(
    _ clauses: Clauses, scopes: inout [BoundScope], dropping key: Int?
  ) throws(Diagnostic) {
    defer { periodShift = nil }
    for index in scopes.indices {
      var keys = scopes[index].keys
      if let key { keys.remove(at: key) }
      var frame = scopes[index].frame
      if frame != nil {
        frame = try self.frame(
          clauses, scope: scopes[index].scope, key: key == nil ? frame?.key : nil,
          grain: frame?.key == nil ? nil : frame?.grain)
      }
      scopes[index].baseline = BaselineScope(
        filter: try filter(clauses, scope: scopes[index].scope), keys: keys, frame: frame)
    }
  }

  /// The rows of the buckets before, and of the bucket in progress only its first days.
  private mutating func shiftBuckets(
    _ clauses: Clauses, grain: TimeGrain, isYear: Bool, scopes: inout [BoundScope]
  ) throws(Diagnostic) {
    periodShift = .bucket(grain, isYear: isYear)
    try bindBaselines(clauses, scopes: &scopes, dropping: nil)
    guard let current = currentBucket(grain),
      let days = daysSoFar(of: ResolvedPeriod(grain: grain, first: current, last: current))
    else { return }
    let base =
      isYear ? YearShift.earlier(current, grain, settings) : current - 1
    let buckets = settings.buckets(grain)
    let first = buckets.firstDay(of: base)
    let last = min(first + days, buckets.firstDay(of: base + 1)) - 1
    let period = ResolvedPeriod(grain: .day, first: first, last: last)
    var isShown = lastDay.map { buckets.firstDay(of: current) <= $0 } ?? false
    for index in scopes.indices {
      guard let baseline = scopes[index].baseline,
        let clock = try clock(at: Place(dataset: scopes[index].scope.dataset))
      else { continue }
      if var frame = baseline.frame {
        isShown = isShown || scopes[index].frame.map { $0.last >= current } ?? false
        frame.first = base
        frame.last = base
        frame.days = days
        scopes[index].baseline?.unfinished = UnfinishedScope(filter: baseline.filter, frame: frame)
        continue
      }
      let span = period.span(settings, isCivil: clock.type == .date)
      scopes[index].baseline?.unfinished = UnfinishedScope(
        filter: .both(
          baseline.filter,
          .inSpan(clock.expression, lower: span.lowerBound, upper: span.upperBound)))
    }
    // Without rows the period in progress has no line.
    guard isShown else { return }
    notes.append(
      "\(buckets.label(current)) is in progress: it is compared with "
        + "\(Self.firstDays(days)) of \(buckets.label(base))")
  }

  /// The periods in which the query looks.
  private mutating func periods(
    _ clauses: Clauses, _ scopes: [BoundScope]
  ) throws(Diagnostic) -> [PeriodNode] {
    guard let scope = scopes.first?.scope else { return [clauses.period].compactMap { $0 } }
    return try namedPeriods(
      clauses, at: Place(dataset: scope.dataset), isSnapshot: scope.isSnapshot)
  }

  /// Says so where the query's own period is in progress.
  private mutating func noteProgress(_ nodes: [PeriodNode], isYear: Bool) {
    for node in nodes {
      guard let period = try? period(node, lastInstant: nil), let days = daysSoFar(of: period)
      else { continue }
      notes.append(
        "\(period.label(settings)) is in progress: it is compared with "
          + "\(Self.firstDays(days)) of the "
          + (isYear ? "same period a year before" : "period before"))
    }
  }

  private static func firstDays(_ count: Int64) -> String {
    count == 1 ? "the first day" : "the first \(count) days"
  }

  private func benchmark(
    _ measure: BoundMeasure, _ industry: TextNode?, at range: SourceRange
  ) throws(Diagnostic) -> Double? {
    guard let name = measure.catalogName, let record = context.catalog.record(named: name) else {
      return nil
    }
    guard let industry else { return record.target }
    if record.benchmarks.isEmpty { return nil }
    let folded = industry.value.lowercased()
    if let found = record.benchmarks.first(where: { $0.industry.lowercased() == folded }) {
      return found.value
    }
    let names = record.benchmarks.map(\.industry)
    let nearest = closestMatch(to: industry.value, among: names)
    throw Diagnostic(
      "unknown-industry", "no figure of '\(name)' is published for '\(industry.value)'",
      at: industry.range,
      help: nearest.map { "did you mean '\($0)'?" }
        ?? "there are figures for \(names.joined(separator: ", "))")
  }

  private func goal(_ measure: BoundMeasure) throws(Diagnostic) -> Double? {
    let names = [measure.catalogName, measure.name].compactMap { $0 }
    guard let goal = names.compactMap({ context.goals[Schema.folded($0)] }).first else {
      return nil
    }
    switch goal.value {
    case .number(let number), .percent(let number): return number.value
    case .duration(let duration): return duration.seconds
    case .parameter(let name):
      switch try parameter(name) {
      case .number(let number), .percent(let number): return number.value
      case .duration(let duration): return duration.seconds
      default: return nil
      }
    default: return nil
    }
  }
}
