import CKernels
import ColumnStore
import QuerySyntax

/// The same values with more digits behind the point, or as doubles.
final class RescaleOperator: NumberOperator {
  private let operand: NumberOperator
  private let factor: Int64

  private init(_ operand: NumberOperator, form: NumberForm, factor: Int64) {
    self.operand = operand
    self.factor = factor
    super.init(form: form)
  }

  /// An operand in integers of a scale, or nil where that could leave 64 bits.
  static func integers(_ operand: NumberOperator, scale: Int) -> NumberOperator? {
    guard case .integer(let own, let low, let high) = operand.form else { return nil }
    if own == scale { return operand }
    guard own < scale, scale <= 18 else { return nil }
    let factor = PowersOfTen.integer(scale - own)
    let (scaledLow, lowOverflow) = low.multipliedReportingOverflow(by: factor)
    let (scaledHigh, highOverflow) = high.multipliedReportingOverflow(by: factor)
    if lowOverflow || highOverflow { return nil }
    return RescaleOperator(
      operand, form: .integer(scale: scale, low: scaledLow, high: scaledHigh), factor: factor)
  }

  /// An operand in doubles.
  static func doubles(_ operand: NumberOperator) -> NumberOperator {
    operand.form == .double
      ? operand : RescaleOperator(operand, form: .double, factor: 1)
  }

  override func evaluate(_ block: Block) {
    operand.evaluate(block)
    vector.copyValidity(of: operand.vector, block)
    if form == .double {
      for row in 0..<block.count { vector.doubles[row] = operand.double(row) }
    } else {
      for row in 0..<block.count {
        vector.integers[row] = operand.vector.integers[row] &* factor
      }
    }
  }
}

/// Addition, subtraction and multiplication of integers whose result cannot leave 64 bits.
final class IntegerArithmeticOperator: NumberOperator {
  private let operation: ArithmeticOperator
  private let left: NumberOperator
  private let right: NumberOperator

  private init(
    _ operation: ArithmeticOperator, _ left: NumberOperator, _ right: NumberOperator,
    form: NumberForm
  ) {
    self.operation = operation
    self.left = left
    self.right = right
    super.init(form: form)
  }

  /// The operation in integers; nil where it has to be done in doubles.
  static func make(
    _ operation: ArithmeticOperator, _ left: NumberOperator, _ right: NumberOperator
  ) -> NumberOperator? {
    guard left.form.isInteger, right.form.isInteger, operation != .divide else { return nil }
    var left = left
    var right = right
    if operation != .multiply {
      let scale = max(left.form.scale, right.form.scale)
      guard let scaledLeft = RescaleOperator.integers(left, scale: scale),
        let scaledRight = RescaleOperator.integers(right, scale: scale)
      else { return nil }
      left = scaledLeft
      right = scaledRight
    }
    guard case .integer(let leftScale, let a, let b) = left.form,
      case .integer(let rightScale, let c, let d) = right.form
    else { return nil }
    let scale = operation == .multiply ? leftScale + rightScale : leftScale
    guard scale <= 12 else { return nil }
    var corners: [Int64] = []
    for x in [a, b] {
      for y in [c, d] {
        let (value, overflow) =
          switch operation {
          case .add: x.addingReportingOverflow(y)
          case .subtract: x.subtractingReportingOverflow(y)
          default: x.multipliedReportingOverflow(by: y)
          }
        if overflow { return nil }
        corners.append(value)
      }
    }
    // Rows without a value are stored as 0, which the operation sees too.
    let low = min(corners.min() ?? 0, 0)
    let high = max(corners.max() ?? 0, 0)
    return IntegerArithmeticOperator(
      operation, left, right, form: .integer(scale: scale, low: low, high: high))
  }

  override func evaluate(_ block: Block) {
    left.evaluate(block)
    right.evaluate(block)
    vector.intersectValidity(left.vector, right.vector, block)
    let a = left.vector.integers
    let b = right.vector.integers
    let result = vector.integers
    switch operation {
    case .add: for row in 0..<block.count { result[row] = a[row] &+ b[row] }
    case .subtract: for row in 0..<block.count { result[row] = a[row] &- b[row] }
    default: for row in 0..<block.count { result[row] = a[row] &* b[row] }
    }
  }
}

/// Arithmetic in doubles; what is not a finite number, such as x / 0, is missing.
final class DoubleArithmeticOperator: NumberOperator {
  private let operation: ArithmeticOperator
  private let left: NumberOperator
  private let right: NumberOperator

  init(_ operation: ArithmeticOperator, _ left: NumberOperator, _ right: NumberOperator) {
    self.operation = operation
    self.left = left
    self.right = right
    super.init(form: .double)
  }

  override func evaluate(_ block: Block) {
    left.evaluate(block)
    right.evaluate(block)
    vector.intersectValidity(left.vector, right.vector, block)
    for row in 0..<block.count {
      let a = left.double(row)
      let b = right.double(row)
      let value =
        switch operation {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        }
      vector.doubles[row] = value.isFinite ? value : 0
      if !value.isFinite {
        vector.makeValidityExplicit(block)
        vector.clear(row)
      }
    }
  }
}

/// The time between two instants; missing where the end lies before the start.
final class ElapsedOperator: NumberOperator {
  private let difference: NumberOperator

  init(difference: NumberOperator) {
    self.difference = difference
    if case .integer(let scale, _, let high) = difference.form {
      super.init(form: .integer(scale: scale, low: 0, high: max(high, 0)))
    } else {
      super.init(form: .double)
    }
  }

  override func evaluate(_ block: Block) {
    difference.evaluate(block)
    vector.copyValidity(of: difference.vector, block)
    if form == .double {
      for row in 0..<block.count {
        let value = difference.vector.doubles[row]
        vector.doubles[row] = max(value, 0)
        if value < 0 { drop(row, block) }
      }
      return
    }
    vector.makeValidityExplicit(block)
    dq_not_negative(
      difference.vector.integers, block.count, vector.integers, vector.validity)
  }

  private func drop(_ row: Int, _ block: Block) {
    vector.makeValidityExplicit(block)
    vector.clear(row)
  }
}

/// A number without its sign, with the other sign, or rounded.
final class UnaryOperator: NumberOperator {
  enum Operation { case negate, absolute, round(digits: Int) }

  private let operation: Operation
  private let operand: NumberOperator

  init(_ operation: Operation, _ operand: NumberOperator) {
    self.operation = operation
    self.operand = RescaleOperator.doubles(operand)
    super.init(form: .double)
  }

  override func evaluate(_ block: Block) {
    operand.evaluate(block)
    vector.copyValidity(of: operand.vector, block)
    for row in 0..<block.count {
      let value = operand.vector.doubles[row]
      switch operation {
      case .negate: vector.doubles[row] = 0 - value
      case .absolute: vector.doubles[row] = abs(value)
      case .round(let digits): vector.doubles[row] = Rounding.round(value, digits: digits)
      }
    }
  }
}

/// Rounding half away from zero, as a reader expects.
enum Rounding {
  static func round(_ value: Double, digits: Int) -> Double {
    let factor = PowersOfTen.double(digits)
    let scaled = (value * factor).rounded(.toNearestOrAwayFromZero) / factor
    return scaled.isFinite ? scaled : value
  }
}
