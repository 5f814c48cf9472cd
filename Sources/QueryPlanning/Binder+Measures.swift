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
          "unit-mismatch",
          "\(left.unit.words) \(operation.operation.rawValue) "
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

  mutating func measure(
    named name: NameNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    let folded = Schema.folded(name.text)
    if !name.isQuoted {
      if let definition = context.definitions[folded] {
        if expanding.contains(folded) {
          throw Diagnostic(
            "definition-cycle",
            "'\(name.text)' is defined by itself: "
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

  func columnAsMeasure(
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

  mutating func defined(
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

  mutating func builtIn(
    _ record: MeasureRecord, name: NameNode, in surroundings: MeasureSurroundings
  ) throws(Diagnostic) -> MeasureValue {
    guard let dataset = model.index(of: record.dataset) else {
      throw Diagnostic(
        "dataset-not-loaded",
        "'\(name.text)' needs the dataset \(record.dataset), which is not "
          + "loaded", at: name.range, help: "load it: `load 'PATH' as \(record.dataset)`")
    }
    let scope = Scope(dataset: dataset, kind: try kind(record, dataset: dataset, at: name.range))
    var inner = surroundings
    inner.scope = scope
    inner.from = dataset
    expanding.append("measure \(record.name)")
    defer { expanding.removeLast() }
    let place = Place(dataset: dataset)
    var unusable: [ExpressionNode] = []
    for formula in record.formulas {
      let parts = [formula.expression] + (formula.filter.map { [$0] } ?? [])
      var isComplete = true
      for part in parts where try missingName(in: part, at: place) != nil { isComplete = false }
      guard isComplete else { continue }
      do {
        var value = try measure(formula.expression, in: inner.adding(formula.filter))
        value.unit = record.unit
        value.better = record.better
        value.catalogName = record.name
        if record.unit == .points, case .mean(let moments) = value.sampling {
          value.sampling = .points(moments: moments)
        }
        return value
      } catch  where Self.typeErrors.contains(error.code) {
        // A column of another type, such as a yes/no `resolved`, is the next formula's.
        if unusable.isEmpty { unusable = parts }
      }
    }
    if !unusable.isEmpty {
      // What is wrong may be the `if` of the query.
      _ = try filter(surroundings, at: place)
      throw try wrongColumns(record, in: unusable, at: place, name.range)
    }
    throw try missingColumn(record, at: name.range)
  }

  /// What is said where the columns of a measure's formula are there, but of other types.
  private mutating func wrongColumns(
    _ record: MeasureRecord, in parts: [ExpressionNode], at place: Place, _ range: SourceRange
  ) throws(Diagnostic) -> Diagnostic {
    var types: [String] = []
    for name in parts.flatMap(Self.names) {
      guard let column = column(named: name, at: place) else { continue }
      let words = "'\(Self.short(name.text))' is \(column.type.words)"
      if !types.contains(words) { types.append(words) }
    }
    return Diagnostic(
      "wrong-type",
      "'\(record.name)' cannot be computed from these columns: \(types.joined(separator: ", "))",
      at: range, help: "map others: `load '…' with (NAME = 'HEADER')`")
  }

  /// The first name of a formula that is neither known at a place nor a measure.
  private mutating func missingName(
    in node: ExpressionNode, at place: Place
  ) throws(Diagnostic) -> NameNode? {
    for name in Self.names(in: node) where try row(named: name, at: place) == nil {
      // A measure by its own name means a column, which is not there.
      let isItself = expanding.contains("measure \(Schema.folded(name.text))")
      if !isItself {
        if try isMeasureName(name) { continue }
      }
      return name
    }
    return nil
  }

  /// What a formula says where a column is of a type that it cannot use.
  static let typeErrors: Set<String> = ["wrong-type", "unit-mismatch", "not-a-condition"]

  /// The rows of a surveys file that a measure of one kind is about; nil where all are.
  func kind(
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
        "other-survey-kind",
        "'\(record.name)' needs \(kind) answers, but the surveys hold "
          + "\(found) answers", at: range,
        help: "load a file of \(kind) answers, or one with a column `kind`")
    }
    return nil
  }

  mutating func missingColumn(
    _ record: MeasureRecord, at range: SourceRange
  ) throws(Diagnostic) -> Diagnostic {
    let place = Place(dataset: model.index(of: record.dataset) ?? 0)
    var found: NameNode?
    for formula in record.formulas.prefix(1) {
      found = try missingName(in: formula.expression, at: place)
      if found == nil, let filter = formula.filter {
        found = try missingName(in: filter, at: place)
      }
    }
    guard let missing = found else {
      return Diagnostic("missing-column", "'\(record.name)' lacks a column", at: range)
    }
    let schema = model.datasets[place.dataset].schema
    if ["good", "bad"].contains(missing.text), let score = schema.index(of: "score") {
      return unknownScale(record, dataset: place.dataset, score: score, at: range)
    }
    let free = schema.columns.filter { $0.name == Schema.folded($0.header) }.map(\.header)
    // What is good or bad is told by the score.
    let column = ["good", "bad"].contains(missing.text) ? "score" : missing.text
    let nearest = closestMatch(to: column, among: free) ?? "HEADER"
    return Diagnostic(
      "missing-column",
      "'\(record.name)' needs the column \(column), which "
        + "\(model.datasets[place.dataset].name) does not have", at: range,
      help: "name its header when loading: `load 'PATH' as \(record.dataset) with "
        + "(\(column) = '\(nearest)')`")
  }

  /// What is said where the answers lie on no known scale.
  private func unknownScale(
    _ record: MeasureRecord, dataset: Int, score: Int, at range: SourceRange
  ) -> Diagnostic {
    if schemaType(dataset, score) != .text,
      let span = context.facts.numberRange(dataset: dataset, column: score, kind: nil)
    {
      let ends = [span.lowerBound, span.upperBound].map { end in
        Int(exactly: end).map { String($0) } ?? String(end)
      }
      return Diagnostic(
        "unknown-scale",
        "'\(record.name)' knows no scale for the answers in score, which lie from \(ends[0]) to "
          + ends[1], at: range,
        help: "name it, such as `set csat_scale = 0..100`, and the first good answer, such as "
          + "`set csat_good = 80`")
    }
    let words = context.facts.words(dataset: dataset, column: score, kind: nil)
    let shown = words.prefix(3).map { Self.literal($0) }
    let isNetPromoter = Set(words.map { $0.lowercased() }).isSuperset(of: ["promoter", "detractor"])
    return Diagnostic(
      "unknown-scale",
      "'\(record.name)' knows none of the answers in score: \(shown.joined(separator: ", "))",
      at: range,
      help: isNetPromoter
        ? "the net promoter score is "
          + "`percent(score = promoter) - percent(score = detractor)`"
        : "say which are good: `percent(score = \(shown.first ?? "'…'"))`")
  }

  private func schemaType(_ dataset: Int, _ column: Int) -> ColumnType {
    model.datasets[dataset].schema.columns[column].type
  }

  /// A text as the language writes it, cut where it is very long.
  private static func literal(_ text: String) -> String {
    "'"
      + short(text).split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      + "'"
  }
}
