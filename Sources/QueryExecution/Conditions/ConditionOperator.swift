import CKernels
import ColumnStore
import QuerySyntax
import TextSearch

/// Marks the values from one to another.
private typealias RangeKernel<T> = (
  UnsafePointer<T>?, Int, T, T, UnsafeMutablePointer<UInt64>?
) -> Void

/// Decides a condition for every row of a block; each thread has operators of its own.
class ConditionOperator {
  /// What is known of a block before its rows are looked at.
  enum Verdict {
    /// It holds for no row, or for all.
    case none, all
    /// It must be decided by reading so many bits of each row.
    case undecided(bitsPerRow: Int)
  }

  /// Computed values, which nothing is known of, are looked at last.
  func verdict(_ block: Block) -> Verdict { .undecided(bitsPerRow: .max) }

  /// Fills the mask with a bit per row of the block; bits behind the last row are 0.
  func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {}

  /// Clears the bits of the rows that do not meet it, of which `count` are left; `scratch` is a mask
  /// to work with.
  func narrow(
    _ block: Block, _ mask: UnsafeMutablePointer<UInt64>, count: Int,
    _ scratch: UnsafeMutablePointer<UInt64>
  ) {
    evaluate(block, scratch)
    for word in 0..<block.wordCount { mask[word] &= scratch[word] }
  }

  static func fill(_ mask: UnsafeMutablePointer<UInt64>, _ block: Block, with bit: Bool) {
    for word in 0..<block.wordCount { mask[word] = bit ? ~0 : 0 }
    if bit { trim(mask, block) }
  }

  /// Clears the bits behind the last row.
  static func trim(_ mask: UnsafeMutablePointer<UInt64>, _ block: Block) {
    let rest = block.count & 63
    if rest != 0 { mask[block.wordCount - 1] &= 1 &<< UInt64(rest) &- 1 }
  }
}

final class ConstantCondition: ConditionOperator {
  private let holds: Bool
  init(_ holds: Bool) { self.holds = holds }
  override func verdict(_ block: Block) -> Verdict { holds ? .all : .none }
  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    Self.fill(mask, block, with: holds)
  }
}

/// All parts hold: what reads least of a row is decided first, the others for the rows left.
final class AllCondition: ConditionOperator {
  private let parts: [ConditionOperator]
  private let scratch = MaskBuffer()
  // The parts that a block leaves open, with the bits that they read.
  private var open: [(part: Int, bits: Int)] = []

  init(_ parts: [ConditionOperator]) { self.parts = parts }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    open.removeAll(keepingCapacity: true)
    for index in parts.indices {
      switch parts[index].verdict(block) {
      case .none: return Self.fill(mask, block, with: false)
      case .all: continue
      case .undecided(let bits): open.append((index, bits))
      }
    }
    guard !open.isEmpty else { return Self.fill(mask, block, with: true) }
    open.sort { ($0.bits, $0.part) < ($1.bits, $1.part) }
    parts[open[0].part].evaluate(block, mask)
    for (index, _) in open.dropFirst() {
      let count = block.count(of: mask)
      if count == 0 { return }
      parts[index].narrow(block, mask, count: count, scratch.words)
    }
  }
}

/// One of the parts holds.
final class AnyCondition: ConditionOperator {
  private let parts: [ConditionOperator]
  private let scratch = MaskBuffer()

  init(_ parts: [ConditionOperator]) { self.parts = parts }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    guard let first = parts.first else { return Self.fill(mask, block, with: false) }
    first.evaluate(block, mask)
    for part in parts.dropFirst() {
      part.evaluate(block, scratch.words)
      for word in 0..<block.wordCount { mask[word] |= scratch.words[word] }
    }
  }
}

final class NotCondition: ConditionOperator {
  private let part: ConditionOperator
  init(_ part: ConditionOperator) { self.part = part }

  override func verdict(_ block: Block) -> Verdict {
    switch part.verdict(block) {
    case .none: .all
    case .all: .none
    case .undecided(let bits): .undecided(bitsPerRow: bits)
    }
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    part.evaluate(block, mask)
    for word in 0..<block.wordCount { mask[word] = ~mask[word] }
    Self.trim(mask, block)
  }
}

/// The stored integer of a column lies in a range; whole blocks are decided by their bounds.
final class ColumnRangeCondition: ConditionOperator {
  private let column: NumberColumn
  private let low: Int64
  private let high: Int64

  init(_ column: NumberColumn, low: Int64, high: Int64) {
    self.column = column
    self.low = low
    self.high = high
  }

