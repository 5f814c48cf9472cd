import CKernels
import ColumnStore

/// Joint moments of two values, for their correlation.
struct JointMoments: Hashable, Sendable {
  var count: Double = 0
  var meanX: Double = 0
  var meanY: Double = 0
  var squaresX: Double = 0
  var squaresY: Double = 0
  var products: Double = 0

  mutating func add(_ x: Double, _ y: Double) {
    count += 1
    let deltaX = x - meanX
    let deltaY = y - meanY
    meanX += deltaX / count
    meanY += deltaY / count
    squaresX += deltaX * (x - meanX)
    squaresY += deltaY * (y - meanY)
    products += deltaX * (y - meanY)
  }

  func merged(with other: JointMoments) -> JointMoments {
    if count == 0 { return other }
    if other.count == 0 { return self }
    var result = self
    let total = count + other.count
    let deltaX = other.meanX - meanX
    let deltaY = other.meanY - meanY
    let weight = count * other.count / total
    result.count = total
    result.meanX += deltaX * other.count / total
    result.meanY += deltaY * other.count / total
    result.squaresX += other.squaresX + deltaX * deltaX * weight
    result.squaresY += other.squaresY + deltaY * deltaY * weight
    result.products += other.products + deltaX * deltaY * weight
    return result
  }

  /// Pearson's coefficient; nil where either value does not vary.
  var correlation: Double? {
    guard count > 1, squaresX > 0, squaresY > 0 else { return nil }
    return min(max(products / (squaresX * squaresY).squareRoot(), -1), 1)
  }
}

/// Joint moments of two operands.
final class CorrelationAccumulator: Accumulator {
  override var kernel: String { "joint moments" }
  private var moments: [JointMoments]
  private let other: NumberOperator

  init(domain: Int, _ first: NumberOperator, _ second: NumberOperator) {
    moments = [JointMoments](repeating: JointMoments(), count: domain)
    other = second
    super.init(operand: first)
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    other.evaluate(batch.block)
    batch.forEachRow(with: other) { index, row in
      moments[Int(batch.groups[index])].add(operand.double(row), other.double(row))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? CorrelationAccumulator else { return }
    moments.merge(other.moments) { $0 = $0.merged(with: $1) }
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    .correlations(groups.take(moments))
  }
}

/// Joint moments of two operands, exactly: sums of integers that all fit 64 bits.
final class ExactCorrelationAccumulator: Accumulator {
  override var kernel: String { "exact joint moments" }
  private var sums: [dq_joint_moments]
  private let other: NumberOperator

  /// - Parameter rows: how many rows there will be at most; nil is given where the sums of so many
  ///   may not fit.
  init?(domain: Int, _ first: NumberOperator, _ second: NumberOperator, rows: Int) {
    for operand in [first, second] {
      guard case .integer(_, let low, let high) = operand.form else { return nil }
      let largest = max(low.magnitude, high.magnitude)
      let (square, overflow) = largest.multipliedReportingOverflow(by: largest)
      let (total, totalOverflow) = square.multipliedReportingOverflow(by: UInt64(max(rows, 1)))
      if overflow || totalOverflow || total > UInt64(Int64.max) { return nil }
    }
    sums = [dq_joint_moments](repeating: dq_joint_moments(), count: domain)
    other = second
    super.init(operand: first)
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    other.evaluate(batch.block)
    let (x, y) = (operand.vector.integers, other.vector.integers)
    sums.withUnsafeMutableBufferPointer { sums in
      if other.vector.allValid {
        dq_joint_moments_add(
          batch.groups, batch.positions, batch.count, x, y, sums.baseAddress)
        return
      }
      batch.forEachRow(with: other) { index, row in
        dq_joint_moments_add(batch.groups + index, nil, 1, x + row, y + row, sums.baseAddress)
      }
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? ExactCorrelationAccumulator else { return }
    sums.merge(other.sums) { own, theirs in
      own.count &+= theirs.count
      own.x &+= theirs.x
      own.y &+= theirs.y
      own.xx &+= theirs.xx
      own.yy &+= theirs.yy
      own.xy &+= theirs.xy
    }
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    let unitX = PowersOfTen.double(operand?.form.scale ?? 0)
    let unitY = PowersOfTen.double(other.form.scale)
    return .correlations(
      groups.map { group in
        let own = sums[group]
        guard own.count > 0 else { return JointMoments() }
        let count = Double(own.count)
        // n * Σxy - Σx * Σy is exact in integers; only the last division rounds.
        func deviations(_ products: Int64, _ a: Int64, _ b: Int64) -> Double {
          Double(wide: Int128(own.count) &* Int128(products) &- Int128(a) &* Int128(b)) / count
        }
        return JointMoments(
          count: count, meanX: Double(own.x) / count / unitX, meanY: Double(own.y) / count / unitY,
          squaresX: deviations(own.xx, own.x, own.x) / unitX / unitX,
          squaresY: deviations(own.yy, own.y, own.y) / unitY / unitY,
          products: deviations(own.xy, own.x, own.y) / unitX / unitY)
      })
  }
}

extension Batch {
  /// Calls `body` with the rows that have a value of a second operand too, which is evaluated.
  fileprivate func forEachRow(
    with other: NumberOperator, _ body: (_ index: Int, _ row: Int) -> Void
  ) {
    for index in 0..<count {
      let row = row(index)
      if other.vector.isValid(row) { body(index, row) }
    }
  }
}
