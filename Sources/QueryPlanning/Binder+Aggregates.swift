import ColumnStore
import Diagnostics
import MetricCatalog
import QuerySyntax
import Results

extension Binder {
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
        let dataset = model.index(of: record.dataset), row.type == .duration,
        try knows(operands, at: dataset)
      {
        return dataset
      }
    }
    defer { ownNamesOnly = false }
    for own in [true, false] {
      ownNamesOnly = own
      for dataset in ordered {
        if try knows(operands, at: dataset) { return dataset }
      }
    }
    return first
  }

  /// Whether every name in the operands means something in the rows of a dataset.
  private mutating func knows(
    _ operands: [ExpressionNode], at dataset: Int
  ) throws(Diagnostic) -> Bool {
    for operand in operands
    where try unknownName(in: operand, at: Place(dataset: dataset)) != nil { return false }
    return true
  }

  func preferredDatasets() -> [Int] {
    let known = ["tickets", "surveys", "customers", "shifts"].compactMap { model.index(of: $0) }
    return known + model.datasets.indices.filter { !known.contains($0) }
  }

  mutating func aggregate(
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
    for operand in operands where !isOwnColumn(operand, of: surroundings.from) {
      guard try isMeasure(operand) else { continue }
      throw Diagnostic(
        "aggregate-of-measure",
        "'\(Self.short(Printer.print(operand)))' is already a measure "
          + "of many rows", at: operand.range, help: "use it by itself, without the aggregate")
    }
    let dataset = try dataset(for: operands, in: surroundings)
    let place = Place(dataset: dataset)
    var rows: [TypedRow] = []
    if node.function != .percent {
      for operand in operands { rows.append(try row(operand, at: place)) }
    }
    noteFirstRows(of: rows, at: place)
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
      guard !rows.isEmpty else {
        _ = try one(); return MeasureValue(expression: .missing, unit: .count)
      }
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

  func quantile(
    _ fraction: Double, _ operand: TypedRow,
    _ primitive: (PrimitiveFunction, [TypedRow]) -> ScopedPrimitive
  ) -> MeasureValue {
    let values = primitive(.quantile(fraction), [operand])
    return MeasureValue(
      expression: .primitive(values),
      unit: ValueUnit(operand.type == .boolean ? .number : operand.type),
      sampling: .quantile(values), sample: .primitive(primitive(.known, [operand])))
  }

  /// Whether an expression is the name of a column of the dataset behind `from`.
  private func isOwnColumn(_ node: ExpressionNode, of dataset: Int?) -> Bool {
    guard let dataset, case .name(let name) = node else { return false }
    return column(named: name, at: Place(dataset: dataset)) != nil
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
  mutating func share(
    _ node: ExpressionNode, of whole: RowCondition?, dataset: Int,
    in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let place = Place(dataset: dataset)
    let condition = try self.condition(node, at: place)
    return share(
      condition, of: whole ?? Self.known(condition),
      scope: surroundings.scope ?? Scope(dataset: dataset),
      filter: try filter(surroundings, at: place))
  }

  func share(
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

  /// That every column of a condition is known, of a `coalesce` one; nil where it compares none.
  static func known(_ condition: RowCondition) -> RowCondition? {
    var seen: [RowExpression] = []
    condition.forEachSource { if !seen.contains($0) { seen.append($0) } }
    guard !seen.isEmpty else { return nil }
    let parts = seen.map { RowCondition.not(.isMissing($0)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// The conditions of all `if` around a measure.
  mutating func filter(
    _ surroundings: MeasureSurroundings, at place: Place
  ) throws(Diagnostic) -> RowCondition? {
    // An `if` may ask for the row value of the measure it stands behind: `frt if frt > 1m`.
    let outer = expanding
    expanding.removeAll { $0.hasPrefix("measure ") }
    defer { expanding = outer }
    var result: RowCondition?
    for filter in surroundings.filters {
      result = .both(result, try condition(filter, at: place))
    }
    return result
  }

  mutating func within(
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
      let last =
        settings.today.map { settings.buckets(.day).start(of: Int64($0) + 1) }
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

  mutating func measureCall(
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
