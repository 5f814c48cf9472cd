import CKernels
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
  override var kernel: String { moments.isEmpty ? "exact moments" : "moments" }
  private var exact: [dq_moments]
  private var moments: [Moments]
  private let scale: Int

  init(domain: Int, operand: NumberOperator) {
    var isExact = false
    if case .integer(_, let low, let high) = operand.form {
      isExact = max(low.magnitude, high.magnitude) < 1 << 40
    }
    exact = isExact ? [dq_moments](repeating: dq_moments(), count: domain) : []
    moments = isExact ? [] : [Moments](repeating: Moments(), count: domain)
    scale = operand.form.scale
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    if moments.isEmpty {
      let values = operand.vector.integers
      exact.withUnsafeMutableBufferPointer {
        dq_moments_add(batch.groups, batch.positions, batch.count, values, $0.baseAddress)
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

  override var takesRepeats: Bool { moments.isEmpty }

  override func add(_ value: Int64, group: Int, times: Int64) {
    exact[group].count &+= times
    let product = Int128(value) &* Int128(times)
    exact[group].sum = Self.halves(Self.wide(exact[group].sum) &+ product)
    exact[group].squares = Self.halves(
      Self.wide(exact[group].squares) &+ product &* Int128(value))
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? MomentsAccumulator else { return }
    exact.merge(other.exact) { own, theirs in
      own.count &+= theirs.count
      own.sum = Self.halves(Self.wide(own.sum) &+ Self.wide(theirs.sum))
      own.squares = Self.halves(Self.wide(own.squares) &+ Self.wide(theirs.squares))
    }
    moments.merge(other.moments) { $0 = $0.merged(with: $1) }
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    if !moments.isEmpty { return .moments(groups.take(moments)) }
    let unit = PowersOfTen.double(scale)
    return .moments(
      groups.map { group in
        let own = exact[group]
        guard own.count > 0 else { return Moments() }
        let (sum, sumOfSquares) = (Self.wide(own.sum), Self.wide(own.squares))
        // n * Σx² - (Σx)² is exact in integers; only the last division rounds.
        let (scaled, overflow) = sumOfSquares.multipliedReportingOverflow(by: Int128(own.count))
        let (square, squareOverflow) = sum.multipliedReportingOverflow(by: sum)
        let mean = Double(wide: sum) / Double(own.count)
        let squares =
          overflow || squareOverflow
          ? Double(wide: sumOfSquares) - mean * Double(wide: sum)
          : Double(wide: scaled - square) / Double(own.count)
        return Moments(
          count: Double(own.count), mean: mean / unit, squares: squares / unit / unit)
      })
  }

  private typealias Halves = (UInt64, UInt64)

  private static func wide(_ halves: Halves) -> Int128 {
    Int128(Int64(bitPattern: halves.1)) << 64 | Int128(halves.0)
  }

  private static func halves(_ value: Int128) -> Halves {
    (UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64))
  }
}
