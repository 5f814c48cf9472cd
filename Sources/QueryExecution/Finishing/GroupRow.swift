import CivilTime
import QueryPlanning
import Results

/// A row of the result: its key values, and the groups it stands for in each task's table.
struct GroupRow: Sendable {
  var keys: [KeyValue]
  /// For each task the groups that belong to the row; several where rows are put together.
  var groups: [[Int]]
}

/// Computes formulas over the groups of a row.
struct FormulaEvaluator: Sendable {
  let tables: [GroupTable]

  func value(_ slot: PrimitiveSlot, _ row: GroupRow) -> PrimitiveValue {
    tables[slot.task].primitives[slot.primitive].value(row.groups[slot.task])
  }

  /// The number that a formula gives; nil where it is missing.
  func number(_ formula: Formula<PrimitiveSlot>, _ row: GroupRow) -> Double? {
    switch formula {
    case .primitive(let slot): return value(slot, row).double
    case .constant(let value): return value
    case .missing: return nil
    case .arithmetic(let operation, let left, let right):
      guard let a = number(left, row), let b = number(right, row) else { return nil }
      let result =
        switch operation {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        }
      return result.isFinite ? result : nil
    case .negated(let operand): return number(operand, row).map { 0 - $0 }
    case .absolute(let operand): return number(operand, row).map { abs($0) }
    case .rounded(let operand, let digits):
      return number(operand, row).map { Rounding.round($0, digits: digits) }
    case .choose(let test, let first, let second):
      return number(holds(test, row) ? first : second, row)
    case .coalesce(let operands):
      for operand in operands { if let found = number(operand, row) { return found } }
      return nil
    case .share(let part, let whole):
      guard let all = value(whole, row).double, all > 0, let some = value(part, row).double else {
        return nil
      }
      return 100 * some / all
    case .mean(let sum, let count):
      guard let rows = value(count, row).double, rows > 0 else { return nil }
      return value(sum, row).double.map { $0 / rows }
    case .spread(let slot, let isRoot):
      guard case .moments(let moments) = value(slot, row), let variance = moments.variance else {
        return nil
      }
      return isRoot ? variance.squareRoot() : variance
    case .key(let index):
      switch row.keys[index] {
      case .integer(let value): return Double(value)
      case .number(let value): return value
      case .boolean(let value): return value ? 1 : 0
      case .text, .missing: return nil
      }
    }
  }

  /// The value that a formula gives, kept whole or as text where it is.
  func result(
    _ formula: Formula<PrimitiveSlot>, _ row: GroupRow, type: RowType?, keys: KeyFormatter
  ) -> ResultValue {
    if case .primitive(let slot) = formula {
      switch value(slot, row) {
      case .missing: return .missing
      case .count(let count): return .integer(count)
      case .exact(let value, let scale):
        if type == .time || type == .date {
          return .time(Double(value) / Self.power(scale))
        }
        if scale == 0, let integer = Int64(exactly: value) { return .integer(integer) }
        return .number(Double(value) / Self.power(scale))
      case .number(let number):
        return type == .time || type == .date ? .time(number) : .number(number)
      case .moments(let moments): return moments.count > 0 ? .number(moments.mean) : .missing
      case .key(let key): return type.map { keys.value(key, $0) } ?? .missing
      }
    }
    return number(formula, row).map { .number($0) } ?? .missing
  }

  private static func power(_ scale: Int) -> Double {
    (0..<scale).reduce(1.0) { power, _ in power * 10 }
  }

  /// Whether a condition holds for a row; a comparison with a missing value does not.
  func holds(_ test: GroupTest<PrimitiveSlot>, _ row: GroupRow) -> Bool {
    switch test {
    case .always(let value): return value
    case .all(let parts): return parts.allSatisfy { holds($0, row) }
    case .any(let parts): return parts.contains { holds($0, row) }
    case .not(let part): return !holds(part, row)
    case .compare(let operation, let left, let right):
      guard let a = number(left, row), let b = number(right, row) else { return false }
      return CompareCondition.holds(operation, a, b)
    case .isMissing(let operand): return number(operand, row) == nil
    case .keyOneOf(let key, let words):
      guard case .text(let text) = row.keys[key] else { return false }
      let folded = text.lowercased()
      return words.contains { $0.lowercased() == folded }
    case .keyMatch(let operation, let key, let pattern):
      guard case .text(let text) = row.keys[key] else { return false }
      return KeyMatch.holds(operation, text, pattern)
    }
  }
}
