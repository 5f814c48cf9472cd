import CKernels
import ColumnStore

/// The first of several numbers that is there.
final class CoalesceOperator: NumberOperator {
  private let operands: [NumberOperator]

  private init(_ operands: [NumberOperator], form: NumberForm) {
    self.operands = operands
    super.init(form: form)
  }

  static func make(_ operands: [NumberOperator]) -> NumberOperator {
    let (aligned, form) = Alignment.common(operands)
    return CoalesceOperator(aligned, form: form)
  }

  override func evaluate(_ block: Block) {
    guard let first = operands.first else { return }
    first.evaluate(block)
    vector.copyValidity(of: first.vector, block)
    vector.integers.update(from: first.vector.integers, count: block.count)
    for operand in operands.dropFirst() {
      if vector.allValid { return }
      operand.evaluate(block)
      for row in 0..<block.count where !vector.isValid(row) && operand.vector.isValid(row) {
        vector.integers[row] = operand.vector.integers[row]
        vector.mark(row)
      }
    }
  }
}

/// One of two numbers, by a condition.
final class ChooseOperator: NumberOperator {
  private let condition: ConditionOperator
  private let first: NumberOperator
  private let second: NumberOperator
  private let mask = MaskBuffer()

  private init(
    _ condition: ConditionOperator, _ first: NumberOperator, _ second: NumberOperator,
    form: NumberForm
  ) {
    self.condition = condition
    self.first = first
    self.second = second
    super.init(form: form)
  }

  static func make(
    _ condition: ConditionOperator, _ first: NumberOperator, _ second: NumberOperator
  ) -> NumberOperator {
    let (aligned, form) = Alignment.common([first, second])
    return ChooseOperator(condition, aligned[0], aligned[1], form: form)
  }

  override func evaluate(_ block: Block) {
    condition.evaluate(block, mask.words)
    first.evaluate(block)
    second.evaluate(block)
    vector.allValid = first.vector.allValid && second.vector.allValid
    for word in 0..<block.wordCount {
      let chosen = mask.words[word]
      vector.validity[word] =
        chosen & (first.vector.allValid ? ~0 : first.vector.validity[word])
        | ~chosen & (second.vector.allValid ? ~0 : second.vector.validity[word])
    }
    dq_choose(
      mask.words, first.vector.integers, second.vector.integers, block.count, vector.integers)
  }
}

/// 1 where a condition holds, else 0.
final class ConditionNumberOperator: NumberOperator {
  private let condition: ConditionOperator
  private let mask = MaskBuffer()

  init(_ condition: ConditionOperator) {
    self.condition = condition
    super.init(form: .integer(scale: 0, low: 0, high: 1))
  }

  override func evaluate(_ block: Block) {
    condition.evaluate(block, mask.words)
    dq_bits(mask.words, block.count, vector.integers)
  }
}

/// The number of characters of a text, by its code.
final class CodeTableOperator: NumberOperator {
  private let codes: CodeArray
  private let table: [Int64]

  /// - Parameter table: a number for each code; that of code 0 is missing.
  init(codes: CodeArray, table: [Int64]) {
    self.codes = codes
    self.table = table
    super.init(
      form: .integer(scale: 0, low: min(table.min() ?? 0, 0), high: max(table.max() ?? 0, 0)))
  }

  override func evaluate(_ block: Block) {
    vector.allValid = true
    for row in 0..<block.count {
      let code = codes[block.start &+ row]
      vector.integers[row] = table[code]
      if code == 0 {
        vector.makeValidityExplicit(block)
        vector.clear(row)
      }
    }
  }
}

/// Durations whose end may be open: twice the duration, and one more where the end is open.
final class CensoredOperator: NumberOperator {
  private let ended: NumberOperator
  private let open: NumberOperator

  private init(ended: NumberOperator, open: NumberOperator, form: NumberForm) {
    self.ended = ended
    self.open = open
    super.init(form: form)
  }

  static func make(ended: NumberOperator, open: NumberOperator) -> NumberOperator {
    let ended = WholeSecondsOperator.make(ended)
    let open = WholeSecondsOperator.make(open)
    return CensoredOperator(
      ended: ended, open: open, form: .integer(scale: 0, low: 0, high: .max >> 1))
  }

  override func evaluate(_ block: Block) {
    ended.evaluate(block)
    open.evaluate(block)
    vector.allValid = true
    for row in 0..<block.count {
      if ended.vector.isValid(row) {
        vector.integers[row] = ended.vector.integers[row] &<< 1
      } else if open.vector.isValid(row) {
        vector.integers[row] = open.vector.integers[row] &<< 1 | 1
      } else {
        vector.integers[row] = 0
        vector.makeValidityExplicit(block)
        vector.clear(row)
      }
    }
  }
}

/// Operands brought to one form.
enum Alignment {
  static func common(_ operands: [NumberOperator]) -> ([NumberOperator], NumberForm) {
    let scale = operands.map(\.form.scale).max() ?? 0
    var aligned: [NumberOperator] = []
    var low = Int64.max
    var high = Int64.min
    for operand in operands {
      guard let scaled = RescaleOperator.integers(operand, scale: scale),
        case .integer(_, let ownLow, let ownHigh) = scaled.form
      else { return (operands.map { RescaleOperator.doubles($0) }, .double) }
      aligned.append(scaled)
      low = min(low, ownLow)
      high = max(high, ownHigh)
    }
    return (aligned, .integer(scale: scale, low: min(low, 0), high: max(high, 0)))
  }
}

/// A mask of one block.
final class MaskBuffer {
  let words: UnsafeMutablePointer<UInt64>

  init() {
    let count = Bitmap.wordCount(NumberColumn.blockLength)
    words = .allocate(capacity: count)
    words.initialize(repeating: 0, count: count)
  }

  deinit { words.deallocate() }
}
