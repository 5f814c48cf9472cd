import QueryPlanning
import QuerySyntax
import Results

/// Computes formulas over groups that are put together.
struct FormulaEvaluator: Sendable {
  let tables: [GroupTable]

  func value(_ slot: PrimitiveSlot, _ cell: some FormulaCell) -> PrimitiveValue {
    tables[slot.task].primitives[slot.primitive].value(cell.groups(of: slot.task))
  }

  /// The number that a formula gives; nil where it is missing.
  func number(
    _ formula: Formula<PrimitiveSlot>, _ cell: some FormulaCell, keys: [KeyValue] = []
  ) -> Double? {
    func inner(_ formula: Formula<PrimitiveSlot>) -> Double? { number(formula, cell, keys: keys) }
    switch formula {
    case .primitive(let slot): return value(slot, cell).double
    case .constant(let value): return value
    case .missing: return nil
    case .arithmetic(let operation, let left, let right):
      guard let a = inner(left), let b = inner(right) else { return nil }
      return Self.calculate(operation, a, b)
    case .negated(let operand): return inner(operand).map { 0 - $0 }
    case .absolute(let operand): return inner(operand).map { abs($0) }
    case .rounded(let operand, let digits):
      return inner(operand).map { Rounding.round($0, digits: digits) }
    case .choose(let test, let first, let second):
      return inner(holds(test, cell, keys: keys) ? first : second)
    case .coalesce(let operands):
      for operand in operands { if let found = inner(operand) { return found } }
      return nil
    case .share(let part, let whole):
      guard let all = value(whole, cell).double, all > 0, let some = value(part, cell).double
      else { return nil }
      return 100 * some / all
    case .mean(let sum, let count):
      guard let rows = value(count, cell).double, rows > 0 else { return nil }
      return value(sum, cell).mean(over: rows)
    case .spread(let slot, let isRoot):
      guard case .moments(let moments) = value(slot, cell), let variance = moments.variance else {
        return nil
      }
      return isRoot ? variance.squareRoot() : variance
    case .key(let index): return keys[index].number
    }
  }

  /// What arithmetic on two numbers gives; nil where it is not finite.
  static func calculate(_ operation: ArithmeticOperator, _ a: Double, _ b: Double) -> Double? {
    let result =
      switch operation {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: a / b
      }
    return result.isFinite ? result : nil
  }

  /// The value that a formula gives, kept whole or as text where it is; throws where a sum of whole
  /// numbers does not fit 64 bits.
  func result(
    _ formula: Formula<PrimitiveSlot>, _ cell: some FormulaCell, type: RowType?,
    keys: KeyFormatter
  ) throws(ExecutionError) -> ResultValue {
    guard case .primitive(let slot) = formula else {
      return number(formula, cell).map { .number($0) } ?? .missing
    }
    let isTime = type == .time || type == .date
    switch value(slot, cell) {
    case .missing: return .missing
    case .count(let count): return .integer(count)
    case .exact(let value, let scale):
      if scale == 0, !isTime {
        guard let integer = Int64(exactly: value) else { throw .overflow }
        return .integer(integer)
      }
      let number = PrimitiveValue.exact(value, scale: scale).double ?? 0
      return isTime ? .time(number) : .number(number)
    case .number(let number): return isTime ? .time(number) : .number(number)
    case .moments(let moments): return moments.count > 0 ? .number(moments.mean) : .missing
    case .key(let key): return type.map { keys.value(key, $0) } ?? .missing
    }
  }

  /// Whether a condition holds; a comparison with a missing value does not.
  func holds(
    _ test: GroupTest<PrimitiveSlot>, _ cell: some FormulaCell, keys: [KeyValue]
  ) -> Bool {
    switch test {
    case .always(let value): return value
    case .all(let parts): return parts.allSatisfy { holds($0, cell, keys: keys) }
    case .any(let parts): return parts.contains { holds($0, cell, keys: keys) }
    case .not(let part): return !holds(part, cell, keys: keys)
    case .compare(let operation, let left, let right):
      guard let a = number(left, cell, keys: keys), let b = number(right, cell, keys: keys) else {
        return false
      }
      return CompareCondition.holds(operation, a, b)
    case .isMissing(let operand): return number(operand, cell, keys: keys) == nil
    case .keyOneOf(let key, let words):
      guard case .text(let text) = keys[key] else { return false }
      let folded = text.lowercased()
      return words.contains { $0.lowercased() == folded }
    case .keyMatch(let operation, let key, let pattern):
      guard case .text(let text) = keys[key] else { return false }
      return KeyMatch.holds(operation, text, pattern)
    }
  }

