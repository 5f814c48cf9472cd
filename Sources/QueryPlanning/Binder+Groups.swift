import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax

/// What names mean in `having`, `order by` and `top`: the query's own columns come first.
struct GroupNames {
  var from: Int?
  /// The shown measures by their names.
  var measures: [BoundMeasure] = []
  var keys: [BoundKey] = []
}

extension Binder {
  /// A formula over groups: a shown column, a key, or any measure.
  mutating func groupExpression(
    _ node: ExpressionNode, in names: GroupNames
  ) throws(Diagnostic) -> MeasureValue {
    let text = Printer.print(node)
    if let shown = names.measures.first(where: { same($0.name, text) }) {
      return MeasureValue(
        expression: shown.expression, unit: shown.unit, better: shown.better,
        sampling: shown.sampling, sample: shown.sample)
    }
    if let key = names.keys.firstIndex(where: { same($0.name, text) }) {
      return MeasureValue(expression: .key(key), unit: .init(names.keys[key].type))
    }
    if case .arithmetic(let operation) = node {
      let left = try groupExpression(operation.left, in: names)
      let right = try groupExpression(operation.right, in: names)
      return MeasureValue(
        expression: .arithmetic(operation.operation, left.expression, right.expression),
        unit: MeasureValue.unit(operation.operation, left.unit, right.unit) ?? .number)
    }
    return try measure(node, in: MeasureSurroundings(from: names.from))
  }

  private func same(_ name: String, _ text: String) -> Bool {
    Schema.folded(name) == Schema.folded(text.filter { $0 != "`" })
  }

  /// A condition on groups, for `having`.
  mutating func groupCondition(
    _ node: ExpressionNode, in names: GroupNames
  ) throws(Diagnostic) -> GroupCondition {
    switch node {
    case .logic(let logic):
      var parts: [GroupCondition] = []
      for operand in logic.operands { parts.append(try groupCondition(operand, in: names)) }
      return logic.word == .and ? .all(parts) : .any(parts)
    case .not(let prefix): return .not(try groupCondition(prefix.operand, in: names))
    case .comparison(let comparison): return try groupComparison(comparison, in: names)
    case .missingTest(let test):
      let inner = GroupCondition.isMissing(try groupExpression(test.operand, in: names).expression)
      return test.isNegated ? .not(inner) : inner
    case .between(let between):
      let lower = ComparisonNode(
        operation: .greaterOrEqual, left: between.operand, right: between.lower,
        range: between.range)
      let upper = ComparisonNode(
        operation: .lessOrEqual, left: between.operand, right: between.upper, range: between.range)
      let inner = GroupCondition.all([
        try groupComparison(lower, in: names), try groupComparison(upper, in: names),
      ])
      return between.isNegated ? .not(inner) : inner
    case .membership(let membership):
      if let key = try textKey(membership.operand, in: names) {
        var words: [String] = []
        for value in membership.values { words.append(try word(value)) }
        let inner = GroupCondition.keyOneOf(key, words)
        return membership.isNegated ? .not(inner) : inner
      }
      var parts: [GroupCondition] = []
      for value in membership.values {
        parts.append(
          try groupComparison(
            ComparisonNode(
              operation: .equal, left: membership.operand, right: value, range: membership.range),
            in: names))
      }
      return membership.isNegated ? .not(.any(parts)) : .any(parts)
    case .textMatch(let match):
      guard let key = try textKey(match.operand, in: names) else {
        throw Diagnostic(
          "wrong-type", "`\(match.operation.rawValue)` searches the text of a key",
          at: match.operand.range)
      }
      let inner = GroupCondition.keyMatch(match.operation, key, try word(match.pattern))
      return match.isNegated ? .not(inner) : inner
    default:
      throw Diagnostic(
        "not-a-condition", "a condition is wanted here", at: node.range,
        help: "compare a measure with a value: `having responses >= 30`")
    }
  }

  private func textKey(
    _ node: ExpressionNode, in names: GroupNames
  ) throws(Diagnostic) -> Int? {
    let text = Printer.print(node)
    guard let index = names.keys.firstIndex(where: { same($0.name, text) }) else { return nil }
    switch names.keys[index].type {
    case .text, .tags, .bucket, .part(.weekday): return index
    default: return nil
    }
  }

  private mutating func groupComparison(
    _ node: ComparisonNode, in names: GroupNames
  ) throws(Diagnostic) -> GroupCondition {
    if node.operation == .notEqual {
      var positive = node
      positive.operation = .equal
      return .not(try groupComparison(positive, in: names))
    }
    if let key = try textKey(node.left, in: names) {
      guard node.operation == .equal else {
        throw Diagnostic(
          "key-order", "a key is compared with `=` here", at: node.range,
          help: "filter rows with `where` instead")
      }
      return .keyOneOf(key, [try word(node.right)])
    }
    let left = try groupExpression(node.left, in: names)
    let right = try groupExpression(node.right, in: names)
    if left.unit != right.unit {
      let isZero = right.expression == .constant(0)
      if !isZero, MeasureValue.unit(.subtract, left.unit, right.unit) == nil {
        throw Diagnostic(
          "unit-mismatch",
          "'\(Self.short(Printer.print(node.left)))' is \(left.unit.words), but "
            + "'\(Self.short(Printer.print(node.right)))' is \(right.unit.words)",
          at: node.right.range,
          help: left.unit == .duration
            ? "write its unit, such as `\(Self.short(Printer.print(node.right)))h`" : nil)
      }
    }
    return .compare(node.operation, left.expression, right.expression)
  }
}
