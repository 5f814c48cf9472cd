import CivilTime
import ColumnStore
import Diagnostics
import MetricCatalog
import QuerySyntax

extension Binder {
  /// The row value that a name stands for at a place, nil where it has none there.
  ///
  /// The order: definition, own column (a measure's row value of the same name first), time
  /// bucket, row value of a measure, columns and measures of the datasets above.
  mutating func row(named name: NameNode, at place: Place) throws(Diagnostic) -> TypedRow? {
    let folded = Schema.folded(name.text)
    if !name.isQuoted, let definition = context.definitions[folded], !expanding.contains(folded) {
      return try definedRow(definition, at: place)
    }
    if let dot = name.text.utf8.firstIndex(of: UInt8(ascii: ".")),
      let dataset = model.index(of: String(name.text[..<dot])),
      let steps = model.path(from: place.dataset, to: dataset)
    {
      var inner = name
      inner.text = String(name.text[name.text.index(after: dot)...])
      let innerPlace = Place(steps: place.steps + steps, dataset: dataset)
      if let column = column(named: inner, at: innerPlace) { return column }
    }
    for (dataset, steps) in model.parents(of: place.dataset) {
      if ownNamesOnly, dataset != place.dataset { break }
      let here = Place(steps: place.steps + steps, dataset: dataset)
      let own = column(named: name, at: here)
      if !name.isQuoted, let value = try measureRow(named: folded, at: here) { return value }
      if let own { return own }
      if !name.isQuoted, dataset == place.dataset {
        if let bucket = try bucket(named: folded, at: here) { return bucket }
        if let word = try ratingWord(folded, at: here) { return word }
      }
    }
    return nil
  }

  /// The column with this name in the dataset of a place, without looking further.
  func column(named name: NameNode, at place: Place) -> TypedRow? {
    let schema = model.datasets[place.dataset].schema
    var index = schema.index(of: name.text)
    if index == nil, name.text.utf8.count == 3, !name.isQuoted, name.text.lowercased() == "tag" {
      index = schema.index(of: "tags").flatMap { schema.columns[$0].type == .tags ? $0 : nil }
    }
    guard let index else { return nil }
    return TypedRow(.column(place.path(index)), RowType(schema.columns[index].type))
  }

  /// The row value of the built-in measure with this name, where it lives in the place's dataset
  /// and is the average of a row value.
  private mutating func measureRow(
    named folded: String, at place: Place
  ) throws(Diagnostic) -> TypedRow? {
    guard let record = context.catalog.record(named: folded),
      record.dataset == model.datasets[place.dataset].role,
      !expanding.contains("measure \(folded)")
    else { return nil }
    expanding.append("measure \(folded)")
    defer { expanding.removeLast() }
    for formula in record.formulas where formula.filter == nil {
      guard case .aggregate(let aggregate) = formula.expression, aggregate.function == .average,
        aggregate.filter == nil, let operand = aggregate.arguments.first,
        try unknownName(in: operand, at: place) == nil
      else { continue }
      do {
        return durationOnly(try row(operand, at: place), record)
      } catch  where Self.typeErrors.contains(error.code) {
        continue
      }
    }
    return nil
  }

  /// Scores and costs keep their own column names; only durations are row values of measures.
  private func durationOnly(_ value: TypedRow, _ record: MeasureRecord) -> TypedRow? {
    record.unit == .duration && value.type == .duration ? value : nil
  }

  private mutating func definedRow(
    _ definition: DefinitionStatement, at place: Place
  ) throws(Diagnostic) -> TypedRow? {
    if try isMeasure(definition.expression) { return nil }
    let folded = Schema.folded(definition.name.text)
    expanding.append(folded)
    defer { expanding.removeLast() }
    if try unknownName(in: definition.expression, at: place) != nil { return nil }
    return try row(definition.expression, at: place)
  }

  /// A bucket of the dataset's own clock: `month`, `weekday`, …
  mutating func bucket(named folded: String, at place: Place) throws(Diagnostic) -> TypedRow? {
    if let grain = TimeGrain(rawValue: folded), grain != .minute {
      guard let clock = try clock(at: place) else { return nil }
      return TypedRow(
        .bucket(grain, clock.expression, isCivil: clock.type == .date), .bucket(grain))
    }
    if let part = TimePart(rawValue: folded) {
      guard let clock = try clock(at: place) else { return nil }
      return TypedRow(.part(part, clock.expression, isCivil: clock.type == .date), .part(part))
    }
    return nil
  }

