import CKernels
import ColumnStore

/// Reads decimal numbers as exact integers at a scale that grows as it must.
struct DecimalParser: ValueParser {
  static var isDouble: Bool { false }
  private(set) var scale: Int {
    didSet { short = NumberForm(scale: scale, unit: unit, isIdentifier: isIdentifier) }
  }
  /// What every number is multiplied with, such as the seconds of a unit.
  let unit: Int64
  /// Whether the column names things, so that `5e12` and `1.10` are no numbers.
  let isIdentifier: Bool
  private var short: NumberForm

  init(scale: Int = 0, unit: Int64 = 1, isIdentifier: Bool = false) {
    self.scale = scale
    self.unit = unit
    self.isIdentifier = isIdentifier
    short = NumberForm(scale: scale, unit: unit, isIdentifier: isIdentifier)
  }

  func parse(_ fields: FieldRun, into found: FoundValues) -> FoundValues.Counts? {
    short.read(fields, into: found)
  }

  @inline(__always)
  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    var value: Int64 = 0
    return dq_short_number(&short, start, count, &value) != 0 ? value : long(start, count)
  }

  private mutating func long(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    guard let text = NumberText(UnsafeBufferPointer(start: start, count: count)) else {
      return ParseMark.misfit
    }
    if text.hasLeadingZero { return ParseMark.identifier }
    // `+33123456789` is a telephone number.
    if start[0] == 0x2B, count > 8, text.decimals == 0, text.exponent == 0 {
      return ParseMark.identifier
    }
    if isIdentifier, text.exponent != 0 || text.hasTrailingZero { return ParseMark.identifier }
    guard var value = text.mantissa, text.exponent == 0 else {
      // As a double, a long whole number would end in other digits.
      let isWhole = text.mantissa == nil && text.decimals == 0 && text.exponent == 0
      return isWhole ? ParseMark.identifier : ParseMark.needsDouble
    }
    if text.decimals > scale {
      if text.decimals > 18 { return ParseMark.needsDouble }
      scale = text.decimals
      return ParseMark.finer
    }
    let factor = PowersOfTen.integer(scale &- text.decimals)
    let (scaled, overflows) = value.multipliedReportingOverflow(by: factor)
    let (times, overflowsToo) = scaled.multipliedReportingOverflow(by: unit)
    value = times
    if overflows || overflowsToo { return ParseMark.needsDouble }
    return ParseMark.isMark(value) ? ParseMark.misfit : value
  }
}

extension NumberForm {
  /// Numbers of so many decimals, multiplied with a unit.
  init(scale: Int, unit: Int64, isIdentifier: Bool) {
    self.init()
    decimals = isIdentifier ? 0 : min(scale, 7)
    withUnsafeMutableBytes(of: &factors) { bytes in
      let factors = bytes.bindMemory(to: Int64.self)
      for places in 0...decimals {
        let (factor, overflows) = PowersOfTen.integer(scale &- places)
          .multipliedReportingOverflow(by: unit)
        factors[places] = overflows ? 0 : factor
      }
    }
  }

  /// Reads the short numbers among the fields of a column.
  func read(_ fields: FieldRun, into found: FoundValues) -> FoundValues.Counts {
    var counts = FoundValues.Counts()
    var (form, fields) = (self, fields)
    counts.others = dq_short_numbers(
      &form, &fields, ParseMark.missing, found.values, found.others, &counts.empty)
    return counts
  }
}

/// Reads numbers as doubles, rounded once.
struct DoubleParser: ValueParser {
  static var isDouble: Bool { true }
  var scale: Int { 0 }
  let unit: Double

  func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    guard let text = NumberText(UnsafeBufferPointer(start: start, count: count)) else {
      return ParseMark.misfit
    }
    if text.hasLeadingZero { return ParseMark.identifier }
    guard let value = text.double, value.isFinite else { return ParseMark.misfit }
    let scaled = value * unit
    return scaled.isFinite ? Int64(bitPattern: scaled.bitPattern) : ParseMark.misfit
  }
}

