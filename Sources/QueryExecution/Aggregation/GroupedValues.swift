import CKernels
import ColumnStore

/// The values of each group, side by side, in 32 bits where all fit; doubles in their integer
/// order.
struct GroupedValues: Sendable {
  let memory: ColumnMemory
  /// Whether values are Int32 rather than Int64.
  let isNarrow: Bool
  let ranges: [Range<Int>]
  let form: NumberForm

  init(memory: ColumnMemory, isNarrow: Bool, ranges: [Range<Int>], form: NumberForm) {
    self.memory = memory
    self.isNarrow = isNarrow
    self.ranges = ranges
    self.form = form
  }

  init(values: [Int64], ranges: [Range<Int>], form: NumberForm) {
    let memory = ColumnMemory(uninitializedByteCount: values.count * 8)
    memory.pointer(as: Int64.self).update(from: values, count: values.count)
    self.init(memory: memory, isNarrow: false, ranges: ranges, form: form)
  }

  /// The value at a fraction of the sorted values of some groups together, with linear
  /// interpolation between neighbours (type 7 of Hyndman and Fan).
  func quantile(_ fraction: Double, of groups: some Collection<Int>) -> Double? {
    isNarrow
      ? quantile(fraction, of: groups, in: memory.pointer(as: Int32.self), dq_neighbours_i32)
      : quantile(fraction, of: groups, in: memory.pointer(as: Int64.self), dq_neighbours_i64)
  }

  private typealias Neighbours<T> = (
    UnsafePointer<T>?, Int, Int, UnsafeMutablePointer<T>?, UnsafeMutablePointer<Int64>?,
    UnsafeMutablePointer<Int64>?
  ) -> Void

  private func quantile<T: FixedWidthInteger & BitwiseCopyable>(
    _ fraction: Double, of groups: some Collection<Int>, in values: UnsafeMutablePointer<T>,
    _ neighbours: Neighbours<T>
  ) -> Double? {
    let total = count(groups)
    guard total > 0, let first = groups.first else { return nil }
    let position = fraction * Double(total - 1)
    let index = min(Int(position.rounded(.down)), total - 1)
    let rest = position - Double(index)
    var lower: Int64 = 0
    var upper: Int64 = 0
    let memory = ColumnMemory(uninitializedByteCount: total * MemoryLayout<T>.stride)
    defer { withExtendedLifetime(memory) {} }
    let scratch = memory.pointer(as: T.self)
    if groups.count == 1 {
      neighbours(values + ranges[first].lowerBound, total, index, scratch, &lower, &upper)
    } else {
      var next = scratch
      for group in groups {
        next.update(from: values + ranges[group].lowerBound, count: ranges[group].count)
        next += ranges[group].count
      }
      neighbours(scratch, total, index, scratch, &lower, &upper)
    }
    if rest == 0 || index + 1 >= total { return number(lower) }
    return number(lower) + (number(upper) - number(lower)) * rest
  }

  /// The quantile of each group by itself; without meaning once the query is cancelled.
  func quantiles(
    _ fraction: Double, threads: Int, _ cancellation: CancellationFlag
  ) -> [Double?] {
    let pieces = min(ranges.count, max(threads, 1) * 8)
    let results = ThreadSlots<Double>(count: ranges.count)
    Parallel.forEach(pieces, threads: threads) { piece in
      let own = (ranges.count * piece / pieces)..<(ranges.count * (piece + 1) / pieces)
      for group in own {
        if group & 0x3FFF == 0, cancellation.isSet { return }
        results[group] = quantile(fraction, of: CollectionOfOne(group))
      }
    }
    return results.values
  }

  /// How many values some groups have together.
  func count(_ groups: some Collection<Int>) -> Int {
    groups.reduce(0) { $0 + ranges[$1].count }
  }

  /// The sorted values of some groups together.
  func sorted(_ groups: some Collection<Int>) -> [Int64] {
    var own: [Int64] = []
    own.reserveCapacity(count(groups))
    for group in groups {
      if isNarrow {
        let values = memory.pointer(as: Int32.self)
        for index in ranges[group] { own.append(Int64(values[index])) }
      } else {
        let values = memory.pointer(as: Int64.self)
        for index in ranges[group] { own.append(values[index]) }
      }
    }
    own.sort()
    return own
  }

  /// The most frequent value of some groups together, the smallest of several.
  func mode(of groups: some Collection<Int>) -> Int64? {
    var best: Int64?
    var bestCount = 0
    var run = 0
    let own = sorted(groups)
    for (index, value) in own.enumerated() {
      run = index > 0 && own[index - 1] == value ? run + 1 : 1
      if run > bestCount {
        bestCount = run
        best = value
      }
    }
    return best
  }

  /// The time by which a share of all has ended, by the product-limit estimate of Kaplan and Meier;
  /// nil where so many have not ended yet. Values are `CensoredOperator`'s.
  func survivalQuantile(_ fraction: Double, of groups: some Collection<Int>) -> Double? {
    let own = sorted(groups)
    var surviving = 1.0
    var index = 0
    while index < own.count {
      let time = own[index] >> 1
      let atRisk = own.count - index
      var ended = 0
      while index < own.count, own[index] >> 1 == time {
        if own[index] & 1 == 0 { ended += 1 }
        index += 1
      }
      surviving *= 1 - Double(ended) / Double(atRisk)
      if ended > 0, surviving <= 1 - fraction + 1e-12 { return number(time) }
    }
    return nil
  }

  /// A stored value as a number.
  func number(_ value: Int64) -> Double {
    switch form {
    case .double: ExtremeAccumulator.double(value)
    case .integer(let scale, _, _):
      scale == 0 ? Double(value) : Double(value) / PowersOfTen.double(scale)
    }
  }
}