  /// The main time column of a dataset, or the one that `on` names.
  mutating func clock(at place: Place) throws(Diagnostic) -> TypedRow? {
    if let name = clockName {
      clockName = nil
      defer { clockName = name }
      guard let value = try row(named: name, at: place) else { return nil }
      guard value.type == .time || value.type == .date else {
        throw Diagnostic(
          "clock-not-time", "'\(name.text)' holds \(value.type.words), not times", at: name.range,
          help: "name a time column behind `on`, such as `on created`")
      }
      return value
    }
    let schema = model.datasets[place.dataset].schema
    func own(_ name: String) -> TypedRow? {
      guard let index = schema.index(of: name) else { return nil }
      let type = RowType(schema.columns[index].type)
      return type == .time || type == .date
        ? TypedRow(.column(place.path(index)), type) : nil
    }
    switch model.datasets[place.dataset].role {
    case "tickets": return own("created")
    case "customers": return own("started")
    case "shifts": return own("date")
    case "surveys":
      if place.steps.isEmpty, model.haveOwnTimes(surveys: place.dataset, context.facts) {
        return own("responded")
      }
      var candidates = [own("responded")].compactMap { $0 }
      if let tickets = model.index(of: "tickets"),
        let steps = model.path(from: place.dataset, to: tickets),
        let created = model.datasets[tickets].schema.index(of: "created")
      {
        let type = RowType(model.datasets[tickets].schema.columns[created].type)
        let path = ColumnPath(steps: place.steps + steps, dataset: tickets, column: created)
        if type == .time || type == .date { candidates.append(TypedRow(.column(path), type)) }
      }
      guard let first = candidates.first else { return own("created") ?? own("sent") }
      if candidates.count == 1 { return first }
      let isDate = candidates.allSatisfy { $0.type == .date }
      return TypedRow(.coalesce(candidates.map(\.expression)), isDate ? .date : .time)
    default:
      guard
        let index = schema.columns.firstIndex(where: { $0.type == .time || $0.type == .date })
      else { return nil }
      return TypedRow(.column(place.path(index)), RowType(schema.columns[index].type))
    }
  }

  /// `good` and `bad`: the ends of the rating scale of a survey.
  private mutating func ratingWord(
    _ folded: String, at place: Place
  ) throws(Diagnostic) -> TypedRow? {
    guard folded == "good" || folded == "bad",
      model.datasets[place.dataset].role == "surveys",
      let index = model.datasets[place.dataset].schema.index(of: "score"),
      let scale = csatScale(dataset: place.dataset)
    else { return nil }
    let score = RowExpression.column(place.path(index))
    noteChoice(scale, index, dataset: place.dataset)
    switch scale {
    case .numbers(_, _, let good, let bad):
      let condition: RowCondition =
        folded == "good"
        ? .compare(.greaterOrEqual, score, .number(good))
        : .compare(.lessOrEqual, score, .number(bad))
      return TypedRow(.condition(condition), .boolean)
    case .words(let good, let bad, _, _):
      return TypedRow(
        .condition(.textOneOf(score, folded == "good" ? good : bad)), .boolean)
    }
  }

