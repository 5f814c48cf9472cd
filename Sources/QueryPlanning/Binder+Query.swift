import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax
import Results

extension Binder {
  /// A query with every name resolved.
  public mutating func bind(_ query: Query) throws(Diagnostic) -> BoundQuery {
    guard !model.datasets.isEmpty else {
      throw Diagnostic(
        "no-data", "no dataset is loaded", at: query.range,
        help: "load one: `load 'tickets.csv'`, or start with `deskql tickets.csv`")
    }
    var query = query
    clockName = query.clauses.clock
    let from = try dataset(query.clauses.from)
    try splitPeriodFromFilter(&query, from: from)
    var measures: [BoundMeasure] = []
    for item in query.items { measures.append(try self.item(item, from: from)) }
    if query.clauses.options.contains(where: { $0.form == .open }) {
      measures = try measures.map { (measure) throws(Diagnostic) in
        try withOpenEnds(measure, at: query.range)
      }
    }
    try checkNames(measures, query.items)

    // `top 10 by tag`: where the word behind `by` is no measure, it is the grouping.
    var keyNodes = query.clauses.keys
    var rankNode: ExpressionNode?
    if let by = query.clauses.ranking?.by {
      if try isRankingMeasure(by, measures: measures, keys: keyNodes) {
        rankNode = by
      } else if !keyNodes.contains(where: { Printer.print($0) == Printer.print(by) }) {
        keyNodes.append(by)
      }
    }
    if let across = query.clauses.across { keyNodes.append(across) }
    let options = try options(query.clauses.options)
    var scopes: [Scope] = []
    func note(_ primitive: ScopedPrimitive) {
      if !scopes.contains(primitive.scope) { scopes.append(primitive.scope) }
    }
    for measure in measures {
      measure.expression.forEachPrimitive(note)
      measure.sampling.forEachPrimitive(note)
    }
    let shownCount = scopes.count
    guard shownCount > 0 else {
      throw Diagnostic(
        "no-measure", "this counts no rows", at: query.items[0].range,
        help: "name a measure, such as `tickets` or `count`")
    }
    var keys: [BoundKey] = []
    for node in keyNodes {
      let place = Place(dataset: scopes[0].dataset)
      keys.append(BoundKey(name: keyName(node), type: try key(node, at: place).type))
    }
    let names = GroupNames(from: from, measures: measures, keys: keys)
    var rankBy: MeasureValue?
    if let rankNode { rankBy = try groupExpression(rankNode, in: names) }
    var having: GroupCondition?
    if let node = query.clauses.having { having = try groupCondition(node, in: names) }
    var order: [BoundOrder] = []
    for node in query.clauses.order {
      order.append(
        BoundOrder(
          expression: try groupExpression(node.expression, in: names).expression,
          isDescending: node.isDescending))
    }
    var ranking: BoundRanking?
    if let node = query.clauses.ranking {
      ranking = try self.ranking(node, by: rankBy, measures: measures, keyNodes: keyNodes)
    }
    having?.forEachPrimitive(note)
    for item in order { item.expression.forEachPrimitive(note) }
    ranking?.by.expression.forEachPrimitive(note)
    ranking?.by.sampling.forEachPrimitive(note)

    var bound: [BoundScope] = []
    for (index, scope) in scopes.enumerated() {
      let place = Place(dataset: scope.dataset)
      var rows: [TypedRow] = []
      for node in keyNodes { rows.append(try key(node, at: place)) }
      var frame: SnapshotFrame?
      if scope.isSnapshot { frame = try snapshotFrame(query.clauses, scope: scope, keys: rows) }
      bound.append(
        BoundScope(
          scope: scope, filter: try filter(query.clauses, scope: scope),
          filterParts: try filterParts(query.clauses, scope: scope), keys: rows,
          showsGroups: index < shownCount, frame: frame))
    }
    let isPivoted = query.clauses.across != nil
    let axis = try axis(
      query.clauses, keys: isPivoted ? Array(keys.dropLast()) : keys, scopes: bound)
    let baseline = try baseline(query.clauses, measures: measures, keys: keys, scopes: &bound)
    return BoundQuery(
      measures: measures, keys: keys, scopes: bound, having: having, order: order,
      ranking: ranking, limit: try count(query.clauses.limit),
      offset: try count(query.clauses.offset) ?? 0, axis: axis, isPivoted: isPivoted,
      baseline: baseline, options: options, notes: notes,
      chart: query.clauses.chart.map { $0.kind.flatMap { Chart(rawValue: $0.rawValue) } ?? .automatic },
      title: Printer.print(query))
  }

