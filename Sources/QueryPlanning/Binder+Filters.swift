import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax

extension Binder {
  /// `where escalated in 2024-03` means the clause `in`: a yes/no value lies in no period.
  mutating func splitPeriodFromFilter(
    _ query: inout Query, from: Int?
  ) throws(Diagnostic) {
    guard query.clauses.period == nil, let filter = query.clauses.filter else { return }
    if let (rest, period) = try Self.split(
      filter,
      isBoolean: { (node) throws(Diagnostic) in
        try isCondition(node, from: from)
      })
    {
      query.clauses.filter = rest
      query.clauses.period = period
    }
  }

  /// A filter that ends in `… in PERIOD` behind a yes/no value, parted there.
  static func split(
    _ filter: ExpressionNode, isBoolean: (ExpressionNode) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> (ExpressionNode, PeriodNode)? {
    switch filter {
    case .membership(let node):
      guard node.isPeriod, !node.isNegated, node.values.count == 1,
        case .period(let period) = node.values[0], try isBoolean(node.operand)
      else { return nil }
      return (node.operand, period)
    case .logic(var logic):
      guard let last = logic.operands.last,
        let (rest, period) = try split(last, isBoolean: isBoolean)
      else { return nil }
      logic.operands[logic.operands.count - 1] = rest
      return (.logic(logic), period)
    default: return nil
    }
  }

  mutating func isCondition(
    _ node: ExpressionNode, from: Int?
  ) throws(Diagnostic) -> Bool {
    let datasets = from.map { [$0] } ?? Array(model.datasets.indices)
    for dataset in datasets {
      let place = Place(dataset: dataset)
      if try unknownName(in: node, at: place) == nil {
        return try row(node, at: place).type == .boolean
      }
    }
    return false
  }

  /// `where` and `in` of the query, and the scope's own kind, as one condition.
  mutating func filter(
    _ clauses: Clauses, scope: Scope
  ) throws(Diagnostic) -> RowCondition? {
    FilterPart.all(try filterParts(clauses, scope: scope))
  }

  /// The same in parts, in the order in which rows are accounted for.
  mutating func filterParts(
    _ clauses: Clauses, scope: Scope
  ) throws(Diagnostic) -> [FilterPart] {
    let place = Place(dataset: scope.dataset)
    if scope.isSnapshot {
      return try snapshotFilter(clauses, scope: scope).map {
        [FilterPart(reason: "do not meet `where`", condition: $0)]
      } ?? []
    }
    var parts: [FilterPart] = []
    func add(_ reason: String, _ condition: RowCondition) {
      parts.append(FilterPart(reason: reason, condition: condition))
    }
    if let kind = scope.kind { add("are of another kind", kind) }
    if let period = clauses.period {
      add("lie outside the period", try clockCondition(period, at: place))
    } else if let added = periodShift?.addedPeriod, let clock = try clock(at: place) {
      let span = added.span(settings, isCivil: clock.type == .date)
      add(
        "lie outside the period",
        .inSpan(clock.expression, lower: span.lowerBound, upper: span.upperBound))
    }
    let keys = clauses.keys + (clauses.across.map { [$0] } ?? [])
    if clauses.clock != nil, keys.contains(where: Self.isClockBucket),
      let clock = try clock(at: place)
    {
      // On a clock of the user's choice, a row without an instant has no place on the timeline.
      add("have no time on that clock", .not(.isMissing(clock.expression)))
    }
    if let node = clauses.filter {
      let (period, rest) = try filterConditions(node, in: clauses, at: place)
      if let period { add("lie outside the period", period) }
      if let rest { add("do not meet `where`", rest) }
    }
    return parts
  }

  /// The conditions of `where`: those that name the period, which alone are moved while a baseline
  /// is bound, and the others.
  mutating func filterConditions(
    _ node: ExpressionNode, in clauses: Clauses, at place: Place
  ) throws(Diagnostic) -> (period: RowCondition?, rest: RowCondition?) {
    var others: [ExpressionNode] = []
    var period: RowCondition?
    for part in Self.conjuncts(node) {
      if try isPeriodCondition(part, in: clauses, at: place, isSnapshot: false) {
        period = .both(period, try condition(part, at: place))
      } else {
        others.append(part)
      }
    }
    let shift = periodShift
    periodShift = nil
    defer { periodShift = shift }
    switch others.count {
    case 0: return (period, nil)
    case 1: return (period, try condition(others[0], at: place))
    default:
      let rest = LogicNode(word: .and, operands: others, range: node.range)
      return (period, try condition(.logic(rest), at: place))
    }
  }

  /// The conditions that a filter joins by `and`.
  static func conjuncts(_ node: ExpressionNode) -> [ExpressionNode] {
    if case .logic(let logic) = node, logic.word == .and { return logic.operands }
    return [node]
  }

  /// Whether a condition says in which period the query looks: `month = 2024-03`,
  /// `created in 2024-Q1`. Where the clock has a say, the other times only filter; a snapshot has no
  /// clock but its buckets.
  mutating func isPeriodCondition(
    _ node: ExpressionNode, in clauses: Clauses, at place: Place, isSnapshot: Bool
  ) throws(Diagnostic) -> Bool {
    guard let instant = try instantInPeriod(node, at: place, isBucket: isSnapshot) else {
      return false
    }
    let clock = try clock(at: place)?.expression
    if instant == clock { return true }
    let isOnClock = clauses.period != nil || clauses.keys.contains(where: Self.isTimelineBucket)
    if isSnapshot || isOnClock { return false }
    for part in clauses.filter.map(Self.conjuncts) ?? []
    where try instantInPeriod(part, at: place, isBucket: false) == clock { return false }
    return true
  }

  /// The instant of which a condition asks that it, or its bucket, lies in a period; with
  /// `isBucket` only by a bucket of the clock: `month(created)` names the rows' own time.
  private mutating func instantInPeriod(
    _ node: ExpressionNode, at place: Place, isBucket: Bool
  ) throws(Diagnostic) -> RowExpression? {
    let operand: ExpressionNode
    switch node {
    case .comparison(let comparison) where comparison.operation == .equal:
      var right = comparison.right
      if case .parameter(let name) = right { right = try parameter(name) }
      guard Self.periodNode(right, at: right.range) != nil else { return nil }
      operand = comparison.left
    case .membership(let membership) where membership.isPeriod && !membership.isNegated:
      operand = membership.operand
    default: return nil
    }
    guard try unknownName(in: operand, at: place) == nil else { return nil }
    let row = try row(operand, at: place)
    switch (row.type, row.expression) {
    case (.bucket, .bucket(_, let instant, _)):
      return !isBucket || Self.isTimelineBucket(operand) ? instant : nil
    case (.time, let instant), (.date, let instant): return isBucket ? nil : instant
    default: return nil
    }
  }

  /// A bucket of the clock's timeline, such as `month`.
  private static func isTimelineBucket(_ node: ExpressionNode) -> Bool {
    guard case .name(let name) = node else { return false }
    return TimeGrain(rawValue: Schema.folded(name.text)) != nil
  }

  static func isClockBucket(_ node: ExpressionNode) -> Bool {
    guard case .name(let name) = node else { return false }
    let folded = Schema.folded(name.text)
    return TimeGrain(rawValue: folded) != nil || TimePart(rawValue: folded) != nil
  }

  mutating func clockCondition(
    _ node: PeriodNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    guard let clock = try clock(at: place) else {
      throw Diagnostic(
        "no-clock", "\(model.datasets[place.dataset].name) has no time column for `in`",
        at: node.range, help: "name one with `on COLUMN`")
    }
    let period = try self.period(node, lastInstant: lastInstant(of: clock.expression))
    note(period, node, of: clock.expression, isCivil: clock.type == .date)
    let span = shifted(period).span(settings, isCivil: clock.type == .date)
    return .inSpan(clock.expression, lower: span.lowerBound, upper: span.upperBound)
  }

  /// The timeline to fill, where the only key is a bucket of a clock.
  mutating func axis(
    _ clauses: Clauses, keys: [BoundKey], scopes: [BoundScope]
  ) throws(Diagnostic) -> TimeAxis? {
    guard keys.count == 1, case .bucket(let grain) = keys[0].type else { return nil }
    for option in clauses.options { if case .gaps = option.form { return nil } }
    var bounds: ClosedRange<Int64>?
    for scope in scopes where scope.showsGroups {
      if let frame = scope.frame {
        guard frame.first <= frame.last else { continue }
        let own = frame.first...frame.last
        bounds =
          bounds.map {
            min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound)
          } ?? own
        continue
      }
      guard case .bucket(_, let instant, let isCivil) = scope.keys[0].expression,
        let span = Self.span(of: instant, in: scope.filter)
      else { continue }
      var range: ClosedRange<Int64>?
      instant.forEachColumn { path in
        guard let found = context.facts.timeRange(dataset: path.dataset, column: path.column)
        else { return }
        range =
          range.map {
            min($0.lowerBound, found.lowerBound)...max($0.upperBound, found.upperBound)
          } ?? found
      }
      guard let range else { continue }
      let lower = max(span.lower ?? range.lowerBound, range.lowerBound)
      let upper = min((span.upper ?? Int64.max) - 1, range.upperBound)
      guard lower <= upper else { continue }
      let buckets = TimeBuckets(
        grain: grain, zone: isCivil ? .utc : settings.zone, weekStart: settings.weekStart)
      let own = buckets.bucket(ofUTC: lower)...buckets.bucket(ofUTC: upper)
      bounds =
        bounds.map {
          min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound)
        } ?? own
    }
    return TimeAxis(grain: grain, bounds: bounds)
  }

  /// The span that a filter demands of an instant, nil where it demands none.
  static func span(
    of instant: RowExpression, in filter: RowCondition?
  ) -> (lower: Int64?, upper: Int64?)? {
    switch filter {
    case .inSpan(instant, let lower, let upper)?: return (lower, upper)
    case .all(let parts)?:
      var result: (lower: Int64?, upper: Int64?)?
      for part in parts {
        guard let span = span(of: instant, in: part) else { continue }
        let lower = [result?.lower, span.lower].compactMap { $0 }.max()
        let upper = [result?.upper, span.upper].compactMap { $0 }.min()
        result = (lower, upper)
      }
      return result
    default: return nil
    }
  }
}
