import ColumnStore

/// All values of each group, for percentiles and the most frequent value.
final class ValuesAccumulator: Accumulator {
  enum Purpose { case quantile(Double), mode, survival(Double) }

  private let domain: Int
  private let purpose: Purpose
  private var groups: [UInt32] = []
  private var values: [Int64] = []

  init(domain: Int, operand: NumberOperator, purpose: Purpose) {
    self.domain = domain
    self.purpose = purpose
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    groups.append(contentsOf: UnsafeBufferPointer(start: batch.groups, count: batch.count))
    let own = operand.vector.integers
    values.reserveCapacity(values.count + batch.count)
    if operand.form == .double {
      for index in 0..<batch.count {
        values.append(ExtremeAccumulator.ordered(operand.vector.doubles[batch.row(index)]))
      }
    } else if let positions = batch.positions {
      for index in 0..<batch.count { values.append(own[Int(positions[index])]) }
    } else {
      values.append(contentsOf: UnsafeBufferPointer(start: own, count: batch.count))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? ValuesAccumulator else { return }
    groups.append(contentsOf: other.groups)
    values.append(contentsOf: other.values)
    other.groups = []
    other.values = []
  }

  override func result(_ wanted: [Int]) -> PrimitiveColumn {
    var starts = [Int](repeating: 0, count: domain + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<domain { starts[group + 1] += starts[group] }
    var next = starts
    let sorted = [Int64](unsafeUninitializedCapacity: values.count) { buffer, count in
      for (index, group) in groups.enumerated() {
        buffer[next[Int(group)]] = values[index]
        next[Int(group)] += 1
      }
      count = values.count
    }
    groups = []
    values = []
    let grouped = GroupedValues(
      values: sorted, ranges: wanted.map { starts[$0]..<starts[$0 + 1] },
      form: operand?.form ?? .double)
    switch purpose {
    case .quantile(let fraction): return .quantiles(grouped, fraction: fraction)
    case .mode: return .modes(grouped)
    case .survival(let fraction): return .survivals(grouped, fraction: fraction)
    }
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
    let lower = Selection.select(index, in: &own)
    if rest == 0 || index + 1 >= own.count { return number(lower) }
    // What lies behind the selected index is no smaller, so its minimum is the next value.
    let upper = own[(index + 1)...].min() ?? lower
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

/// Hoare's selection: the value that would stand at an index if all were sorted.
enum Selection {
  /// Moves smaller values before the index and larger ones behind it, and gives the value there.
  static func select(_ index: Int, in values: inout [Int64]) -> Int64 {
    values.withUnsafeMutableBufferPointer { values in
      var low = 0
      var high = values.count - 1
      while low < high {
        let pivot = median(values[low], values[(low + high) / 2], values[high])
        var left = low
        var right = high
        while left <= right {
          while values[left] < pivot { left += 1 }
          while values[right] > pivot { right -= 1 }
          if left <= right {
            values.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if index <= right {
          high = right
        } else if index >= left {
          low = left
        } else {
          break
        }
      }
      return values[index]
    }
  }

  private static func median(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
    max(min(a, b), min(max(a, b), c))
  }
}
