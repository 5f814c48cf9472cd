import CKernels
import ColumnStore
import Synchronization

/// A run of rows that operators work on at a time.
struct Block {
  /// The first row; a multiple of `NumberColumn.blockLength`.
  var start: Int
  var count: Int
  var wordCount: Int { Bitmap.wordCount(count) }

  /// How many of the rows a mask takes.
  func count(of mask: UnsafePointer<UInt64>) -> Int { dq_count_bits(mask, wordCount) }
}

/// The values of one block: integers or doubles, and which rows have one.
final class NumberVector {
  let integers: UnsafeMutablePointer<Int64>
  let validity: UnsafeMutablePointer<UInt64>
  /// Whether every row of the block has a value; `validity` is not filled then.
  var allValid = true
  private static let length = NumberColumn.blockLength
  private static let wordCount = Bitmap.wordCount(length)

  /// A vector with one number in every row.
  init(filledWith integer: Int64 = 0) {
    integers =
      Self.spare.withLock { $0.popLast() }?.base
      ?? .allocate(capacity: Self.length + Self.wordCount)
    integers.initialize(repeating: integer, count: Self.length)
    validity = UnsafeMutableRawPointer(integers + Self.length)
      .bindMemory(to: UInt64.self, capacity: Self.wordCount)
    validity.initialize(repeating: 0, count: Self.wordCount)
  }

  deinit {
    let memory = Memory(base: integers)
    let isKept = Self.spare.withLock { spare in
      if spare.count == Self.mostSpare { return false }
      spare.append(memory)
      return true
    }
    if !isKept { integers.deallocate() }
  }

  private struct Memory: @unchecked Sendable {
    let base: UnsafeMutablePointer<Int64>
  }

  /// What queries before have left: the system takes longer to hand out new memory than to fill
  /// old one.
  private static let spare = Mutex<[Memory]>([])
  private static let mostSpare = 64

  /// The same memory as doubles, for operators whose form is `.double`.
  var doubles: UnsafeMutablePointer<Double> {
    UnsafeMutableRawPointer(integers).assumingMemoryBound(to: Double.self)
  }

  func isValid(_ row: Int) -> Bool {
    allValid || validity[row &>> 6] &>> UInt64(row & 63) & 1 == 1
  }

  /// Marks the rows as those that two other vectors both have.
  func intersectValidity(_ left: NumberVector, _ right: NumberVector, _ block: Block) {
    allValid = left.allValid && right.allValid
    if allValid { return }
    for word in 0..<block.wordCount {
      validity[word] =
        (left.allValid ? ~0 : left.validity[word]) & (right.allValid ? ~0 : right.validity[word])
    }
  }

  func copyValidity(of other: NumberVector, _ block: Block) {
    allValid = other.allValid
    if allValid { return }
    for word in 0..<block.wordCount { validity[word] = other.validity[word] }
  }

  /// Begins a validity of which single rows are cleared afterwards.
  func makeValidityExplicit(_ block: Block) {
    if !allValid { return }
    for word in 0..<block.wordCount { validity[word] = ~0 }
    allValid = false
  }

  func clear(_ row: Int) { validity[row &>> 6] &= ~(1 &<< UInt64(row & 63)) }
  func mark(_ row: Int) { validity[row &>> 6] |= 1 &<< UInt64(row & 63) }
}

/// How an operator's values are stored.
enum NumberForm: Equatable {
  /// `value / 10^scale`, each within the bounds.
  case integer(scale: Int, low: Int64, high: Int64)
  case double

  var isInteger: Bool { self != .double }
  var scale: Int {
    if case .integer(let scale, _, _) = self { return scale }
    return 0
  }
}

/// Computes a number for every row of a block; each thread has operators of its own.
class NumberOperator {
  let vector: NumberVector
  let form: NumberForm
  /// Whether it is known beforehand that every row has a value.
  let isComplete: Bool

  init(form: NumberForm, isComplete: Bool = false, filledWith integer: Int64 = 0) {
    vector = NumberVector(filledWith: integer)
    self.form = form
    self.isComplete = isComplete
  }

  /// Fills the vector with the block's values.
  func evaluate(_ block: Block) {}

  /// The vector's value of a row as a double.
  final func double(_ row: Int) -> Double {
    switch form {
    case .double: vector.doubles[row]
    case .integer(let scale, _, _):
      scale == 0
        ? Double(vector.integers[row])
        : Double(vector.integers[row]) / PowersOfTen.double(scale)
    }
  }
}
