import ColumnStore
import Diagnostics
import MetricCatalog
import QuerySyntax
import Results

/// What surrounds a measure: the dataset behind `from`, and the conditions of `if` around it.
struct MeasureSurroundings {
  var from: Int?
  var filters: [ExpressionNode] = []
  var scope: Scope?

  func adding(_ filter: ExpressionNode?) -> MeasureSurroundings {
    guard let filter else { return self }
    var result = self
    result.filters.append(filter)
    return result
  }
}

extension Binder {
  /// A measure: a formula over aggregates, with unit, direction and sampling model.
  mutating func measure(
    _ node: ExpressionNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    switch node {
    case .name(let name): return try measure(named: name, in: surroundings)
    case .parameter(let name): return try measure(parameter(name), in: surroundings)
    case .number(let number):
      return MeasureValue(expression: .constant(number.value), unit: .number)
    case .percent(let number):
      return MeasureValue(expression: .constant(number.value), unit: .percent)
    case .duration(let duration):
      return MeasureValue(expression: .constant(duration.seconds), unit: .duration)
    case .aggregate(let aggregate):
      var value = try self.aggregate(aggregate, in: surroundings)
      if value.better == .none { value.better = direction(of: aggregate) }
      return value
    case .within(let within): return try self.within(within, in: surroundings)
    case .negation(let prefix):
      let operand = try measure(prefix.operand, in: surroundings)
      return MeasureValue(expression: .negated(operand.expression), unit: operand.unit)
    case .arithmetic(let operation):
      let left = try measure(operation.left, in: surroundings)
      let right = try measure(operation.right, in: surroundings)
      guard let unit = MeasureValue.unit(operation.operation, left.unit, right.unit) else {
        throw Diagnostic(
          "unit-mismatch", "\(left.unit.words) \(operation.operation.rawValue) "
            + "\(right.unit.words) has no meaning", at: operation.range,
          notes: [
            "'\(Self.short(Printer.print(operation.left)))' is \(left.unit.words), "
              + "'\(Self.short(Printer.print(operation.right)))' is \(right.unit.words)"
          ])
      }
      return MeasureValue(
        expression: .arithmetic(operation.operation, left.expression, right.expression),
        unit: unit)
    case .call(let call): return try measureCall(call, in: surroundings)
    case .comparison, .logic, .not, .membership, .between, .textMatch, .missingTest:
      throw Diagnostic(
        "condition-as-measure", "this is a condition, not a measure", at: node.range,
        help: "wrap it: `percent(\(Self.short(Printer.print(node))))`")
    case .text, .period:
      throw Diagnostic(
        "not-a-measure", "'\(Self.short(Printer.print(node)))' is not a measure", at: node.range,
        help: "name a measure, such as `csat`; `show metrics` lists them")
    case .invalid(let invalid):
      throw Diagnostic("unreadable", "these words could not be read", at: invalid.range)
    }
  }

  private mutating func measure(
    named name: NameNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let folded = Schema.folded(name.text)
    if !name.isQuoted {
      if let definition = context.definitions[folded] {
        if expanding.contains(folded) {
          throw Diagnostic(
            "definition-cycle", "'\(name.text)' is defined by itself: "
              + (expanding + [folded]).joined(separator: " → "), at: name.range)
        }
        return try defined(definition, name: name, in: surroundings)
      }
      if let record = context.catalog.record(named: folded) {
        return try builtIn(record, name: name, in: surroundings)
      }
    }
    let datasets = surroundings.from.map { [$0] } ?? Array(model.datasets.indices)
    for dataset in datasets {
      guard let column = column(named: name, at: Place(dataset: dataset)) else { continue }
      throw columnAsMeasure(name.text, column.type, at: name.range)
    }
    throw try unknown(name, at: nil)
  }

  private func columnAsMeasure(
    _ name: String, _ type: RowType, at range: SourceRange
  ) -> Diagnostic {
    let help: String
    switch type {
    case .boolean: help = "its share is `percent(\(name))`"
    case .number, .percent, .duration:
      help = "say how to combine the rows: `avg(\(name))`, `sum(\(name))`, `p90(\(name))`"
    default: help = "count them with `distinct(\(name))`, or group with `by \(name)`"
    }
    return Diagnostic(
      "column-as-measure", "'\(Self.short(name))' is a value of each row, not a measure",
      at: range, help: help)
  }

