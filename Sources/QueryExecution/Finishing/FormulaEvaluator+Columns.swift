import ColumnStore
import QueryPlanning
import Results

/// A number for each of some groups, or none; `isKnown` is empty where each has one.
struct GroupNumbers: Sendable {
  var values: [Double]
  var isKnown: [Bool] = []

  init(_ values: [Double], isKnown: [Bool] = []) {
    self.values = values
    self.isKnown = isKnown.contains(false) ? isKnown : []
  }

  init(_ numbers: [Double?]) {
    self.init(numbers.map { $0 ?? 0 }, isKnown: numbers.map { $0 != nil })
  }

  subscript(index: Int) -> Double? {
    isKnown.isEmpty || isKnown[index] ? values[index] : nil
  }

  /// The numbers put through a calculation.
  func map(_ calculate: (Double) -> Double?) -> GroupNumbers {
    GroupNumbers(values.indices.map { self[$0].flatMap(calculate) })
  }

  /// The numbers put together with others, of the same groups.
  func combined(
    with other: GroupNumbers, _ calculate: (Double, Double) -> Double?
  ) -> GroupNumbers {
    GroupNumbers(
      values.indices.map { index in
        guard let a = self[index], let b = other[index] else { return nil }
        return calculate(a, b)
      })
  }
}

/// Formulas of single groups, computed for all of them at once.
extension FormulaEvaluator {
  /// What `number` gives for each of some groups, or for all where none are named.
  func numbers(
    _ formula: Formula<PrimitiveSlot>, of groups: GroupSelection
  ) -> GroupNumbers {
    switch formula {
    case .primitive(let slot): return column(slot).numbers(of: groups)
    case .arithmetic(let operation, let left, let right):
      return numbers(left, of: groups).combined(with: numbers(right, of: groups)) {
        Self.calculate(operation, $0, $1)
      }
    case .negated(let operand): return numbers(operand, of: groups).map { 0 - $0 }
    case .absolute(let operand): return numbers(operand, of: groups).map { abs($0) }
    case .mean(let sum, let count):
      guard case .narrowSums(let sums, let counts, let scale) = column(sum) else { break }
      let unit = PrimitiveValue.unit(scale)
      let rows = column(count).numbers(of: groups)
      return GroupNumbers(
        (0..<groups.count).map { index in
          let group = groups[index]
          guard let rows = rows[index], rows > 0, counts[group] > 0 else { return nil }
          return Double(sums[group]) / (rows * unit)
        })
    case .spread(let slot, let isRoot):
      guard case .moments(let moments) = column(slot) else { break }
      return GroupNumbers(
        (0..<groups.count).map { index in
          moments[groups[index]].variance.map { isRoot ? $0.squareRoot() : $0 }
        })
    default: break
    }
    return GroupNumbers((0..<groups.count).map { number(formula, SingleGroup(group: groups[$0])) })
  }

  /// What `result` gives for each of some groups.
  func results(
    _ formula: Formula<PrimitiveSlot>, of groups: GroupSelection, type: RowType?,
    keys: KeyFormatter
  ) throws(ExecutionError) -> ResultValues {
    guard case .primitive(let slot) = formula else {
      let numbers = numbers(formula, of: groups)
      return ResultValues(numbers: numbers.values, isKnown: numbers.isKnown)
    }
    if type != .time, type != .date {
      switch column(slot) {
      case .counts(let counts): return ResultValues(integers: groups.take(counts))
      case .narrowSums(let sums, let counts, scale: 0):
        let known = groups.take(counts).map { $0 > 0 }
        return ResultValues(
          integers: groups.take(sums), isKnown: known.contains(false) ? known : [])
      case .narrowSums, .doubleSums, .quantiles:
        let numbers = numbers(formula, of: groups)
        return ResultValues(numbers: numbers.values, isKnown: numbers.isKnown)
      default: break
      }
    }
    var cells: [ResultValue] = []
    cells.reserveCapacity(groups.count)
    for index in 0..<groups.count {
      cells.append(
        try result(formula, SingleGroup(group: groups[index]), type: type, keys: keys))
    }
    return ResultValues(cells)
  }

  private func column(_ slot: PrimitiveSlot) -> PrimitiveColumn {
    tables[slot.task].primitives[slot.primitive]
  }
}

extension PrimitiveColumn {
  /// The number of each of some groups.
  func numbers(of groups: GroupSelection) -> GroupNumbers {
    switch self {
    case .counts(let counts): return GroupNumbers(groups.take(counts).map { Double($0) })
    case .narrowSums(let sums, let counts, let scale):
      let unit = PrimitiveValue.unit(scale)
      let values = groups.take(sums).map { scale == 0 ? Double($0) : Double($0) / unit }
      return GroupNumbers(values, isKnown: groups.take(counts).map { $0 > 0 })
    case .doubleSums(let sums, let counts):
      return GroupNumbers(
        groups.take(sums).map { CompensatedSum().adding($0.sum).adding($0.compensation).value },
        isKnown: groups.take(counts).map { $0 > 0 })
    case .quantiles(_, _, let single): return GroupNumbers(groups.take(single))
    case .extremes(let extremes, _, .integer(scale: 0, _, _)):
      return GroupNumbers(groups.take(extremes).map { $0.map { Double($0) } })
    case .correlations(let moments):
      return GroupNumbers(groups.take(moments).map(\.correlation))
    default:
      return GroupNumbers(
        (0..<groups.count).map { value(CollectionOfOne(groups[$0])).double })
    }
  }
}
