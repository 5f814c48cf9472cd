import CKernels
import ColumnStore

/// The rows of a block that an aggregate takes in, with the group of each.
struct Batch {
  var block: Block
  /// A group number for each taken row.
  var groups: UnsafePointer<UInt32>
  /// The taken rows of the block, ascending; nil where all are taken.
  var positions: UnsafePointer<UInt16>?
  var count: Int

  @inline(__always)
  func row(_ index: Int) -> Int { positions.map { Int($0[index]) } ?? index }
}

/// Gathers one primitive aggregate for every group; each chunk of rows has one of its own, and
/// they are merged in the order of the chunks.
class Accumulator {
  /// The operator whose values are taken in, nil where rows are counted only.
  let operand: NumberOperator?

  init(operand: NumberOperator?) { self.operand = operand }

  /// How the aggregate is gathered, in words, for `explain`.
  var kernel: String { "count" }

  /// Whether accumulators of different groups can be joined by their results.
  var isDivisible: Bool { true }

  /// Takes in rows that all have the operand's value; the operand has been evaluated.
  func add(_ batch: Batch) {}

  /// Whether rows of one group and value may be taken in at once.
  var takesRepeats: Bool { false }

  /// Takes in so many rows of a group that have the same value.
  func add(_ value: Int64, group: Int, times: Int64) {}

  /// Takes in what an accumulator of the same kind, for later rows, has gathered.
  func merge(_ other: Accumulator) {}

  /// The gathered values of some groups.
  func result(_ groups: GroupSelection) -> PrimitiveColumn { .counts([]) }
}

/// How many rows.
final class CountAccumulator: Accumulator {
  private(set) var counts: [Int64]

  init(domain: Int, operand: NumberOperator?) {
    counts = [Int64](repeating: 0, count: domain)
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    counts.withUnsafeMutableBufferPointer { counts in
      if counts.count == 1 {
        counts[0] &+= Int64(batch.count)
      } else {
        dq_count(batch.groups, batch.count, counts.baseAddress)
      }
    }
  }

  /// Takes in the rows of a block whose bit is 1.
  func add(_ block: Block, groups: UnsafePointer<UInt32>, mask: UnsafePointer<UInt64>) {
    counts.withUnsafeMutableBufferPointer { counts in
      if counts.count == 1 {
        counts[0] &+= Int64(block.count(of: mask))
      } else {
        dq_count_masked(groups, block.count, mask, counts.baseAddress)
      }
    }
  }

  override var takesRepeats: Bool { true }

  override func add(_ value: Int64, group: Int, times: Int64) { counts[group] &+= times }

  override func merge(_ other: Accumulator) {
    guard let other = other as? CountAccumulator else { return }
    counts.merge(other.counts, &+=)
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn { .counts(groups.take(counts)) }
}

/// A sum of doubles that keeps what rounding drops.
struct CompensatedSum: Sendable {
  var sum: Double
  var compensation: Double

  init(_ sum: Double = 0, _ compensation: Double = 0) {
    self.sum = sum
    self.compensation = compensation
  }

  func adding(_ value: Double) -> CompensatedSum {
    let total = sum + value
    let lost = abs(sum) >= abs(value) ? (sum - total) + value : (value - total) + sum
    return CompensatedSum(total, compensation + lost)
  }

  var value: Double { sum + compensation }
}

/// The smallest or the largest value.
final class ExtremeAccumulator: Accumulator {
  override var kernel: String { isMinimum ? "minimum" : "maximum" }
  private var extremes: [Int64]
  private let isMinimum: Bool
  /// What a group without a value holds.
  private let none: Int64
  /// Which groups have a value; empty where none of the values can be `none`.
  private var isKnown: [Bool] = []

  init(domain: Int, operand: NumberOperator, isMinimum: Bool) {
    self.isMinimum = isMinimum
    none = isMinimum ? .max : .min
    extremes = [Int64](repeating: none, count: domain)
    if case .integer(_, let low, let high) = operand.form, none == (isMinimum ? high : low) {
      isKnown = [Bool](repeating: false, count: domain)
    }
    super.init(operand: operand)
  }

  /// Doubles in the order of integers: the sign of a negative one turns its other bits round.
  static func ordered(_ value: Double) -> Int64 {
    let bits = Int64(bitPattern: (value + 0).bitPattern)
    return bits < 0 ? bits ^ Int64.max : bits
  }

  static func double(_ ordered: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: ordered < 0 ? ordered ^ Int64.max : ordered))
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    let values = operand.vector.integers
    if !isKnown.isEmpty {
      for index in 0..<batch.count { isKnown[Int(batch.groups[index])] = true }
    }
    if operand.form == .double {
      for index in 0..<batch.count {
        let row = batch.row(index)
        let group = Int(batch.groups[index])
        let value = Self.ordered(operand.vector.doubles[row])
        extremes[group] = isMinimum ? min(extremes[group], value) : max(extremes[group], value)
      }
      return
    }
    extremes.withUnsafeMutableBufferPointer { extremes in
      if isMinimum {
        dq_min(batch.groups, batch.positions, batch.count, values, extremes.baseAddress)
      } else {
        dq_max(batch.groups, batch.positions, batch.count, values, extremes.baseAddress)
      }
    }
  }

  override var takesRepeats: Bool { operand?.form.isInteger == true }

  override func add(_ value: Int64, group: Int, times: Int64) {
    if !isKnown.isEmpty { isKnown[group] = true }
    extremes[group] = isMinimum ? min(extremes[group], value) : max(extremes[group], value)
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? ExtremeAccumulator else { return }
    let isMinimum = isMinimum
    extremes.merge(other.extremes) { $0 = isMinimum ? min($0, $1) : max($0, $1) }
    isKnown.merge(other.isKnown) { $0 = $0 || $1 }
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    .extremes(
      groups.map { group in
        let isMissing = isKnown.isEmpty ? extremes[group] == none : !isKnown[group]
        return isMissing ? nil : extremes[group]
      }, isMinimum: isMinimum, form: operand?.form ?? .double)
  }
}