  override func verdict(_ block: Block) -> Verdict {
    let index = block.start / NumberColumn.blockLength * 2
    let blockLow = column.blockBounds[index]
    let blockHigh = column.blockBounds[index + 1]
    if low > high || blockLow > high || blockHigh < low || blockLow > blockHigh { return .none }
    if low <= blockLow && blockHigh <= high {
      return column.validity == nil ? .all : .undecided(bitsPerRow: 1)
    }
    return .undecided(bitsPerRow: column.width.byteCount * 8)
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    switch verdict(block) {
    case .none: return Self.fill(mask, block, with: false)
    case .all, .undecided(bitsPerRow: 1): Self.fill(mask, block, with: true)
    case .undecided: compare(block, mask, isNarrowing: false)
    }
    clearMissing(block, mask)
  }

  override func narrow(
    _ block: Block, _ mask: UnsafeMutablePointer<UInt64>, count: Int,
    _ scratch: UnsafeMutablePointer<UInt64>
  ) {
    // A vector decides as many rows as fit in it; a row by itself costs as much as some 640 bits.
    guard case .undecided(let bits) = verdict(block), bits > 1, count * 640 < block.count * bits
    else {
      return super.narrow(block, mask, count: count, scratch)
    }
    clearMissing(block, mask)
    compare(block, mask, isNarrowing: true)
  }

  private func clearMissing(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    guard let validity = column.validity else { return }
    let words = validity.words + block.start &>> 6
    for word in 0..<block.wordCount { mask[word] &= words[word] }
  }

  /// Compares all rows, or only those that the mask takes.
  private func compare(
    _ block: Block, _ mask: UnsafeMutablePointer<UInt64>, isNarrowing: Bool
  ) {
    func apply<T: FixedWidthInteger & BitwiseCopyable>(
      _ all: RangeKernel<T>, _ left: RangeKernel<T>
    ) {
      (isNarrowing ? left : all)(
        column.memory.pointer(as: T.self) + block.start, block.count, T(clamping: low),
        T(clamping: high), mask)
    }
    switch column.width {
    case .int8: apply(dq_range_mask_i8, dq_range_narrow_i8)
    case .int16: apply(dq_range_mask_i16, dq_range_narrow_i16)
    case .int32: apply(dq_range_mask_i32, dq_range_narrow_i32)
    case .int64, .float64: apply(dq_range_mask_i64, dq_range_narrow_i64)
    }
  }
}

/// A computed integer lies in a range.
final class NumberRangeCondition: ConditionOperator {
  private let operand: NumberOperator
  private let low: Int64
  private let high: Int64

  init(_ operand: NumberOperator, low: Int64, high: Int64) {
    self.operand = operand
    self.low = low
    self.high = high
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    operand.evaluate(block)
    if low > high { return Self.fill(mask, block, with: false) }
    dq_range_mask_i64(operand.vector.integers, block.count, low, high, mask)
    if !operand.vector.allValid {
      for word in 0..<block.wordCount { mask[word] &= operand.vector.validity[word] }
    }
  }
}

/// Two computed numbers compare as asked.
final class CompareCondition: ConditionOperator {
  private let operation: ComparisonOperator
  private let left: NumberOperator
  private let right: NumberOperator
  private let isInteger: Bool

  init(_ operation: ComparisonOperator, _ left: NumberOperator, _ right: NumberOperator) {
    let (aligned, form) = Alignment.common([left, right])
    self.operation = operation
    self.left = aligned[0]
    self.right = aligned[1]
    isInteger = form.isInteger
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    left.evaluate(block)
    right.evaluate(block)
    for word in 0..<block.wordCount {
      var bits: UInt64 = 0
      for bit in 0..<min(64, block.count - word * 64) where holds(word * 64 + bit) {
        bits |= 1 &<< UInt64(bit)
      }
      mask[word] = bits
      if !left.vector.allValid { mask[word] &= left.vector.validity[word] }
      if !right.vector.allValid { mask[word] &= right.vector.validity[word] }
    }
  }

  private func holds(_ row: Int) -> Bool {
    isInteger
      ? Self.holds(operation, left.vector.integers[row], right.vector.integers[row])
      : Self.holds(operation, left.vector.doubles[row], right.vector.doubles[row])
  }