  private mutating func defined(
    _ definition: DefinitionStatement, name: NameNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let folded = Schema.folded(definition.name.text)
    expanding.append(folded)
    defer { expanding.removeLast() }
    if try isMeasure(definition.expression) {
      var value = try measure(definition.expression, in: surroundings.adding(definition.filter))
      value.catalogName = nil
      return value
    }
    if case .name(let inner) = definition.expression, try isMeasureName(inner) {
      return try measure(definition.expression, in: surroundings.adding(definition.filter))
    }
    let dataset = try self.dataset(for: [definition.expression], in: surroundings)
    let value = try row(definition.expression, at: Place(dataset: dataset))
    guard value.type == .duration else {
      throw columnAsMeasure(definition.name.text, value.type, at: name.range)
    }
    return try average(value, dataset: dataset, in: surroundings.adding(definition.filter))
  }

  private mutating func builtIn(
    _ record: MeasureRecord, name: NameNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    guard let dataset = model.index(of: record.dataset) else {
      throw Diagnostic(
        "dataset-not-loaded", "'\(name.text)' needs the dataset \(record.dataset), which is not "
          + "loaded", at: name.range, help: "load it: `load 'PATH' as \(record.dataset)`")
    }
    let scope = Scope(dataset: dataset, kind: try kind(record, dataset: dataset, at: name.range))
    var inner = surroundings
    inner.scope = scope
    inner.from = dataset
    expanding.append("measure \(record.name)")
    defer { expanding.removeLast() }
    let place = Place(dataset: dataset)
    for formula in record.formulas {
      let parts = [formula.expression] + (formula.filter.map { [$0] } ?? [])
      var isComplete = true
      for part in parts where try unknownName(in: part, at: place) != nil { isComplete = false }
      guard isComplete else { continue }
      var value = try measure(formula.expression, in: inner.adding(formula.filter))
      value.unit = record.unit
      value.better = record.better
      value.catalogName = record.name
      if record.unit == .points, case .mean(let moments) = value.sampling {
        value.sampling = .points(moments: moments)
      }
      return value
    }
    throw try missingColumn(record, at: name.range)
  }

  /// The rows of a surveys file that a measure of one kind is about; nil where all are.
  private func kind(
    _ record: MeasureRecord, dataset: Int, at range: SourceRange
  ) throws(Diagnostic) -> RowCondition? {
    guard let kind = record.kind else { return nil }
    let schema = model.datasets[dataset].schema
    if let column = schema.index(of: "kind") {
      return .textOneOf(
        .column(ColumnPath(steps: [], dataset: dataset, column: column)), [kind])
    }
    let header = schema.index(of: "score").map { schema.columns[$0].header.lowercased() } ?? ""
    let found = ["nps", "ces"].first { header.contains($0) } ?? "csat"
    guard found == kind else {
      throw Diagnostic(
        "other-survey-kind", "'\(record.name)' needs \(kind) answers, but the surveys hold "
          + "\(found) answers", at: range,
        help: "load a file of \(kind) answers, or one with a column `kind`")
    }
    return nil
  }

  private mutating func missingColumn(
    _ record: MeasureRecord, at range: SourceRange
  ) throws(Diagnostic) -> Diagnostic {
    let place = Place(dataset: model.index(of: record.dataset) ?? 0)
    var found: NameNode?
    for formula in record.formulas.prefix(1) {
      found = try unknownName(in: formula.expression, at: place)
      if found == nil, let filter = formula.filter {
        found = try unknownName(in: filter, at: place)
      }
    }
    guard let missing = found else {
      return Diagnostic("missing-column", "'\(record.name)' lacks a column", at: range)
    }
    let dataset = place.dataset
    let schema = model.datasets[dataset].schema
    let free = schema.columns.filter { $0.name == Schema.folded($0.header) }.map(\.header)
    let nearest = closestMatch(to: missing.text, among: free) ?? "HEADER"
    return Diagnostic(
      "missing-column", "'\(record.name)' needs the column \(missing.text), which "
        + "\(model.datasets[dataset].name) does not have", at: range,
      help: "name its header when loading: `load 'PATH' as \(record.dataset) with "
        + "(\(missing.text) = '\(nearest)')`")
  }

  // MARK: Aggregates