  private func options(_ nodes: [OptionNode]) throws(Diagnostic) -> QueryOptions {
    var options = QueryOptions()
    for node in nodes {
      switch node.form {
      case .interval(let level):
        let level = level ?? 95
        guard level > 0, level < 100 else {
          throw Diagnostic(
            "interval-level", "the level of `ci` lies between 0% and 100%", at: node.range,
            help: "write `ci 95%`")
        }
        options.interval = level / 100
      case .counts: options.showsCounts = true
      case .total: options.showsTotal = true
      case .share: options.showsShare = true
      case .other: options.showsOther = true
      case .rank(let isFair): options.rank = isFair ? .fair : .byValue
      case .running: options.isRunning = true
      case .rolling(let count):
        guard (1...100_000).contains(count) else {
          throw Diagnostic(
            "rolling-count", "`rolling` takes a number of periods from 1 on", at: node.range,
            help: "write `rolling 3`")
        }
        options.rolling = count
      case .gaps: options.keepsGaps = true
      case .open: options.countsOpen = true
      }
    }
    return options
  }

  /// A percentile of durations in which one whose end is still open counts as longer than so far.
  private func withOpenEnds(
    _ measure: BoundMeasure, at range: SourceRange
  ) throws(Diagnostic) -> BoundMeasure {
    guard case .primitive(let scoped) = measure.expression,
      case .quantile(let fraction) = scoped.primitive.function,
      case .elapsed(let from, _) = scoped.primitive.operands[0].expression
    else {
      throw Diagnostic(
        "open-operand", "`with open` works on a median or percentile of a time between two events",
        at: range, help: "write `median frt … with open`")
    }
    let last = settings.today.map { settings.buckets(.day).start(of: Int64($0) + 1) }
      ?? lastInstant(of: scoped.primitive.operands[0].expression) ?? 0
    var open = scoped
    open.primitive.function = .survivalQuantile(fraction)
    open.primitive.operands.append(
      TypedRow(.elapsed(from: from, to: .integer(last, scale: 0)), .duration))
    var result = measure
    result.expression = .primitive(open)
    result.sampling = .none
    return result
  }

  // MARK: Items

  private mutating func item(
    _ item: QueryItem, from: Int?
  ) throws(Diagnostic) -> BoundMeasure {
    if let adjustment = item.adjustment.first {
      throw Diagnostic(
        "not-available", "`adjusted for` is not available yet", at: adjustment.range)
    }
    let value = try measure(
      item.expression, in: MeasureSurroundings(from: from).adding(item.filter))
    return BoundMeasure(
      name: itemName(item), expression: value.expression, unit: value.unit, better: value.better,
      sampling: value.sampling, sample: value.sample, row: value.row,
      catalogName: value.catalogName, isAdditive: value.isAdditive)
  }

  /// A column is called by its alias, else by the measure's name, else aggregate_operand, else by
  /// the expression as text.
  func itemName(_ item: QueryItem) -> String {
    if let alias = item.alias { return alias.text }
    let base: String
    switch item.expression {
    case .name(let name):
      let isMeasure = context.catalog.record(named: Schema.folded(name.text)) != nil
      base = isMeasure ? Schema.folded(name.text) : name.text
    case .aggregate(let aggregate): base = aggregateName(aggregate)
    default: base = Printer.print(item.expression)
    }
    guard let filter = item.filter else { return base }
    return "\(base) if \(Printer.print(filter))"
  }

  private func aggregateName(_ node: AggregateNode) -> String {
    let full = Printer.print(.aggregate(node))
    guard node.function != .percent, node.filter == nil else { return full }
    let word = String(full.prefix { $0 != "(" && $0 != " " }).replacing(".", with: "_")
    switch node.arguments.first {
    case nil: return word
    case .name(let name)? where node.arguments.count == 1 || node.function == .quantile:
      return "\(word)_\(name.text)"
    default: return full
    }
  }

  private func checkNames(
    _ measures: [BoundMeasure], _ items: [QueryItem]
  ) throws(Diagnostic) {
    var seen: Set<String> = []
    for (measure, item) in zip(measures, items)
    where !seen.insert(Schema.folded(measure.name)).inserted {
      throw Diagnostic(
        "doubled-name", "two columns are called '\(Self.short(measure.name))'", at: item.range,
        help: "give one another name with `as`")
    }
  }

