import CKernels
import ColumnStore

/// Exact sums of integers, in 64 bits where the bounds of the values allow, else in 128.
final class IntegerSumAccumulator: Accumulator {
  override var kernel: String { wide.isEmpty ? "sum in 64 bits" : "sum in 128 bits" }
  /// Sums, or pairs of count and sum.
  private var narrow: [Int64] = []
  private var counts: [Int64] = []
  private var wide: [Int128] = []
  private let scale: Int
  /// Tells how many rows each group has, where all of them have a value.
  private let counted: CountAccumulator?

  init(domain: Int, operand: NumberOperator, rows: Int, counted: CountAccumulator?) {
    var isNarrow = false
    if case .integer(_, let low, let high) = operand.form {
      let largest = max(low.magnitude, high.magnitude)
      let (product, overflow) = largest.multipliedReportingOverflow(by: UInt64(max(rows, 1)))
      isNarrow = !overflow && product < UInt64(Int64.max)
    }
    scale = operand.form.scale
    self.counted = isNarrow ? counted : nil
    if isNarrow {
      narrow = [Int64](repeating: 0, count: counted == nil ? domain * 2 : domain)
    } else {
      wide = [Int128](repeating: 0, count: domain)
      counts = [Int64](repeating: 0, count: domain)
    }
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    guard let values = operand?.vector.integers else { return }
    if wide.isEmpty {
      let isCounted = counted != nil
      narrow.withUnsafeMutableBufferPointer { sums in
        if isCounted {
          dq_sum(batch.groups, batch.positions, batch.count, values, sums.baseAddress)
        } else {
          dq_count_sum(batch.groups, batch.positions, batch.count, values, sums.baseAddress)
        }
      }
    } else {
      for index in 0..<batch.count {
        let group = Int(batch.groups[index])
        counts[group] &+= 1
        wide[group] &+= Int128(values[batch.row(index)])
      }
    }
  }

  override var takesRepeats: Bool { true }

  override func add(_ value: Int64, group: Int, times: Int64) {
    if !wide.isEmpty {
      counts[group] &+= times
      wide[group] &+= Int128(value) &* Int128(times)
    } else if counted != nil {
      narrow[group] &+= value &* times
    } else {
      narrow[group &* 2] &+= times
      narrow[group &* 2 &+ 1] &+= value &* times
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? IntegerSumAccumulator else { return }
    narrow.merge(other.narrow, &+=)
    wide.merge(other.wide, &+=)
    counts.merge(other.counts, &+=)
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    if let counted {
      let rows = counted.counts
      return .narrowSums(
        groups.take(narrow), counts: groups.take(rows), scale: scale)
    }
    if wide.isEmpty {
      return .narrowSums(
        groups.map { narrow[$0 * 2 + 1] }, counts: groups.map { narrow[$0 * 2] }, scale: scale)
    }
    return .sums(groups.take(wide), counts: groups.take(counts), scale: scale)
  }
}

/// Sums of doubles with Neumaier's compensation.
final class DoubleSumAccumulator: Accumulator {
  override var kernel: String { "compensated sum" }
  /// Pairs of sum and compensation.
  private var sums: [Double]
  private var counts: [Int64]
  /// Tells how many rows each group has, where all of them have a value.
  private let counted: CountAccumulator?

  init(domain: Int, operand: NumberOperator, counted: CountAccumulator?) {
    sums = [Double](repeating: 0, count: domain * 2)
    counts = counted == nil ? [Int64](repeating: 0, count: domain) : []
    self.counted = counted
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    guard let values = operand?.vector.doubles else { return }
    sums.withUnsafeMutableBufferPointer { sums in
      dq_sum_double(batch.groups, batch.positions, batch.count, values, sums.baseAddress)
    }
    if counted != nil { return }
    counts.withUnsafeMutableBufferPointer { counts in
      dq_count(batch.groups, batch.count, counts.baseAddress)
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? DoubleSumAccumulator else { return }
    counts.merge(other.counts, &+=)
    for group in 0..<(sums.count / 2) {
      let sum = CompensatedSum(sums[group * 2], sums[group * 2 + 1])
        .adding(other.sums[group * 2]).adding(other.sums[group * 2 + 1])
      sums[group * 2] = sum.sum
      sums[group * 2 + 1] = sum.compensation
    }
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    let rows = counted?.counts ?? counts
    return .doubleSums(
      groups.map { CompensatedSum(sums[$0 * 2], sums[$0 * 2 + 1]) },
      counts: groups.take(rows))
  }
}
