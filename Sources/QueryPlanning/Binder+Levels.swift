import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax

extension Binder {
  /// The first name in an expression that means nothing at a place; bare words on the right of a
  /// comparison may stand for text and are passed over.
  mutating func unknownName(
    in node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> NameNode? {
    for name in Self.names(in: node) where try row(named: name, at: place) == nil { return name }
    return nil
  }

  /// The child dataset that an expression needs, where some name is not known at the place but is
  /// in a dataset below it, or in one above that has several rows of a key.
  mutating func child(
    for node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> ChildPath? {
    guard place.steps.isEmpty else { return nil }
    guard let unknown = try unknownName(in: node, at: place) else {
      if case .missingTest = node { return nil }
      return try shared(for: node, at: place)
    }
    for child in model.children(of: place.dataset)
    where try row(named: unknown, at: Place(dataset: child.dataset)) != nil {
      return child
    }
    return nil
  }

  /// The customers that an expression is about, where some of them have several rows: a customer
  /// in three segments is in each.
  mutating func shared(
    for node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> ChildPath? {
    guard let (customers, via, key) = sharedCustomers(of: place) else { return nil }
    let names = Self.names(in: node)
    for name in names {
      guard let value = try row(named: name, at: place) else { return nil }
      var isAbove = false
      var isElsewhere = false
      value.expression.forEachColumn { path in
        if path.dataset == customers { isAbove = true } else { isElsewhere = true }
      }
      if !isAbove || isElsewhere { return nil }
    }
    guard !names.isEmpty else { return nil }
    let first = LinkStep(child: customers, key: key, parent: customers, parentKey: key)
    return ChildPath(dataset: customers, steps: [first], via: via)
  }

  /// The customers above a place, where some of them have several rows.
  private func sharedCustomers(
    of place: Place
  ) -> (dataset: Int, via: [LinkStep], key: Int)? {
    guard let customers = model.index(of: "customers"), customers != place.dataset,
      let via = model.path(from: place.dataset, to: customers), let key = via.last?.parentKey,
      context.facts.repeats(dataset: customers, column: key)
    else { return nil }
    return (customers, via, key)
  }

  /// Says that a value of a customer with several rows is that of the first, where an aggregate
  /// takes one of each row of another dataset.
  mutating func noteFirstRows(of operands: [TypedRow], at place: Place) {
    var taken: String?
    for operand in operands {
      operand.expression.forEachColumn { path in
        let dataset = model.datasets[path.dataset]
        if path.dataset != place.dataset, dataset.role == "customers", taken == nil {
          taken = dataset.schema.columns[path.column].name
        }
      }
    }
    guard let taken, sharedCustomers(of: place) != nil else { return }
    let note =
      "some customers have several rows: \(taken) is that of the first row of each"
    if !notes.contains(note) { notes.append(note) }
  }

  /// The names that must be known for an expression to mean something.
  static func names(in node: ExpressionNode) -> [NameNode] {
    switch node {
    case .name(let name):
      return name.truth == nil ? [name] : []
    case .text, .number, .percent, .duration, .period, .parameter, .invalid: return []
    case .call(let call): return call.arguments.flatMap { names(in: $0) }
    case .aggregate(let aggregate):
      return aggregate.arguments.flatMap { names(in: $0) }
        + (aggregate.filter.map { names(in: $0) } ?? [])
    case .negation(let prefix), .not(let prefix): return names(in: prefix.operand)
    case .arithmetic(let node): return names(in: node.left) + names(in: node.right)
    case .comparison(let node):
      if case .name = node.right { return names(in: node.left) }
      return names(in: node.left) + names(in: node.right)
    case .logic(let logic): return logic.operands.flatMap { names(in: $0) }
    case .membership(let node): return names(in: node.operand)
    case .between(let node):
      return names(in: node.operand)
    case .textMatch(let node): return names(in: node.operand)
    case .missingTest(let node): return names(in: node.operand)
    case .within(let node): return names(in: node.operand)
    }
  }

  /// The error for a name that means nothing at a place.
  mutating func unknown(_ name: NameNode, at place: Place?) throws(Diagnostic) -> Diagnostic {
    if let place, let owner = owner(of: name) {
      let dataset = model.datasets[place.dataset].name
      return Diagnostic(
        "unknown-name",
        "'\(Self.short(name.text))' is a column of \(owner) and has no single value in a row of "
          + dataset, at: name.range, help: "`show columns of \(dataset)` lists those that have")
    }
    if let place, let reason = missingClock(for: name, at: place) { return reason }
    var candidates: [String] = []
    if let place {
      let datasets =
        model.parents(of: place.dataset).map(\.dataset)
        + model.children(of: place.dataset).map(\.dataset)
      for dataset in datasets {
        candidates += model.datasets[dataset].schema.columns.map(\.name)
      }
      candidates += ["year", "quarter", "month", "week", "day", "hour"]
      candidates += ["weekday", "hour_of_day", "month_of_year"]
    } else {
      candidates += model.datasets.flatMap { $0.schema.columns.map(\.name) }
    }
    candidates = context.catalog.names + candidates
    candidates += context.definitions.values.map(\.name.text)
    candidates.removeAll { Schema.folded($0) == Schema.folded(name.text) }
    let nearest = closestMatch(to: name.text, among: candidates)
    let location = place.map { " in \(model.datasets[$0.dataset].name)" } ?? ""
    return Diagnostic(
      "unknown-name", "nothing is called '\(Self.short(name.text))'\(location)", at: name.range,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "`show columns` lists the columns, `show metrics` the measures")
  }

  /// Why a bucket of time such as `month` means nothing at a place: the times that it counts by
  /// are not there, or are none.
  private func missingClock(for name: NameNode, at place: Place) -> Diagnostic? {
    let folded = Schema.folded(name.text)
    let dataset = model.datasets[place.dataset]
    guard !name.isQuoted, TimeGrain(rawValue: folded) != nil || TimePart(rawValue: folded) != nil,
      let clock = Self.clockNames[dataset.role],
      let index = dataset.schema.index(of: clock)
    else { return nil }
    let column = dataset.schema.columns[index]
    guard column.type != .time, column.type != .date else { return nil }
    let example = context.facts.values(dataset: place.dataset, column: index).first
    return Diagnostic(
      "clock-not-time",
      "'\(Self.short(name.text))' counts by \(clock) of \(dataset.name), which holds "
        + RowType(column.type).words + (example.map { ", such as '\(Self.short($0))'" } ?? ""),
      at: name.range,
      help: "name a column of times: `load '…' as \(dataset.name) with (\(clock) = 'HEADER')`")
  }

  /// The column that the buckets of time of each dataset count by.
  private static let clockNames = [
    "tickets": "created", "customers": "started", "shifts": "date", "surveys": "responded",
  ]

  /// The dataset that has a column of this name.
  private func owner(of name: NameNode) -> String? {
    model.datasets.indices.first { column(named: name, at: Place(dataset: $0)) != nil }
      .map { model.datasets[$0].name }
  }

  /// A user's word as an error quotes it, cut where it is very long.
  static func short(_ text: String) -> String {
    text.utf8.count <= 60 ? text : String(text.prefix(50)) + "…"
  }
}
