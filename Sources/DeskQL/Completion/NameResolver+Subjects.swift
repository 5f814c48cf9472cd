import CivilTime
import ColumnStore
import MetricCatalog
import QueryPlanning
import QuerySyntax
import Results

extension NameResolver {
  /// What a name means on the left of an operator, where a statement can use some columns.
  func subject(
    named name: String, isQuoted: Bool, in outline: QueryOutline, among places: [ColumnPlace],
    prefersMeasures: Bool
  ) -> Subject {
    let folded = Schema.folded(name)
    if !isQuoted, let definition = state.definitions[folded] {
      return .computed(kind(of: definition.expression, among: places))
    }
    if prefersMeasures, !isQuoted {
      if let record = catalog.record(named: folded) { return .computed(kind(of: record)) }
      if outline.items.contains(where: { Schema.folded($0.title) == folded }) {
        return columnSubject(name, places) ?? .computed(.quantity)
      }
    }
    if !isQuoted, let record = catalog.record(named: folded), record.unit == .duration {
      return .computed(.duration)
    }
    if let column = columnSubject(name, places) { return column }
    if isQuoted { return .computed(.unknown) }
    if let bucket = Self.bucket(folded, of: nil) { return bucket }
    return catalog.record(named: folded).map { .computed(kind(of: $0)) } ?? .computed(.unknown)
  }

  private func columnSubject(_ name: String, _ places: [ColumnPlace]) -> Subject? {
    column(named: name, among: places).map { .column($0, kind($0)) }
  }

  private func kind(of record: MeasureRecord) -> Subject.Kind {
    record.unit == .duration ? .duration : .quantity
  }

  private func kind(of node: ExpressionNode, among places: [ColumnPlace]) -> Subject.Kind {
    switch node {
    case .comparison, .logic, .not, .membership, .between, .textMatch, .missingTest: return .boolean
    case .number, .percent, .within: return .quantity
    case .duration: return .duration
    case .text: return .text
    case .name(let name):
      return columnSubject(name.text, places)?.kind
        ?? catalog.record(named: name.text).map(kind(of:)) ?? .unknown
    case .aggregate(let aggregate):
      switch aggregate.function {
      case .count, .distinct, .percent, .correlation: return .quantity
      default: return aggregate.arguments.first.map { kind(of: $0, among: places) } ?? .quantity
      }
    case .arithmetic, .negation: return .quantity
    case .call(let call): return Self.result(of: call.function.text.lowercased(), nil).kind
    case .period, .parameter, .invalid: return .unknown
    }
  }

  /// Whether a definition stands for a measure rather than for a value of a row.
  func isMeasure(_ definition: DefinitionStatement) -> Bool { isMeasure(definition.expression, 0) }

  private func isMeasure(_ node: ExpressionNode, _ depth: Int) -> Bool {
    switch node {
    case .aggregate, .within: return true
    case .arithmetic(let node):
      return depth < 50 && (isMeasure(node.left, depth + 1) || isMeasure(node.right, depth + 1))
    case .negation(let prefix): return depth < 50 && isMeasure(prefix.operand, depth + 1)
    case .name(let name):
      if let inner = state.definitions[Schema.folded(name.text)] {
        return depth < 50 && isMeasure(inner.expression, depth + 1)
      }
      return catalog.record(named: name.text).map { $0.unit != .duration } ?? false
    default: return false
    }
  }

  /// Whether a definition has a value for each row of the datasets at hand.
  ///
  /// - Parameter reached: the datasets whose measures have a row value there.
  func isRowValue(
    _ definition: DefinitionStatement, among places: [ColumnPlace], reached: Set<Int>
  ) -> Bool {
    !isMeasure(definition) && hasRowValue(definition.expression, places, reached, 0)
  }

  private func hasRowValue(
    _ node: ExpressionNode, _ places: [ColumnPlace], _ reached: Set<Int>, _ depth: Int
  ) -> Bool {
    ExpressionNames.all(node).allSatisfy { name in
      let folded = Schema.folded(name)
      if let inner = state.definitions[folded] {
        return depth < 50 && hasRowValue(inner.expression, places, reached, depth + 1)
      }
      if let record = catalog.record(named: folded), hasRowValue(record) {
        return model.index(of: record.dataset).map(reached.contains) ?? false
      }
      // Bare words on the right of a comparison stand for text, so not every name is a column.
      return column(named: name, among: places) != nil || !isColumnOfAny(name)
    }
  }

  private func isColumnOfAny(_ name: String) -> Bool {
    model.datasets.contains { $0.schema.index(of: name) != nil }
  }

