/// The marks that the numbers of a column are written with.
struct NumberStyle: Hashable, Sendable {
  /// Whether the comma stands before the decimals, and the point between thousands.
  var hasDecimalComma = false
  /// Whether every number has a percent sign behind it.
  var isPercent = false
}

/// Reads numbers with currency signs, marks between thousands, decimal commas or percent signs:
/// `$1,234.50`, `1.234,50 €`, `12,5`, `45%`, `(3.20)`.
struct DressedNumberParser: ValueParser {
  static var isDouble: Bool { false }
  let style: NumberStyle
  private var plain: DecimalParser

  var scale: Int { plain.scale }

  init(scale: Int = 0, style: NumberStyle) {
    self.style = style
    plain = DecimalParser(scale: scale)
  }

  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    // `+33123456789` is a telephone number.
    if text.first == 0x2B, count > 8, text.dropFirst().allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      return ParseMark.identifier
    }
    guard let digits = DressedNumber.undressed(text, style) else { return ParseMark.misfit }
    return ParsedText.with(digits) { plain.parse($0, $1) }
  }
}

/// Reads the same as doubles.
struct DressedDoubleParser: ValueParser {
  static var isDouble: Bool { true }
  var scale: Int { 0 }
  let style: NumberStyle

  func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    guard let digits = DressedNumber.undressed(text, style) else { return ParseMark.misfit }
    return ParsedText.with(digits) { DoubleParser(unit: 1).parse($0, $1) }
  }
}

/// Numbers as people write them.
enum DressedNumber {
  private typealias Bytes = UnsafeBufferPointer<UInt8>.SubSequence

  private static let currencies = [
    "US$", "R$", "A$", "C$", "$", "€", "£", "¥", "₹", "₺", "zł", "kr", "USD", "EUR", "GBP", "CHF",
    "BRL", "TRY", "INR", "JPY", "CAD", "AUD",
  ].map { Array($0.utf8) }

  /// The number with digits, sign and point alone; nil where it is none.
  static func undressed(
    _ whole: UnsafeBufferPointer<UInt8>, _ style: NumberStyle
  ) -> [UInt8]? {
    guard whole.count <= 48 else { return nil }
    if !style.hasDecimalComma, !style.isPercent,
      whole.allSatisfy({ Digits.isDigit($0) || $0 == 0x2E })
    {
      return Array(whole)
    }
    var rest = whole.trimmed
    var isNegative = takeSign(&rest)
    let isBracketed = !isNegative && rest.first == 0x28 && rest.last == 0x29
    if isBracketed {
      rest = rest.dropFirst().dropLast()
      isNegative = true
    }
    guard takeWord(&rest) != nil else { return nil }
    if !isNegative { isNegative = takeSign(&rest) }
    let hasPercent = rest.last == 0x25
    if hasPercent { rest = trimmed(rest.dropLast()) }
    guard hasPercent == style.isPercent, let digits = grouped(rest, style) else { return nil }
    return (isNegative ? [0x2D] : []) + digits
  }

  /// The currency that a text names; nil for none.
  static func currency(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    text.withUnsafeBufferPointer { buffer in
      var rest = buffer.trimmed
      _ = takeSign(&rest)
      return takeWord(&rest).flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  private static func takeSign(_ rest: inout Bytes) -> Bool {
    guard rest.first == 0x2D || rest.first == 0x2B else { return false }
    defer { rest = trimmed(rest.dropFirst()) }
    return rest.first == 0x2D
  }

  /// Takes a currency off either end; nil where one stands at both.
  private static func takeWord(_ rest: inout Bytes) -> [UInt8]? {
    if let first = rest.first, let last = rest.last, Digits.isDigit(first), Digits.isDigit(last) {
      return []
    }
    let first = currencies.first { rest.starts(with: $0) }
    if let first { rest = trimmed(rest.dropFirst(first.count)) }
    let last = currencies.first { rest.suffix($0.count).elementsEqual($0) }
    guard let last else { return first ?? [] }
    rest = trimmed(rest.dropLast(last.count))
    return first == nil ? last : nil
  }

  private static func trimmed(_ text: Bytes) -> Bytes {
    var rest = text
    while let blank = blankLength(rest) { rest = rest.dropFirst(blank) }
    while rest.last == 0x20 { rest = rest.dropLast() }
    for blank in blanks where rest.suffix(blank.count).elementsEqual(blank) {
      rest = rest.dropLast(blank.count)
    }
    return rest
  }

  /// The blanks that may not be broken, and the thin one.
  static let blanks: [[UInt8]] = [[0xC2, 0xA0], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x89]]

  private static func blankLength(_ text: Bytes) -> Int? {
    if text.first == 0x20 { return 1 }
    return blanks.first { text.starts(with: $0) }?.count
  }

  /// The digits without the marks between thousands; nil where these stand elsewhere.
  private static func grouped(_ text: Bytes, _ style: NumberStyle) -> [UInt8]? {
    let point: UInt8 = style.hasDecimalComma ? 0x2C : 0x2E
    let mark: UInt8 = style.hasDecimalComma ? 0x2E : 0x2C
    var groups: [Bytes] = []
    var digits: [UInt8] = []
    var rest = text
    var used: UInt8?
    while true {
      let group = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      groups.append(group)
      digits += group
      rest = rest.dropFirst(group.count)
      guard let next = rest.first, next != point, next | 0x20 != 0x65 else { break }
      let length = next == mark || next == 0x27 ? 1 : blankLength(rest)
      guard let length, used == nil || used == next, !group.isEmpty else { return nil }
      used = next
      rest = rest.dropFirst(length)
    }
    if groups.count > 1 {
      // Indian numbers have groups of two before the last.
      let inner = groups.dropFirst().dropLast()
      guard let first = groups.first, let last = groups.last, last.count == 3,
        (1...3).contains(first.count), first.first != 0x30,
        inner.allSatisfy({ $0.count == 3 }) || inner.allSatisfy({ $0.count == 2 })
      else { return nil }
    }
    if rest.first == point {
      digits.append(0x2E)
      rest = rest.dropFirst()
    }
    digits += rest
    return digits
  }
}