  /// Says what the answers alone do not tell: whether a 0 is the lowest answer or none, whether
  /// there are higher ones that nobody gave, and what unknown words mean.
  private mutating func noteChoice(_ scale: ScoreScale, _ score: Int, dataset: Int) {
    let isNamed =
      settings.csatScale != nil || model.datasets[dataset].schema.columns[score].scale != nil
    let warning: Diagnostic
    switch scale {
    case .numbers(0, let high, _, _) where !isNamed && (high == 5 || high == 7):
      let top = Int(high)
      warning = Diagnostic(
        "assumed-scale", "the answers in score are read on a scale of 0 to \(top)", at: nil,
        severity: .warning, help: "`set csat_scale = 1..\(top)` sets those below 1 aside")
    case .numbers(let low, let high, _, _) where !isNamed && isLowEnd(score, dataset, high):
      warning = Diagnostic(
        "assumed-scale",
        "the answers in score are read on a scale of \(Int(low)) to \(Int(high)), as none is higher",
        at: nil, severity: .warning, help: "`set csat_scale = 1..5` reads them on another")
    case .words(_, _, _, let unknown) where !unknown.isEmpty:
      let shown = unknown.prefix(3).map { "'\(Self.short($0))'" }.joined(separator: ", ")
      warning = Diagnostic(
        "unknown-answers",
        "known neither as good nor as bad in score: \(shown)" + (unknown.count > 3 ? ", …" : ""),
        at: nil, severity: .warning, help: "they count as answers that are neither")
    default: return
    }
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  /// Whether answers on a short scale may as well be the lower ones of a longer scale.
  private func isLowEnd(_ score: Int, _ dataset: Int, _ high: Double) -> Bool {
    guard (1...3).contains(high), model.datasets[dataset].schema.columns[score].type != .boolean
    else { return false }
    let kind = model.datasets[dataset].schema.index(of: "kind") == nil ? nil : "csat"
    let range = context.facts.numberRange(dataset: dataset, column: score, kind: kind)
    return range.map { $0.lowerBound >= 1 } ?? false
  }

  /// The scale of the satisfaction ratings of a surveys dataset.
  public func csatScale(dataset: Int) -> ScoreScale? {
    let schema = model.datasets[dataset].schema
    guard let index = schema.index(of: "score") else { return nil }
    let kind = schema.index(of: "kind") == nil ? nil : "csat"
    if schema.columns[index].type == .boolean {
      return .numbers(low: 0, high: 1, good: 1, bad: 0)
    }
    if schema.columns[index].type == .text {
      return ScoreScale.detect(
        words: context.facts.words(dataset: dataset, column: index, kind: kind))
    }
    if let scale = settings.csatScale ?? schema.columns[index].scale {
      return .of(scale, good: settings.csatGood)
    }
    guard let range = context.facts.numberRange(dataset: dataset, column: index, kind: kind) else {
      return .of(1...5, good: settings.csatGood)
    }
    let scale = ScoreScale.detect(range)
    if let good = settings.csatGood, case .numbers(let low, let high, _, let bad)? = scale {
      return .numbers(low: low, high: high, good: good, bad: bad)
    }
    return scale
  }

  /// Whether a name means a measure: built in, or defined by an aggregate.
  mutating func isMeasureName(_ name: NameNode) throws(Diagnostic) -> Bool {
    if name.isQuoted { return false }
    let folded = Schema.folded(name.text)
    if let definition = context.definitions[folded], !expanding.contains(folded) {
      expanding.append(folded)
      defer { expanding.removeLast() }
      return try isMeasure(definition.expression)
    }
    return context.catalog.record(named: folded) != nil
  }

  /// Whether an expression needs a group of rows: it holds an aggregate, or a rate by name.
  mutating func isMeasure(_ node: ExpressionNode) throws(Diagnostic) -> Bool {
    switch node {
    case .aggregate, .within: return true
    case .name(let name):
      guard try isMeasureName(name) else { return false }
      if isOwnColumn(ofMeasure: name) { return false }
      return try rowOfMeasure(named: name) == nil
    case .negation(let prefix), .not(let prefix): return try isMeasure(prefix.operand)
    case .arithmetic(let operation):
      if try isMeasure(operation.left) { return true }
      return try isMeasure(operation.right)
    case .call(let call):
      let function = call.function.text.lowercased()
      if function == "share" || SnapshotFunction(rawValue: function) != nil { return true }
      for argument in call.arguments where try isMeasure(argument) { return true }
      return false
    case .comparison(let comparison):
      if try isMeasure(comparison.left) { return true }
      // A bare word on the right may be text: `kind = csat`.
      if case .name = comparison.right { return false }
      return try isMeasure(comparison.right)
    case .logic(let logic):
      for operand in logic.operands where try isMeasure(operand) { return true }
      return false
    default: return false
    }
  }

  /// Whether a measure's dataset has a column of the same name, as customers have `mrr`: where a
  /// row value is wanted, the column is meant.
  private func isOwnColumn(ofMeasure name: NameNode) -> Bool {
    guard context.definitions[Schema.folded(name.text)] == nil,
      let record = context.catalog.record(named: Schema.folded(name.text)),
      let dataset = model.index(of: record.dataset)
    else { return false }
    return model.datasets[dataset].schema.index(of: name.text) != nil
  }

  /// The row value of a measure by its name, wherever its dataset is loaded.
  mutating func rowOfMeasure(named name: NameNode) throws(Diagnostic) -> TypedRow? {
    let folded = Schema.folded(name.text)
    if context.definitions[folded] != nil, !expanding.contains(folded) {
      return nil
    }
    guard let record = context.catalog.record(named: folded),
      let dataset = model.index(of: record.dataset)
    else {
      return nil
    }
    return try measureRow(named: folded, at: Place(dataset: dataset))
  }
}

extension RowType {
  /// The type of a column's values.
  init(_ type: ColumnType) {
    switch type {
    case .text: self = .text
    case .number: self = .number
    case .percent: self = .percent
    case .duration: self = .duration
    case .time: self = .time
    case .date: self = .date
    case .boolean: self = .boolean
    case .tags: self = .tags
    }
  }
}