  // MARK: Functions

  static func bucket(_ folded: String, of place: ColumnPlace?) -> Subject? {
    if let grain = TimeGrain(rawValue: folded), grain != .minute {
      return .bucket(grain, of: place)
    }
    return TimePart(rawValue: folded).map { .part($0) }
  }

  /// What the first argument of a function may be.
  static func argument(of function: String) -> Expectation {
    if bucket(function, of: nil) != nil { return .columns(of: [.time]) }
    return switch function {
    case "elapsed", "since_previous": .columns(of: [.time])
    case "lower", "upper", "length": .columns(of: [.text])
    case "abs", "round": .columns(of: [.quantity, .duration])
    case "business": .spans
    case "share": .operands(.percent)
    default: .rowValues
    }
  }

  /// Whether a function works on measures too.
  static func takesMeasures(_ function: String) -> Bool {
    ["abs", "round", "coalesce", "if"].contains(function)
  }

  /// What a function gives, by its first argument where that is a plain name.
  static func result(of function: String, _ first: Subject?) -> Subject {
    var place: ColumnPlace?
    if case .column(let column, .time)? = first { place = column }
    if let bucket = bucket(function, of: place) { return bucket }
    return switch function {
    case "elapsed", "since_previous", "business": .computed(.duration)
    case "lower", "upper", "coalesce": first ?? .computed(.unknown)
    case "length", "share": .computed(.quantity)
    case "abs", "round": .computed(first?.kind ?? .quantity)
    default: .computed(.unknown)
    }
  }

  // MARK: Measures

  /// Whether a measure can be computed from what is loaded; before a load, any can.
  func isUsable(_ record: MeasureRecord) -> Bool {
    if model.datasets.isEmpty { return true }
    guard let dataset = model.index(of: record.dataset) else { return false }
    let schema = model.datasets[dataset].schema
    return record.formulas.contains { formula in
      let names =
        ExpressionNames.all(formula.expression)
        + (formula.filter.map(ExpressionNames.all) ?? [])
      return names.allSatisfy { name in
        let column = ["good", "bad"].contains(name) ? "score" : name
        return schema.index(of: column) != nil || Self.bucket(name, of: nil) != nil
          || self.column(named: column, from: dataset) != nil
          || catalog.record(named: name).map { $0.name != record.name && isUsable($0) } ?? false
      }
    } && holdsKind(record, dataset)
  }

  /// Whether the surveys are of the kind that a measure is about.
  private func holdsKind(_ record: MeasureRecord, _ dataset: Int) -> Bool {
    guard let kind = record.kind,
      let index = model.datasets[dataset].schema.index(of: "kind"),
      case .dictionary(let texts) = state.store.tables[dataset].columns[index]
    else { return true }
    return (0..<texts.dictionary.count).contains {
      texts.dictionary.string($0).lowercased() == kind
    }
  }

  /// Whether a measure tells of a moment, such as the end of a month, not of a span.
  func isOfMoment(_ record: MeasureRecord) -> Bool {
    record.formulas.contains { tellsOfMoment($0.expression, 0) }
  }

  private func tellsOfMoment(_ node: ExpressionNode, _ depth: Int) -> Bool {
    guard depth < 50 else { return false }
    switch node {
    case .call(let call):
      return SnapshotFunction(rawValue: call.function.text.lowercased()) != nil
        || call.arguments.contains { tellsOfMoment($0, depth + 1) }
    case .arithmetic(let node):
      return tellsOfMoment(node.left, depth + 1) || tellsOfMoment(node.right, depth + 1)
    case .negation(let prefix): return tellsOfMoment(prefix.operand, depth + 1)
    case .name(let name):
      return catalog.record(named: Schema.folded(name.text))?.formulas
        .contains { tellsOfMoment($0.expression, depth + 1) } ?? false
    default: return false
    }
  }

  /// Whether the groups of a measure make up the whole, so that each has a share of it.
  func hasShares(_ record: MeasureRecord) -> Bool {
    if record.unit == .count { return true }
    return record.formulas.contains { formula in
      guard case .aggregate(let aggregate) = formula.expression else { return false }
      return aggregate.function == .sum || aggregate.function == .count
    }
  }

  /// Whether a measure has a value for a single row too.
  func hasRowValue(_ record: MeasureRecord) -> Bool {
    guard record.unit == .duration else { return false }
    return record.formulas.contains { formula in
      guard formula.filter == nil, case .aggregate(let aggregate) = formula.expression else {
        return false
      }
      return aggregate.function == .average && aggregate.filter == nil
    }
  }
}
