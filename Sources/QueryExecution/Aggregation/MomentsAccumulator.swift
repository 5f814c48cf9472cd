import ColumnStore

/// Count, mean and sum of squared deviations of a group.
struct Moments: Hashable, Sendable {
  var count: Double = 0
  var mean: Double = 0
  var squares: Double = 0

  /// Both groups together, by the formula of Chan, Golub and LeVeque.
  func merged(with other: Moments) -> Moments {
    if count == 0 { return other }
    if other.count == 0 { return self }
    let total = count + other.count
    let delta = other.mean - mean
    return Moments(
      count: total, mean: mean + delta * other.count / total,
      squares: squares + other.squares + delta * delta * count * other.count / total)
  }

  /// The sample variance; nil for fewer than two values.
  var variance: Double? { count > 1 ? max(squares, 0) / (count - 1) : nil }
}

/// Moments by Welford's method, or exactly where the values are integers.
final class MomentsAccumulator: Accumulator {
  private struct Exact {
    var count: Int64 = 0
    var sum: Int128 = 0
    var squares: Int128 = 0
  }

  override var kernel: String { moments.isEmpty ? "exact moments" : "moments" }
  private var exact: [Exact]
  private var moments: [Moments]
  private let scale: Int

  init(domain: Int, operand: NumberOperator) {
    var isExact = false
    if case .integer(_, let low, let high) = operand.form {
      isExact = max(low.magnitude, high.magnitude) < 1 << 40
    }
    exact = isExact ? [Exact](repeating: Exact(), count: domain) : []
    moments = isExact ? [] : [Moments](repeating: Moments(), count: domain)
    scale = operand.form.scale
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    if moments.isEmpty {
      let values = operand.vector.integers
      for index in 0..<batch.count {
        let value = Int128(values[batch.row(index)])
        let group = Int(batch.groups[index])
        exact[group].count &+= 1
        exact[group].sum &+= value
        exact[group].squares &+= value &* value
      }
      return
    }
    for index in 0..<batch.count {
      let value = operand.double(batch.row(index))
      let group = Int(batch.groups[index])
      var own = moments[group]
      own.count += 1
      let delta = value - own.mean
      own.mean += delta / own.count
      own.squares += delta * (value - own.mean)
      moments[group] = own
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? MomentsAccumulator else { return }
    for group in exact.indices {
      exact[group].count &+= other.exact[group].count
      exact[group].sum &+= other.exact[group].sum
      exact[group].squares &+= other.exact[group].squares
    }
    for group in moments.indices {
      moments[group] = moments[group].merged(with: other.moments[group])
    }
  }

  override func result(_ groups: [Int]) -> PrimitiveColumn {
    if !moments.isEmpty { return .moments(groups.map { moments[$0] }) }
    let unit = PowersOfTen.double(scale)
    return .moments(
      groups.map { group in
        let own = exact[group]
        guard own.count > 0 else { return Moments() }
        let count = Int128(own.count)
        // n * Σx² - (Σx)² is exact in integers; only the last division rounds.
        let (scaled, overflow) = own.squares.multipliedReportingOverflow(by: count)
        let (square, squareOverflow) = own.sum.multipliedReportingOverflow(by: own.sum)
        let mean = Double(own.sum) / Double(own.count)
        let squares =
          overflow || squareOverflow
          ? Double(own.squares) - mean * Double(own.sum)
          : Double(scaled - square) / Double(own.count)
        return Moments(
          count: Double(own.count), mean: mean / unit, squares: squares / unit / unit)
      })
  }
}

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
    for index in 0..<batch.count {
      let row = batch.row(index)
      guard other.vector.isValid(row) else { continue }
      moments[Int(batch.groups[index])].add(operand.double(row), other.double(row))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? CorrelationAccumulator else { return }
    for group in moments.indices {
      moments[group] = moments[group].merged(with: other.moments[group])
    }
  }

  override func result(_ groups: [Int]) -> PrimitiveColumn {
    .correlations(groups.map { moments[$0] })
  }
}
