import Diagnostics

extension Lexer {
  /// Reads what starts with a byte above ASCII: a word, or a character that word processors and
  /// web pages put in the place of a plain one.
  mutating func readForeign() {
    if wordCharacterLength(at: position) > 0 { return readWord() }
    let start = position
    guard let (scalar, length) = source.scalar(at: position) else { return readInvalidBytes() }
    position += length
    let range = SourceRange(start, position)
    let code = "U+" + String(scalar.value, radix: 16, uppercase: true).padded(to: 4)
    switch scalar.value {
    case 0x2018...0x201B, 0x2039, 0x203A:
      readSmartQuoted(from: start, sign: "'", closing: 0x2018...0x203A)
    case 0x201C...0x201F, 0xAB, 0xBB:
      readSmartQuoted(from: start, sign: "\"", closing: 0x201C...0x201F)
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
      report(
        "odd-space", "there is a special space (\(code)) here", at: range,
        help: "use a plain space")
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
      report(
        "invisible-character", "there is an invisible character (\(code)) here", at: range,
        help: "remove it")
    case 0x2010...0x2015, 0x2212: replace(by: .minus, scalar, range)
    case 0x2264: replace(by: .lessOrEqual, scalar, range)
    case 0x2265: replace(by: .greaterOrEqual, scalar, range)
    case 0x2260: replace(by: .notEqual, scalar, range)
    case 0xD7: replace(by: .star, scalar, range)
    case 0xF7: replace(by: .slash, scalar, range)
    case 0x2026: replace(by: .span, scalar, range)
    default:
      report(
        "odd-character", "\(DisplayText.quoted(String(scalar))) (\(code)) cannot stand here",
        at: range, help: "put text in quotes and unusual names in backticks")
      append(.invalid, from: start)
    }
  }

  /// Reports a look-alike of a plain sign and goes on as if that stood there.
  private mutating func replace(by symbol: Symbol, _ found: Unicode.Scalar, _ range: SourceRange) {
    report(
      "odd-character", "\(DisplayText.quoted(String(found))) is not the plain sign", at: range,
      help: "write '\(symbol.rawValue)'")
    append(.symbol(symbol), from: range.lower)
  }

  /// Reports a smart quote and reads up to its partner on the line.
  private mutating func readSmartQuoted(
    from start: Int, sign: String, closing: ClosedRange<UInt32>
  ) {
    let opening = SourceRange(start, position)
    let afterOpening = position
    while position < source.bytes.count, byte() != 0x0A, byte() != 0x0D {
      let decoded = source.scalar(at: position)
      position += decoded?.length ?? 1
      let value = decoded?.scalar.value ?? 0
      let isGuillemet = value == 0xAB || value == 0xBB
      if closing.contains(value) || (sign == "\"" && isGuillemet) {
        report(
          "smart-quote", "this is a curly quote", at: opening, help: "use plain quotes: \(sign)")
        return append(.invalid, from: start)
      }
    }
    position = afterOpening
    report("smart-quote", "this is a curly quote", at: opening, help: "use a plain \(sign)")
    append(.invalid, from: start)
  }

  private mutating func readInvalidBytes() {
    let start = position
    reportByte(at: start)
    while position < source.bytes.count, byte() >= 0x80, source.scalar(at: position) == nil {
      position += 1
    }
    append(.invalid, from: start)
  }

  /// Reads an ASCII character that begins no token.
  mutating func readStray() {
    let start = position
    let found = byte()
    while position < source.bytes.count, byte() == found { position += 1 }
    let range = SourceRange(start, position)
    switch found {
    case 0:
      reportByte(at: start)
    case UInt8(ascii: "&"): reportStray(range, "write 'and'")
    case UInt8(ascii: "|"): reportStray(range, "write 'or'")
    case UInt8(ascii: "!"): reportStray(range, "write 'not'")
    case UInt8(ascii: "["), UInt8(ascii: "{"): reportStray(range, "use round brackets: (")
    case UInt8(ascii: "]"), UInt8(ascii: "}"): reportStray(range, "use round brackets: )")
    case UInt8(ascii: "%"): reportStray(range, "write a percent without a space: 80%")
    default: reportStray(range, "put text in quotes and unusual names in backticks")
    }
    append(.invalid, from: start)
  }

  private mutating func reportStray(_ range: SourceRange, _ help: String) {
    let found = DisplayText.quoted(source.text(of: range), limit: 8)
    report("odd-character", "\(found) is not part of the language", at: range, help: help)
  }
}

extension String {
  /// The text with zeros before it up to a number of characters.
  func padded(to length: Int) -> String {
    String(repeating: "0", count: max(0, length - utf8.count)) + self
  }
}