  // MARK: Keys

  /// A grouping key in a dataset: a column, a definition or a time bucket there, or the values
  /// in the rows below.
  mutating func key(_ node: ExpressionNode, at place: Place) throws(Diagnostic) -> TypedRow {
    if let child = try child(for: node, at: place) {
      let inner = try row(node, at: Place(dataset: child.dataset))
      return TypedRow(.childValues(child, inner.expression), inner.type)
    }
    if let unknown = try unknownName(in: node, at: place) {
      if try isMeasureName(unknown) {
        throw Diagnostic(
          "key-is-measure", "'\(Self.short(unknown.text))' is a measure and cannot be a key",
          at: unknown.range, help: "name several measures with commas: `tickets, csat by team`")
      }
      throw try self.unknown(unknown, at: place)
    }
    return try row(node, at: place)
  }

  func keyName(_ node: ExpressionNode) -> String {
    guard case .name(let name) = node else { return Printer.print(node) }
    let folded = Schema.folded(name.text)
    let isKnown = model.datasets.contains { dataset in
      dataset.schema.columns.contains { $0.name == folded }
    }
    return isKnown || TimeGrain(rawValue: folded) != nil || TimePart(rawValue: folded) != nil
      ? folded : name.text
  }

  private mutating func isRankingMeasure(
    _ node: ExpressionNode, measures: [BoundMeasure], keys: [ExpressionNode]
  ) throws(Diagnostic) -> Bool {
    let text = Schema.folded(Printer.print(node))
    if measures.contains(where: { Schema.folded($0.name) == text }) { return true }
    if keys.contains(where: { Schema.folded(Printer.print($0)) == text }) { return false }
    if case .name(let name) = node { return try isMeasureName(name) }
    return try isMeasure(node)
  }

  private mutating func ranking(
    _ node: RankingNode, by value: MeasureValue?, measures: [BoundMeasure],
    keyNodes: [ExpressionNode]
  ) throws(Diagnostic) -> BoundRanking {
    var per: Int?
    if let perNode = node.per {
      let text = Schema.folded(Printer.print(perNode))
      per = keyNodes.firstIndex { Schema.folded(Printer.print($0)) == text }
      if per == nil {
        throw Diagnostic(
          "per-not-key", "'\(Self.short(Printer.print(perNode)))' behind `per` is not a key of the "
            + "query", at: perNode.range,
          help: "add it: `by \(Self.short(Printer.print(perNode))), …`")
      }
    }
    guard !keyNodes.isEmpty else {
      throw Diagnostic(
        "top-without-keys", "`\(node.isBottom ? "bottom" : "top")` ranks groups, but the query has "
          + "no keys", at: node.range, help: "group with `by`, such as `by agent`")
    }
    return BoundRanking(
      isBottom: node.isBottom, count: try count(node.count) ?? 0,
      by: value.map(BoundMeasure.init) ?? measures[0], per: per, isFair: node.isFair)
  }

  /// A whole number, or the one that a parameter holds.
  func count(_ node: CountNode?) throws(Diagnostic) -> Int? {
    guard let node else { return nil }
    switch node.form {
    case .literal(let value): return value
    case .parameter(let name):
      guard case .number(let number) = try parameter(name), let value = number.integer, value >= 0
      else {
        throw Diagnostic(
          "parameter-not-count", "'$\(name.text)' does not hold a whole number", at: node.range)
      }
      return Int(value)
    }
  }

  func dataset(_ name: NameNode?) throws(Diagnostic) -> Int? {
    guard let name else { return nil }
    if let index = model.index(of: name.text) { return index }
    let nearest = closestMatch(to: name.text, among: model.datasets.map(\.name))
    throw Diagnostic(
      "unknown-dataset", "no dataset is called '\(Self.short(name.text))'", at: name.range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "`show datasets` lists what is loaded")
  }

  // MARK: Filters and time

