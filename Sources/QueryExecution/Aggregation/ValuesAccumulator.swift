import CKernels
import ColumnStore

/// All values of each group, for percentiles and the most frequent value.
final class ValuesAccumulator: Accumulator {
  /// What is computed from the values.
  enum Purpose: Hashable { case quantile(Double), mode, survival(Double) }

  /// A run of values with the group of each.
  private struct Part {
    var groups: [UInt32] = []
    var values: [Int64] = []
  }

  private let domain: Int
  private var own = Part()
  private var later: [Part] = []
  private var grouped: GroupedValues?

  init(domain: Int, operand: NumberOperator) {
    self.domain = domain
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    own.groups.append(contentsOf: UnsafeBufferPointer(start: batch.groups, count: batch.count))
    let values = operand.vector.integers
    if operand.form == .double {
      for index in 0..<batch.count {
        own.values.append(ExtremeAccumulator.ordered(operand.vector.doubles[batch.row(index)]))
      }
    } else if let positions = batch.positions {
      for index in 0..<batch.count { own.values.append(values[Int(positions[index])]) }
    } else {
      own.values.append(contentsOf: UnsafeBufferPointer(start: values, count: batch.count))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? ValuesAccumulator else { return }
    later.append(other.own)
    later += other.later
  }

  /// The gathered values for a purpose; several purposes may share an accumulator.
  func result(_ wanted: [Int], for purpose: Purpose) -> PrimitiveColumn {
    let values = groupedValues(wanted)
    switch purpose {
    case .quantile(let fraction): return .quantiles(values, fraction: fraction)
    case .mode: return .modes(values)
    case .survival(let fraction): return .survivals(values, fraction: fraction)
    }
  }

  private func groupedValues(_ wanted: [Int]) -> GroupedValues {
    if let grouped { return grouped }
    let parts = [own] + later
    own = Part()
    later = []
    var starts = [Int](repeating: 0, count: domain + 1)
    for part in parts { for group in part.groups { starts[Int(group) &+ 1] &+= 1 } }
    for group in 0..<domain { starts[group + 1] &+= starts[group] }
    var next = starts
    let total = starts[domain]
    let sorted = [Int64](unsafeUninitializedCapacity: total) { buffer, count in
      for part in parts {
        dq_scatter(part.groups, part.values, part.values.count, &next, buffer.baseAddress)
      }
      count = total
    }
    let result = GroupedValues(
      values: sorted, ranges: wanted.map { starts[$0]..<starts[$0 + 1] },
      form: operand?.form ?? .double)
    grouped = result
    return result
  }
}

/// The values of each group, side by side; doubles in their integer order.
struct GroupedValues: Sendable {
  var values: [Int64]
  var ranges: [Range<Int>]
  var form: NumberForm

  /// The value at a fraction of the sorted values of some groups together, with linear
  /// interpolation between neighbours (type 7 of Hyndman and Fan).
  func quantile(_ fraction: Double, of groups: some Collection<Int>) -> Double? {
    var own = collected(groups)
    guard !own.isEmpty else { return nil }
    let position = fraction * Double(own.count - 1)
    let index = min(Int(position.rounded(.down)), own.count - 1)
    let rest = position - Double(index)
    let lower = dq_select(&own, own.count, index)
    if rest == 0 || index + 1 >= own.count { return number(lower) }
    // What lies behind the selected index is no smaller, so its minimum is the next value.
    let upper = own.withUnsafeBufferPointer { values in
      values.baseAddress.map { dq_minimum($0 + index + 1, values.count - index - 1) } ?? lower
    }
    return number(lower) + (number(upper) - number(lower)) * rest
  }

  /// How many values some groups have together.
  func count(_ groups: some Collection<Int>) -> Int {
    groups.reduce(0) { $0 + ranges[$1].count }
  }

  /// The sorted values of some groups together.
  func sorted(_ groups: some Collection<Int>) -> [Int64] { collected(groups).sorted() }

  /// The most frequent value of some groups together, the smallest of several.
  func mode(of groups: some Collection<Int>) -> Int64? {
    var best: Int64?
    var bestCount = 0
    var run = 0
    let own = collected(groups).sorted()
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
    let own = collected(groups).sorted()
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

  private func collected(_ groups: some Collection<Int>) -> [Int64] {
    var own: [Int64] = []
    own.reserveCapacity(count(groups))
    for group in groups { own.append(contentsOf: values[ranges[group]]) }
    return own
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
