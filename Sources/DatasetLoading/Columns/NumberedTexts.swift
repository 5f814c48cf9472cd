import CKernels
import Glibc
import Synchronization

/// The texts of one form, such as `C785164`, that a thread has met: a bit for each number.
///
/// It stays close to the processor where a table of millions of texts does not.
final class NumberedTexts {
  let form: NumberedForm
  /// The numbers of the texts.
  var set: NumberSet

  init?(_ form: NumberedForm) {
    self.form = form
    // The system gives only the pages in which a bit is set.
    guard let zeros = calloc((Int(DQ_LARGEST_NUMBER) &+ 1) / 64, 8) else { return nil }
    set = NumberSet(bits: zeros.assumingMemoryBound(to: UInt64.self), largest: 0)
  }

  deinit { free(set.bits) }

  /// Whether a code is that of a numbered text.
  @inline(__always)
  static func isNumbered(_ code: Int) -> Bool { code & Int(DQ_NUMBERED) != 0 }

  /// The number of a numbered text's code.
  @inline(__always)
  static func number(_ code: Int) -> Int { code & Int(DQ_LARGEST_NUMBER) }

  /// The code of a text, which is added; nil where it is not of the form. 8 bytes from its start on
  /// and behind it must be readable.
  func code(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32? {
    guard let number = form.number(start, length) else { return nil }
    set.bits[number &>> 6] |= 1 &<< UInt64(number & 63)
    set.largest = max(set.largest, UInt32(truncatingIfNeeded: number))
    return UInt32(truncatingIfNeeded: number) | DQ_NUMBERED
  }

  func contains(_ number: Int) -> Bool {
    set.bits[number &>> 6] &>> UInt64(number & 63) & 1 != 0
  }

  var largest: Int { Int(set.largest) }

  var count: Int {
    var count = 0
    for word in 0...largest &>> 6 { count &+= set.bits[word].nonzeroBitCount }
    return count
  }

  /// Adds the numbers of another thread.
  func formUnion(_ other: NumberedTexts) {
    // A page that none is written to costs none.
    for word in 0...other.largest &>> 6 where other.set.bits[word] != 0 {
      set.bits[word] |= other.set.bits[word]
    }
    set.largest = max(set.largest, other.set.largest)
  }

  /// Calls with each number in the order of the texts' bytes, until the answer is false.
  func forEach(_ body: (Int) -> Bool) {
    if form.digitCount > 0 {
      for number in 0...largest where contains(number) {
        if !body(number) { return }
      }
      return
    }
    if contains(0), !body(0) { return }
    if largest == 0 { return }
    // As words in a lexicon: 1, 10, 100, 101, …, 11, 110, …
    var number = 1
    for _ in 0..<largest {
      if contains(number), !body(number) { return }
      if number &* 10 <= largest {
        number &*= 10
      } else {
        while number % 10 == 9 || number == largest { number /= 10 }
        number &+= 1
      }
    }
  }
}

extension NumberedForm {
  /// The longest text of a form.
  static let longest = 16

  /// The number of a text; nil where it is not of the form or too large.
  @inline(__always)
  func number(_ start: UnsafePointer<UInt8>, _ length: Int) -> Int? {
    var form = self
    let number = dq_number(&form, start, length)
    return number == DQ_NO_NUMBER ? nil : Int(number)
  }

  /// Writes the text of a number, and up to 8 bytes behind it, and gives its length.
  @inline(__always)
  func write(_ number: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    UnsafeMutableRawPointer(target).storeBytes(of: prefix, as: UInt64.self)
    let length = self.length(number)
    var rest = number
    for place in stride(from: length &- 1, through: Int(prefixLength), by: -1) {
      target[place] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    return length
  }

  /// How many bytes the text of a number has.
  @inline(__always)
  func length(_ number: Int) -> Int {
    if digitCount > 0 { return Int(prefixLength &+ digitCount) }
    var (digits, bound) = (1, 10)
    while number >= bound {
      digits &+= 1
      bound &*= 10
    }
    return Int(prefixLength) &+ digits
  }

  /// The form of nearly all texts of a table; nil where they have none, or where their numbers lie
  /// far apart.
  init?(of table: StringTable) {
    guard let first = NumberedForm.divided(table.text(1)) else { return nil }
    self = first
    var (fitting, largest) = (0, 0)
    var isPadded = false
    for code in 1...table.count {
      let text = table.text(code)
      guard let form = NumberedForm.divided(text), form.prefix == prefix,
        form.prefixLength == prefixLength, let start = text.baseAddress
      else { continue }
      if form.digitCount != digitCount { digitCount = 0 }
      if text.count > Int(prefixLength) &+ 1, text[Int(prefixLength)] == 0x30 { isPadded = true }
      if let number = form.number(start, text.count) {
        fitting &+= 1
        largest = max(largest, number)
      }
    }
    if !isPadded { digitCount = 0 }
    // Of texts with zeros in front, all are as long.
    if isPadded, digitCount == 0 { return nil }
    guard fitting >= table.count / 16 &* 15, largest < table.count &* 256 else { return nil }
  }

  /// The form of one text, with all its digits counted; nil where it has none.
  private static func divided(_ text: UnsafeBufferPointer<UInt8>) -> NumberedForm? {
    var start = text.count
    while start > 0, text[start &- 1] >= 0x30, text[start &- 1] <= 0x39 { start &-= 1 }
    guard start <= 8, (1...8).contains(text.count &- start), let base = text.baseAddress else {
      return nil
    }
    let mask = start == 0 ? 0 : UInt64.max &>> UInt64(64 &- 8 &* start)
    return NumberedForm(
      prefix: dq_word(base) & mask, prefixMask: mask,
      prefixLength: UInt32(truncatingIfNeeded: start),
      digitCount: UInt32(truncatingIfNeeded: text.count &- start))
  }
}

/// The form that all stagers of a column take once one of them has met many texts.
final class NumberedFormChoice: Sendable {
  /// How many distinct texts a table holds before a form is looked for.
  static let leastCount = 1 << 14

  private let choice = Mutex<NumberedForm??>(nil)

  /// The form chosen, from this table where it is the first; nil where its texts have none.
  func form(of table: StringTable) -> NumberedForm? {
    choice.withLock { choice in
      if let choice { return choice }
      let form = NumberedForm(of: table)
      choice = .some(form)
      return form
    }
  }
}

/// The distinct texts that one thread has met in a column.
struct StagedTexts {
  let table: StringTable
  var numbers: NumberedTexts?

  var count: Int { table.count &+ (numbers?.count ?? 0) }

  /// Calls with each text.
  func forEach(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    for code in stride(from: 1, through: table.count, by: 1) { body(table.text(code)) }
    guard let numbers else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberedForm.longest) { text in
      guard let base = text.baseAddress else { return }
      numbers.forEach { number in
        body(UnsafeBufferPointer(start: base, count: numbers.form.write(number, to: base)))
        return true
      }
    }
  }

  /// How many bytes the text with a code has.
  @inline(__always)
  func length(_ code: Int) -> Int {
    if let numbers, NumberedTexts.isNumbered(code) {
      return numbers.form.length(NumberedTexts.number(code))
    }
    return table.text(code).count
  }

  /// Writes the text with a code, and up to 8 bytes behind it, and gives its length.
  @inline(__always)
  func write(_ code: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    if let numbers, NumberedTexts.isNumbered(code) {
      return numbers.form.write(NumberedTexts.number(code), to: target)
    }
    let text = table.text(code)
    if let start = text.baseAddress { memcpy(target, start, text.count) }
    return text.count
  }
}