/// The parts of a number's text: sign, digits, point, exponent; blanks around it are left out.
struct NumberText {
  /// All digits as an integer, without zeros at the end of the decimals; nil if it is too large.
  private(set) var mantissa: Int64?
  /// Digits behind the point, without zeros at their end.
  private(set) var decimals = 0
  private(set) var exponent = 0
  /// Whether it begins with a zero that as a number it would lose, as in `0045`.
  private(set) var hasLeadingZero = false
  /// Whether its decimals end with a zero that as a number they would lose, as in `1.10`; `7.0` is
  /// what other programs make of the number 7.
  private(set) var hasTrailingZero = false
  private let text: UnsafeBufferPointer<UInt8>.SubSequence

  /// The parts of a text, nil where it is no decimal number.
  init?(_ whole: UnsafeBufferPointer<UInt8>) {
    text = whole.trimmed
    var rest = text
    var isNegative = false
    if let sign = rest.first, sign == 0x2D || sign == 0x2B {
      isNegative = sign == 0x2D
      rest = rest.dropFirst()
    }
    let integer = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    rest = rest.dropFirst(integer.count)
    var fraction = rest.prefix(0)
    if rest.first == 0x2E {
      fraction = rest.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
      if fraction.isEmpty { return nil }
      rest = rest.dropFirst(fraction.count &+ 1)
    }
    if integer.isEmpty && fraction.isEmpty { return nil }
    hasLeadingZero = integer.count > 1 && integer.first == 0x30
    if let mark = rest.first, mark == 0x65 || mark == 0x45 {
      rest = rest.dropFirst()
      let isBelow = rest.first == 0x2D
      if isBelow || rest.first == 0x2B { rest = rest.dropFirst() }
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      if digits.isEmpty { return nil }
      let power = digits.reduce(0) { min($0 &* 10 &+ Int($1 &- 0x30), 1_000_000) }
      exponent = isBelow ? 0 &- power : power
      rest = rest.dropFirst(digits.count)
    }
    if !rest.isEmpty { return nil }
    let written = fraction.count
    while fraction.last == 0x30 { fraction = fraction.dropLast() }
    hasTrailingZero = fraction.count > 0 && fraction.count < written
    decimals = fraction.count
    mantissa = NumberText.integer(integer, fraction, isNegative)
  }

  private static func integer(
    _ integer: UnsafeBufferPointer<UInt8>.SubSequence,
    _ fraction: UnsafeBufferPointer<UInt8>.SubSequence, _ isNegative: Bool
  ) -> Int64? {
    guard let whole = negative(integer, behind: 0), let value = negative(fraction, behind: whole)
    else { return nil }
    if isNegative { return value }
    return value == .min ? nil : 0 &- value
  }

  /// The number with digits behind another one, both built downwards, since there is one negative
  /// number more; nil where it is out of range.
  private static func negative(
    _ digits: UnsafeBufferPointer<UInt8>.SubSequence, behind front: Int64
  ) -> Int64? {
    var value = front
    for byte in digits {
      let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
      let (next, overflowsToo) = tens.subtractingReportingOverflow(Int64(byte &- 0x30))
      if overflows || overflowsToo { return nil }
      value = next
    }
    return value
  }

  /// The nearest double.
  var double: Double? {
    // Both numbers are exact as doubles here, so that the one operation rounds correctly.
    if let mantissa, mantissa.magnitude < 1 << 53, exponent == 0, decimals <= 18 {
      return Double(mantissa) / PowersOfTen.double(decimals)
    }
    return Double(SafeText.string(UnsafeBufferPointer(rebasing: text)))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The text without blanks around it.
  var trimmed: SubSequence {
    var rest = self[...]
    while let first = rest.first, first == 0x20 || first == 0x09 { rest = rest.dropFirst() }
    while let last = rest.last, last == 0x20 || last == 0x09 { rest = rest.dropLast() }
    return rest
  }
}