  // MARK: Chance

  /// The interval of a measure's value; nil where it has none.
  func interval(
    _ sampling: Sampling<PrimitiveSlot>, _ cell: GroupCell, level: Double
  ) -> ValueInterval? {
    switch sampling {
    case .none: return nil
    case .share(let part, let whole):
      guard let some = value(part, cell).double, let all = value(whole, cell).double else {
        return nil
      }
      return Intervals.share(some, of: all, level: level)
    case .mean(let slot):
      return moments(slot, cell).flatMap { Intervals.mean($0, level: level) }
    case .points(let slot):
      return moments(slot, cell).flatMap { Intervals.points($0, level: level) }
    case .quantile(let slot):
      guard
        case .quantiles(let values, let fraction, _) = tables[slot.task].primitives[slot.primitive]
      else { return nil }
      return Intervals.quantile(
        fraction, sorted: values.sorted(cell.groups[slot.task]), level: level,
        number: values.number)
    }
  }

  private func moments(_ slot: PrimitiveSlot, _ cell: GroupCell) -> Moments? {
    guard case .moments(let moments) = value(slot, cell) else { return nil }
    return moments
  }

  /// How likely a difference at least as large as to another value is by chance alone; nil where
  /// that cannot be told.
  func pValue(
    _ sampling: Sampling<PrimitiveSlot>, _ cell: GroupCell, _ other: FormulaEvaluator,
    _ otherCell: GroupCell
  ) -> Double? {
    switch sampling {
    case .none, .quantile: return nil
    case .share(let part, let whole):
      guard let a = value(part, cell).double, let b = value(whole, cell).double,
        let c = other.value(part, otherCell).double, let d = other.value(whole, otherCell).double
      else { return nil }
      return Differences.pValue(a, b, c, d)
    case .mean(let slot):
      guard let a = moments(slot, cell), let b = other.moments(slot, otherCell) else { return nil }
      return Differences.pValue(a, b)
    case .points(let slot):
      guard let a = moments(slot, cell), let b = other.moments(slot, otherCell) else { return nil }
      return Differences.pointsPValue(a, b)
    }
  }

  /// The interval of the difference to another value; nil where it has none.
  func changeInterval(
    _ sampling: Sampling<PrimitiveSlot>, _ cell: GroupCell, _ other: FormulaEvaluator,
    _ otherCell: GroupCell, level: Double
  ) -> ValueInterval? {
    switch sampling {
    case .none, .quantile: return nil
    case .share(let part, let whole):
      guard let a = value(part, cell).double, let b = value(whole, cell).double,
        let c = other.value(part, otherCell).double, let d = other.value(whole, otherCell).double
      else { return nil }
      return Differences.interval(a, b, c, d, level: level)
    case .mean(let slot):
      guard let a = moments(slot, cell), let b = other.moments(slot, otherCell) else { return nil }
      return Differences.interval(a, b, level: level)
    case .points(let slot):
      guard let a = moments(slot, cell), let b = other.moments(slot, otherCell) else { return nil }
      return Differences.pointsInterval(a, b, level: level)
    }
  }
}

extension PrimitiveValue {
  /// A sum over so many rows, rounded once.
  func mean(over rows: Double) -> Double? {
    if case .exact(let sum, let scale) = self, scale > 0 {
      return Double(wide: sum) / (rows * PrimitiveValue.unit(scale))
    }
    return double.map { $0 / rows }
  }
}

extension KeyValue {
  /// The key as a number; nil for texts.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .boolean(let value): value ? 1 : 0
    case .text, .missing: nil
    }
  }
}
