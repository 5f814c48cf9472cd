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
    try checkKeys(keyNodes, query.clauses)
    if options.showsShare, !measures.contains(where: \.isAdditive) {
      throw Diagnostic(
        "share-of-rate", "'\(measures[0].name)' is no count or sum, so no group has a share of it",
        at: query.range, help: "write `with total` for the value of all rows together")
    }
    var scopes: [Scope] = []
    func note(_ primitive: ScopedPrimitive) {
      if !scopes.contains(primitive.scope) { scopes.append(primitive.scope) }
    }
    for measure in measures {
      measure.expression.forEachPrimitive(note)
      measure.sampling.forEachPrimitive(note)
    }
    warnUnused(from, by: measures, at: query.range)
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
      let parts = try filterParts(query.clauses, scope: scope)
      bound.append(
        BoundScope(
          scope: scope, filter: FilterPart.all(parts), filterParts: parts, keys: rows,
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
      chart: query.clauses.chart.map {
        $0.kind.flatMap { Chart(rawValue: $0.rawValue) } ?? .automatic
      },
      title: Printer.print(query, value: value(of:)))
  }

  /// Warns where `from` names a dataset that a measure does not look at, since a built-in measure
  /// knows its own.
  private mutating func warnUnused(_ from: Int?, by measures: [BoundMeasure], at range: SourceRange)
  {
    guard let from else { return }
    for measure in measures {
      var datasets: Set<Int> = []
      measure.expression.forEachPrimitive { datasets.insert($0.scope.dataset) }
      guard let own = datasets.first, !datasets.contains(from) else { continue }
      warnings.append(
        Diagnostic(
          "from-unused",
          "`from \(model.datasets[from].name)` does not change '\(measure.name)', which looks at "
            + model.datasets[own].name, at: range, severity: .warning))
    }
  }

  /// That no key stands twice, and that `rolling` and `running` have a timeline to go along.
  private func checkKeys(
    _ nodes: [ExpressionNode], _ clauses: Clauses
  ) throws(Diagnostic) {
    var seen: Set<String> = []
    for node in nodes where !seen.insert(Schema.folded(Printer.print(node))).inserted {
      throw Diagnostic(
        "doubled-key", "'\(Self.short(Printer.print(node)))' is a key already", at: node.range,
        help: "leave one of them out")
    }
    for option in clauses.options {
      let word: String
      switch option.form {
      case .rolling: word = "rolling"
      case .running: word = "running"
      default: continue
      }
      // Columns are not gone along.
      let rows = clauses.across == nil ? nodes : Array(nodes.dropLast())
      let hasTimeline = rows.contains { node in
        switch node {
        case .name(let name): TimeGrain(rawValue: Schema.folded(name.text)) != nil
        case .call(let call): TimeGrain(rawValue: call.function.text.lowercased()) != nil
        default: false
        }
      }
      if !hasTimeline {
        throw Diagnostic(
          "no-timeline", "`\(word)` goes along a timeline, but the query has no period as a key",
          at: option.range, help: "group by one, such as `by month`")
      }
    }
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
    let last =
      settings.today.map { settings.buckets(.day).start(of: Int64($0) + 1) }
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
    var result = BoundMeasure(
      name: itemName(item), expression: value.expression, unit: value.unit, better: value.better,
      sampling: value.sampling, sample: value.sample, row: value.row,
      catalogName: value.catalogName, isAdditive: value.isAdditive)
    if let filter = item.filter {
      let told = warnings
      var scopes: Set<Scope> = []
      value.expression.forEachPrimitive { scopes.insert($0.scope) }
      for scope in scopes {
        result.conditions[scope] = try condition(filter, at: Place(dataset: scope.dataset))
      }
      warnings = told
    }
    return result
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
}