  @inline(__always)
  static func holds<T: Comparable>(_ operation: ComparisonOperator, _ a: T, _ b: T) -> Bool {
    switch operation {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}

/// The number is one of a list.
final class NumberListCondition: ConditionOperator {
  private let operand: NumberOperator
  private let numbers: Set<Double>

  init(_ operand: NumberOperator, _ numbers: [Double]) {
    self.operand = operand
    self.numbers = Set(numbers)
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    operand.evaluate(block)
    for word in 0..<block.wordCount {
      var bits: UInt64 = 0
      for bit in 0..<min(64, block.count - word * 64)
      where operand.vector.isValid(word * 64 + bit)
        && numbers.contains(operand.double(word * 64 + bit))
      {
        bits |= 1 &<< UInt64(bit)
      }
      mask[word] = bits
    }
  }
}

/// The code of a row is marked in a table.
final class CodeCondition: ConditionOperator {
  private let codes: CodeArray
  private let table: [UInt8]
  /// The marked codes, where they are neighbours: all but the missing one, or a single one.
  private let run: ClosedRange<Int>?

  /// - Parameter table: a byte per code, not 0 where the condition holds.
  init(_ codes: CodeArray, table: [UInt8]) {
    self.codes = codes
    self.table = table
    run = Self.run(table)
  }

  private static func run(_ table: [UInt8]) -> ClosedRange<Int>? {
    guard let first = table.firstIndex(where: { $0 != 0 }),
      let last = table.lastIndex(where: { $0 != 0 }),
      !table[first...last].contains(0)
    else { return nil }
    return first...last
  }

  override func verdict(_ block: Block) -> Verdict { .undecided(bitsPerRow: codes.byteWidth * 8) }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    let memory = codes.memory
    table.withUnsafeBufferPointer { table in
      switch codes.byteWidth {
      case 1:
        dq_table_mask_u8(
          memory.pointer(as: UInt8.self) + block.start, block.count, table.baseAddress,
          table.count, mask)
      case 2:
        if compare(block, mask, dq_range_mask_i16) { return }
        dq_table_mask_u16(
          memory.pointer(as: UInt16.self) + block.start, block.count, table.baseAddress, mask)
      default:
        if compare(block, mask, dq_range_mask_i32) { return }
        dq_table_mask_u32(
          memory.pointer(as: UInt32.self) + block.start, block.count, table.baseAddress, mask)
      }
    }
  }

  /// Compares codes that are neighbours as signed numbers; false where there are none, or where
  /// other codes are too large for that.
  private func compare<T: FixedWidthInteger & BitwiseCopyable>(
    _ block: Block, _ mask: UnsafeMutablePointer<UInt64>, _ kernel: RangeKernel<T>
  ) -> Bool {
    guard let run, table.count <= T.max else { return false }
    kernel(
      codes.memory.pointer(as: T.self) + block.start, block.count,
      T(truncatingIfNeeded: run.lowerBound), T(truncatingIfNeeded: run.upperBound), mask)
    return true
  }
}

/// One of the codes of a row's list is marked in a table.
final class ListCodeCondition: ConditionOperator {
  private let lists: TagsColumn
  private let table: [UInt8]

  init(_ lists: TagsColumn, table: [UInt8]) {
    self.lists = lists
    self.table = table
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    for word in 0..<block.wordCount {
      var bits: UInt64 = 0
      for bit in 0..<min(64, block.count - word * 64)
      where lists.run(block.start + word * 64 + bit).contains(where: {
        table[lists.codes[$0]] != 0
      }) {
        bits |= 1 &<< UInt64(bit)
      }
      mask[word] = bits
    }
  }
}

/// A bit per row of the whole dataset, worked out beforehand.
final class BitmapCondition: ConditionOperator {
  private let bitmap: Bitmap
  init(_ bitmap: Bitmap) { self.bitmap = bitmap }
  override func verdict(_ block: Block) -> Verdict { .undecided(bitsPerRow: 1) }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    mask.update(from: bitmap.words + block.start &>> 6, count: block.wordCount)
  }
}

/// The number of a row is missing.
final class MissingNumberCondition: ConditionOperator {
  private let operand: NumberOperator
  init(_ operand: NumberOperator) { self.operand = operand }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    operand.evaluate(block)
    for word in 0..<block.wordCount {
      mask[word] = operand.vector.allValid ? 0 : ~operand.vector.validity[word]
    }
    Self.trim(mask, block)
  }
}

/// A column of numbers or long texts has no value in a row.
final class MissingColumnCondition: ConditionOperator {
  private let validity: Bitmap?
  init(_ validity: Bitmap?) { self.validity = validity }
  override func verdict(_ block: Block) -> Verdict {
    validity == nil ? .none : .undecided(bitsPerRow: 1)
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    guard let validity else { return Self.fill(mask, block, with: false) }
    let words = validity.words + block.start &>> 6
    for word in 0..<block.wordCount { mask[word] = ~words[word] }
    Self.trim(mask, block)
  }
}