  /// The dataset that all operands belong to: the one that has them itself, else the one that
  /// reaches them.
  mutating func dataset(
    for operands: [ExpressionNode], in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> Int {
    if let from = surroundings.from { return from }
    let ordered = preferredDatasets()
    guard let first = ordered.first else {
      throw Diagnostic(
        "no-data", "no dataset is loaded", at: operands.first?.range,
        help: "load one: `load 'tickets.csv'`")
    }
    for operand in operands {
      if case .name(let name) = operand, let row = try rowOfMeasure(named: name),
        let record = context.catalog.record(named: Schema.folded(name.text)),
        let dataset = model.index(of: record.dataset), row.type == .duration
      {
        return dataset
      }
    }
    ownNamesOnly = true
    defer { ownNamesOnly = false }
    for own in [true, false] {
      ownNamesOnly = own
      for dataset in ordered {
        var isComplete = true
        for operand in operands
        where try unknownName(in: operand, at: Place(dataset: dataset)) != nil {
          isComplete = false
        }
        if isComplete { return dataset }
      }
    }
    return first
  }

  private func preferredDatasets() -> [Int] {
    let known = ["tickets", "surveys", "customers", "shifts"].compactMap { model.index(of: $0) }
    return known + model.datasets.indices.filter { !known.contains($0) }
  }

  private mutating func aggregate(
    _ node: AggregateNode, in outer: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let surroundings = outer.adding(node.filter)
    var operands = node.arguments
    var fraction: Double?
    if node.function == .quantile {
      guard operands.count == 2, case .number(let number) = operands[1],
        (0...1).contains(number.value)
      else {
        throw Diagnostic(
          "quantile-arguments", "`quantile` takes a value and a fraction from 0 to 1",
          at: node.range, help: "write `quantile(frt, 0.95)`")
      }
      fraction = number.value
      operands.removeLast()
    }
    for operand in operands where try isMeasure(operand) {
      throw Diagnostic(
        "aggregate-of-measure", "'\(Self.short(Printer.print(operand)))' is already a measure "
          + "of many rows", at: operand.range, help: "use it by itself, without the aggregate")
    }
    let dataset = try dataset(for: operands, in: surroundings)
    let place = Place(dataset: dataset)
    var rows: [TypedRow] = []
    if node.function != .percent {
      for operand in operands { rows.append(try row(operand, at: place)) }
    }
    let scope = surroundings.scope ?? Scope(dataset: dataset)
    let filter = try self.filter(surroundings, at: place)
    func primitive(_ function: PrimitiveFunction, _ operands: [TypedRow]) -> ScopedPrimitive {
      ScopedPrimitive(scope: scope, primitive: Primitive(function, operands, filter: filter))
    }
    func one() throws(Diagnostic) -> TypedRow {
      guard rows.count == 1 else {
        throw Diagnostic(
          "argument-count", "this aggregate takes one value, not \(rows.count)", at: node.range)
      }
      return rows[0]
    }
    func quantity() throws(Diagnostic) -> TypedRow {
      let row = try one()
      guard row.type.isQuantity else {
        throw wrongType(row.type, at: operands[0].range, wanted: "a number or a duration")
      }
      return row
    }
    switch node.function {
    case .count:
      guard !rows.isEmpty else {
        return MeasureValue(
          expression: .primitive(primitive(.rows, [])), unit: .count, isAdditive: true)
      }
      return MeasureValue(
        expression: .primitive(primitive(.known, [try one()])), unit: .count, isAdditive: true)
    case .distinct:
      guard !rows.isEmpty else { _ = try one(); return MeasureValue(expression: .missing, unit: .count) }
      return MeasureValue(expression: .primitive(primitive(.distinct, rows)), unit: .count)
    case .sum:
      let operand = try quantity()
      let unit = operand.type == .boolean ? ValueUnit.count : ValueUnit(operand.type)
      return MeasureValue(
        expression: .primitive(primitive(.sum, [operand])), unit: unit, isAdditive: true)
    case .average:
      let operand = try quantity()
      var value = try average(operand, dataset: dataset, in: surroundings)
      if node.filter != nil { value.row = nil }
      return value
    case .median: return quantile(0.5, try quantity(), primitive)
    case .percentile(let percent, _): return quantile(percent / 100, try quantity(), primitive)
    case .quantile: return quantile(fraction ?? 0.5, try quantity(), primitive)
    case .minimum, .maximum:
      let operand = try one()
      guard operand.type != .tags else {
        throw wrongType(operand.type, at: operands[0].range, wanted: "a single value")
      }
      let function: PrimitiveFunction = node.function == .minimum ? .minimum : .maximum
      return MeasureValue(
        expression: .primitive(primitive(function, [operand])), unit: ValueUnit(operand.type))
    case .mode:
      let operand = try one()
      return MeasureValue(
        expression: .primitive(primitive(.mode, [operand])), unit: ValueUnit(operand.type))
    case .standardDeviation, .variance:
      let operand = try quantity()
      let isRoot = node.function == .standardDeviation
      return MeasureValue(
        expression: .spread(primitive(.moments, [operand]), isRoot: isRoot),
        unit: isRoot && operand.type == .duration ? .duration : .number,
        sample: .primitive(primitive(.known, [operand])))
    case .correlation:
      guard rows.count == 2 else {
        throw Diagnostic(
          "argument-count", "`corr` takes two values, not \(rows.count)", at: node.range,
          help: "write `corr(frt, replies)`")
      }
      for (row, operand) in zip(rows, operands) where !row.type.isQuantity {
        throw wrongType(row.type, at: operand.range, wanted: "a number or a duration")
      }
      return MeasureValue(expression: .primitive(primitive(.correlation, rows)), unit: .number)
    case .percent:
      guard operands.count == 1 else {
        throw Diagnostic(
          "argument-count", "`percent` takes one condition", at: node.range,
          help: "write `percent(frt <= 1h)`")
      }
      return try share(operands[0], of: nil, dataset: dataset, in: surroundings)
    }
  }

  private func quantile(
    _ fraction: Double, _ operand: TypedRow,
    _ primitive: (PrimitiveFunction, [TypedRow]) -> ScopedPrimitive
  ) -> MeasureValue {
    let values = primitive(.quantile(fraction), [operand])
    return MeasureValue(
      expression: .primitive(values), unit: ValueUnit(operand.type == .boolean ? .number : operand.type),
      sampling: .quantile(values), sample: .primitive(primitive(.known, [operand])))
  }

  /// The average of a row value.
  mutating func average(
    _ operand: TypedRow, dataset: Int, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let scope = surroundings.scope ?? Scope(dataset: dataset)
    let filter = try self.filter(surroundings, at: Place(dataset: dataset))
    func primitive(_ function: PrimitiveFunction) -> ScopedPrimitive {
      ScopedPrimitive(scope: scope, primitive: Primitive(function, [operand], filter: filter))
    }
    let type = operand.type == .boolean ? RowType.number : operand.type
    return MeasureValue(
      expression: .mean(sum: primitive(.sum), count: primitive(.known)), unit: ValueUnit(type),
      sampling: .mean(moments: primitive(.moments)), sample: .primitive(primitive(.known)),
      row: filter == nil ? operand : nil)
  }

  /// The share of rows that meet a condition, among those where it can be decided.
  ///
  /// - Parameter whole: the rows it is a share of; nil: those where every column of the condition
  ///   is known.
  private mutating func share(
    _ node: ExpressionNode, of whole: RowCondition?, dataset: Int,
    in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let place = Place(dataset: dataset)
    let condition = try self.condition(node, at: place)
    return share(
      condition, of: whole ?? Self.known(condition), scope: surroundings.scope ?? Scope(dataset: dataset),
      filter: try filter(surroundings, at: place))
  }

  private func share(
    _ condition: RowCondition, of whole: RowCondition?, scope: Scope, filter: RowCondition?
  ) -> MeasureValue {
    let base = RowCondition.both(filter, whole)
    let part = ScopedPrimitive(
      scope: scope, primitive: Primitive(.rows, filter: .both(base, condition)))
    let all = ScopedPrimitive(scope: scope, primitive: Primitive(.rows, filter: base))
    return MeasureValue(
      expression: .share(part: part, whole: all), unit: .percent,
      sampling: .share(part: part, whole: all), sample: .primitive(all))
  }

  /// That every column of a condition is known; nil where it compares none.
  static func known(_ condition: RowCondition) -> RowCondition? {
    var seen: [ColumnPath] = []
    condition.forEachColumn { if !seen.contains($0) { seen.append($0) } }
    guard !seen.isEmpty else { return nil }
    let parts = seen.map { RowCondition.not(.isMissing(.column($0))) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// The conditions of all `if` around a measure.
  private mutating func filter(
    _ surroundings: MeasureSurroundings, at place: Place
  ) throws(Diagnostic) -> RowCondition? {
    var result: RowCondition?
    for filter in surroundings.filters {
      result = .both(result, try condition(filter, at: place))
    }
    return result
  }

  private mutating func within(
    _ node: WithinNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let dataset = try dataset(for: [node.operand], in: surroundings)
    let place = Place(dataset: dataset)
    let operand = try row(node.operand, at: place)
    var limitNode = node.limit
    if case .parameter(let name) = limitNode { limitNode = try parameter(name) }
    guard case .duration(let duration) = limitNode else {
      throw Diagnostic(
        "within-limit", "a duration is wanted behind `within`", at: node.limit.range,
        help: "write `frt within 1h`")
    }
    let limit = seconds(duration.seconds)
    let isMade = RowCondition.compare(.lessOrEqual, operand.expression, limit)
    let isKnown = RowCondition.not(.isMissing(operand.expression))
    let decided: RowCondition
    switch operand.expression {
    case .elapsed(let from, let to), .businessElapsed(let from, let to):
      let last = settings.today.map { settings.buckets(.day).start(of: Int64($0) + 1) }
        ?? lastInstant(of: operand.expression) ?? 0
      let elapsed: RowExpression
      if case .businessElapsed = operand.expression {
        elapsed = .businessElapsed(from: from, to: .integer(last, scale: 0))
      } else {
        elapsed = .elapsed(from: from, to: .integer(last, scale: 0))
      }
      decided = .any([
        isKnown, .all([.isMissing(to), .compare(.greaterOrEqual, elapsed, limit)]),
      ])
    default:
      guard operand.type == .duration else {
        throw Diagnostic(
          "within-operand", "`within` needs a duration, but this is \(operand.type.words)",
          at: node.operand.range, help: "write `frt within 1h`")
      }
      decided = isKnown
    }
    var value = share(
      isMade, of: decided, scope: surroundings.scope ?? Scope(dataset: dataset),
      filter: try filter(surroundings, at: place))
    value.better = .higher
    return value
  }

  private mutating func measureCall(
    _ node: CallNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    if let value = try snapshot(node, in: surroundings) { return value }
    let name = node.function.text.lowercased()
    switch (name, node.arguments.count) {
    case ("share", 1):
      let dataset = try dataset(for: node.arguments, in: surroundings)
      return try share(node.arguments[0], of: .always(true), dataset: dataset, in: surroundings)
    case ("abs", 1):
      let operand = try measure(node.arguments[0], in: surroundings)
      return MeasureValue(expression: .absolute(operand.expression), unit: operand.unit)
    case ("round", 1...2):
      var operand = try measure(node.arguments[0], in: surroundings)
      operand.expression = .rounded(
        operand.expression, digits: try digits(node.arguments.dropFirst().first))
      operand.sampling = .none
      operand.isAdditive = false
      return operand
    case ("coalesce", 1...):
      var values: [MeasureValue] = []
      for argument in node.arguments { values.append(try measure(argument, in: surroundings)) }
      return MeasureValue(expression: .coalesce(values.map(\.expression)), unit: values[0].unit)
    case ("if", 3):
      let condition = try groupCondition(node.arguments[0], in: GroupNames(from: surroundings.from))
      let first = try measure(node.arguments[1], in: surroundings)
      let second = try measure(node.arguments[2], in: surroundings)
      return MeasureValue(
        expression: .choose(condition, first.expression, second.expression), unit: first.unit)
    case ("business", 1):
      let dataset = try dataset(for: node.arguments, in: surroundings)
      let value = try row(.call(node), at: Place(dataset: dataset))
      var result = try average(value, dataset: dataset, in: surroundings)
      result.better = .lower
      return result
    default:
      let dataset = try dataset(for: [.call(node)], in: surroundings)
      let value = try row(.call(node), at: Place(dataset: dataset))
      if value.type == .duration {
        return try average(value, dataset: dataset, in: surroundings)
      }
      throw columnAsMeasure(Printer.print(.call(node)), value.type, at: node.range)
    }
  }
}