  /// `where escalated in 2024-03` means the clause `in`: a yes/no value lies in no period.
  private mutating func splitPeriodFromFilter(
    _ query: inout Query, from: Int?
  ) throws(Diagnostic) {
    guard query.clauses.period == nil, let filter = query.clauses.filter else { return }
    if let (rest, period) = try Self.split(filter, isBoolean: { (node) throws(Diagnostic) in
      try isCondition(node, from: from)
    }) {
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
      guard let last = logic.operands.last, let (rest, period) = try split(last, isBoolean: isBoolean)
      else { return nil }
      logic.operands[logic.operands.count - 1] = rest
      return (.logic(logic), period)
    default: return nil
    }
  }

  private mutating func isCondition(
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
    var result: RowCondition?
    for part in try filterParts(clauses, scope: scope) { result = .both(result, part.condition) }
    return result
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
    if clauses.clock != nil, clauses.keys.contains(where: Self.isClockBucket),
      let clock = try clock(at: place)
    {
      // On a clock of the user's choice, a row without an instant has no place on the timeline.
      add("have no time on that clock", .not(.isMissing(clock.expression)))
    }
    if let node = clauses.filter {
      add("do not meet `where`", try filterCondition(node, at: place))
    }
    return parts
  }

  /// The condition of `where`; while a baseline is bound, only conditions on the period itself are
  /// moved.
  private mutating func filterCondition(
    _ node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    guard let shift = periodShift else { return try condition(node, at: place) }
    var others: [ExpressionNode] = []
    var result: RowCondition?
    for part in Self.conjuncts(node) {
      if try isPeriodCondition(part, at: place) {
        result = .both(result, try condition(part, at: place))
      } else {
        others.append(part)
      }
    }
    periodShift = nil
    defer { periodShift = shift }
    if others.count == 1 {
      result = .both(result, try condition(others[0], at: place))
    } else if others.count > 1 {
      let rest = LogicNode(word: .and, operands: others, range: node.range)
      result = .both(result, try condition(.logic(rest), at: place))
    }
    return result ?? .always(true)
  }

  /// The conditions that a filter joins by `and`.
  static func conjuncts(_ node: ExpressionNode) -> [ExpressionNode] {
    if case .logic(let logic) = node, logic.word == .and { return logic.operands }
    return [node]
  }

  /// Whether a condition says in which period the query looks: `month = 2024-03`,
  /// `created in 2024-Q1`.
  mutating func isPeriodCondition(
    _ node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> Bool {
    let operand: ExpressionNode
    switch node {
    case .comparison(let comparison) where comparison.operation == .equal:
      var right = comparison.right
      if case .parameter(let name) = right { right = try parameter(name) }
      guard Self.periodNode(right, at: right.range) != nil else { return false }
      operand = comparison.left
    case .membership(let membership) where membership.isPeriod && !membership.isNegated:
      operand = membership.operand
    default: return false
    }
    guard try unknownName(in: operand, at: place) == nil else { return false }
    switch try row(operand, at: place).type {
    case .bucket, .time, .date: return true
    default: return false
    }
  }

  private static func isClockBucket(_ node: ExpressionNode) -> Bool {
    guard case .name(let name) = node else { return false }
    let folded = Schema.folded(name.text)
    return TimeGrain(rawValue: folded) != nil || TimePart(rawValue: folded) != nil
  }

  private mutating func clockCondition(
    _ node: PeriodNode, at place: Place
  ) throws(Diagnostic) -> RowCondition {
    guard let clock = try clock(at: place) else {
      throw Diagnostic(
        "no-clock", "\(model.datasets[place.dataset].name) has no time column for `in`",
        at: node.range, help: "name one with `on COLUMN`")
    }
    let period = try self.period(node, lastInstant: lastInstant(of: clock.expression))
    let span = shifted(period).span(settings, isCivil: clock.type == .date)
    return .inSpan(clock.expression, lower: span.lowerBound, upper: span.upperBound)
  }

  /// The timeline to fill, where the only key is a bucket of a clock.
  private mutating func axis(
    _ clauses: Clauses, keys: [BoundKey], scopes: [BoundScope]
  ) throws(Diagnostic) -> TimeAxis? {
    guard keys.count == 1, case .bucket(let grain) = keys[0].type else { return nil }
    for option in clauses.options { if case .gaps = option.form { return nil } }
    var bounds: ClosedRange<Int64>?
    for scope in scopes where scope.showsGroups {
      if let frame = scope.frame, frame.first <= frame.last {
        let own = frame.first...frame.last
        bounds = bounds.map {
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
        range = range.map {
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
      bounds = bounds.map {
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
