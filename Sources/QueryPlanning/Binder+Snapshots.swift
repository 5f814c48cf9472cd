import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax

extension Binder {
  /// A snapshot aggregate of the catalog, such as `active_at_end(started, ended)`.
  mutating func snapshot(
    _ node: CallNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue? {
    guard let function = SnapshotFunction(rawValue: node.function.text.lowercased()) else {
      return nil
    }
    let dataset = try dataset(for: node.arguments, in: surroundings)
    let place = Place(dataset: dataset)
    var rows: [TypedRow] = []
    for (index, argument) in node.arguments.enumerated() {
      rows.append(
        index < 2 ? try instant(argument, at: place) : try quantity(argument, at: place))
    }
    let scope = Scope(dataset: dataset, isSnapshot: true)
    var filter: RowCondition?
    for inner in surroundings.filters { filter = .both(filter, try condition(inner, at: place)) }
    let primitive = ScopedPrimitive(
      scope: scope, primitive: Primitive(.snapshot(function), rows, filter: filter))
    return MeasureValue(
      expression: .primitive(primitive),
      unit: function == .ageAtEnd ? .duration : rows.count > 2 ? .number : .count)
  }

  /// The filter of a snapshot: `where` without the conditions that name the period.
  mutating func snapshotFilter(
    _ clauses: Clauses, scope: Scope
  ) throws(Diagnostic) -> RowCondition? {
    guard let node = clauses.filter else { return nil }
    let place = Place(dataset: scope.dataset)
    var others: [ExpressionNode] = []
    for part in Self.conjuncts(node)
    where try !isPeriodCondition(part, in: clauses, at: place, isSnapshot: true) {
      others.append(part)
    }
    let shift = periodShift
    periodShift = nil
    defer { periodShift = shift }
    switch others.count {
    case 0: return nil
    case 1: return try condition(others[0], at: place)
    default:
      return try condition(
        .logic(LogicNode(word: .and, operands: others, range: node.range)), at: place)
    }
  }

  /// The periods of a snapshot with keys: those of the timeline key, or all as one.
  mutating func snapshotFrame(
    _ clauses: Clauses, scope: Scope, keys: [TypedRow]
  ) throws(Diagnostic) -> SnapshotFrame {
    var timeKey: (index: Int, grain: TimeGrain)?
    for (index, key) in keys.enumerated() {
      switch key.type {
      case .bucket(let grain) where timeKey == nil: timeKey = (index, grain)
      case .bucket, .part:
        throw Diagnostic(
          "snapshot-key",
          "a measure of a moment cannot be grouped by two times, or by "
            + "\(key.type.words)",
          at: clauses.keys.indices.contains(index) ? clauses.keys[index].range : nil,
          help: "group by one of year, quarter, month, week, day")
      default: break
      }
    }
    return try frame(clauses, scope: scope, key: timeKey?.index, grain: timeKey?.grain)
  }

  /// The periods of a snapshot, clipped to the range of the data where they are a key.
  mutating func frame(
    _ clauses: Clauses, scope: Scope, key: Int?, grain: TimeGrain?
  ) throws(Diagnostic) -> SnapshotFrame {
    let place = Place(dataset: scope.dataset)
    let clock = try clock(at: place)
    let isCivil = clock?.type == .date
    var data: ClosedRange<Int64>?
    for (index, column) in model.datasets[scope.dataset].schema.columns.enumerated()
    where (column.type == .time || column.type == .date) && column.name != "due" {
      guard let range = context.facts.timeRange(dataset: scope.dataset, column: index) else {
        continue
      }
      data =
        data.map {
          min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound)
        } ?? range
    }
    let whole = data ?? 0...0
    let period = try namedPeriod(clauses, at: place, lastInstant: whole.upperBound)
    func buckets(_ grain: TimeGrain) -> TimeBuckets {
      TimeBuckets(
        grain: grain, zone: isCivil ? .utc : settings.zone, weekStart: settings.weekStart)
    }
    guard let grain else {
      if let period {
        return SnapshotFrame(
          grain: period.grain, first: period.first, last: period.last, key: nil, isCivil: isCivil)
      }
      let days = buckets(.day)
      return SnapshotFrame(
        grain: .day, first: days.bucket(ofUTC: whole.lowerBound),
        last: days.bucket(ofUTC: whole.upperBound), key: nil, isCivil: isCivil)
    }
    guard data != nil else {  // no time, no periods
      return SnapshotFrame(grain: grain, first: 0, last: -1, key: key, isCivil: isCivil)
    }
    let own = buckets(grain)
    var first = own.bucket(ofUTC: whole.lowerBound)
    var last = own.bucket(ofUTC: whole.upperBound)
    if let period {
      let span = period.span(settings, isCivil: isCivil)
      first = max(first, own.bucket(ofUTC: span.lowerBound))
      last = min(last, own.bucket(ofUTC: span.upperBound - 1))
    }
    guard last - first <= 100_000 else {
      throw Diagnostic(
        "too-many-periods", "the data spans more than 100,000 \(grain.rawValue)s", at: nil,
        help: "name a period, such as `in 2024`")
    }
    return SnapshotFrame(grain: grain, first: first, last: last, key: key, isCivil: isCivil)
  }

  /// The period that `in` or `where` names, moved where a baseline is bound.
  private mutating func namedPeriod(
    _ clauses: Clauses, at place: Place, lastInstant: Int64
  ) throws(Diagnostic) -> ResolvedPeriod? {
    if let node = try namedPeriods(clauses, at: place, isSnapshot: true).first {
      return shifted(try period(node, lastInstant: lastInstant))
    }
    return periodShift?.addedPeriod
  }

  /// The periods of `in`, and of the conditions in `where` that ask for one.
  mutating func namedPeriods(
    _ clauses: Clauses, at place: Place, isSnapshot: Bool
  ) throws(Diagnostic) -> [PeriodNode] {
    var nodes = [clauses.period].compactMap { $0 }
    for part in clauses.filter.map(Self.conjuncts) ?? []
    where try isPeriodCondition(part, in: clauses, at: place, isSnapshot: isSnapshot) {
      var right: ExpressionNode
      switch part {
      case .comparison(let comparison): right = comparison.right
      case .membership(let membership): right = membership.values[0]
      default: continue
      }
      if case .parameter(let name) = right { right = try parameter(name) }
      if let node = Self.periodNode(right, at: right.range) { nodes.append(node) }
    }
    return nodes
  }
}
