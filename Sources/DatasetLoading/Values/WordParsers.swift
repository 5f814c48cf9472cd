import ColumnStore

/// Reads yes and no, in the words that exports use for them.
struct BooleanParser: ValueParser {
  static var isDouble: Bool { false }
  var scale: Int { 0 }
  /// Whether 1 and 0 are read too.
  let takesDigits: Bool

  @inline(__always)
  func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    if count > 5 { return spaced(start, count) }
    // ASCII letters in lower case; other bytes change too, but to none of the words.
    let word = (Digits.word(start) | 0x2020_2020_2020_2020) & ((1 &<< UInt64(count &* 8)) &- 1)
    switch word {
    case 0x6575_7274, 0x73_6579, 0x79, 0x74: return 1
    case 0x65_736C_6166, 0x6F6E, 0x6E, 0x66: return 0
    default: break
    }
    if takesDigits, count == 1, start[0] == 0x30 || start[0] == 0x31 {
      return Int64(start[0] &- 0x30)
    }
    return spaced(start, count)
  }

  private func spaced(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count).trimmed
    if text.isEmpty || text.count > 8 { return ParseMark.misfit }
    let word = SafeText.string(UnsafeBufferPointer(rebasing: text)).lowercased()
    if BooleanParser.yes.contains(word) { return 1 }
    return BooleanParser.no.contains(word) ? 0 : ParseMark.misfit
  }

  private static let yes: Set<String> = [
    "true", "yes", "y", "t", "sim", "ja", "oui", "si", "sí", "sì", "evet", "да", "tak", "vrai",
    "verdadero", "verdadeiro", "wahr", "checked", "はい",
  ]
  private static let no: Set<String> = [
    "false", "no", "n", "f", "não", "nao", "nein", "non", "nej", "nee", "hayır", "нет", "nie",
    "faux", "falso", "falsch", "unchecked", "いいえ",
  ]
}

/// Reads durations as seconds: `1:02:03`, `3h 20m`, `2 days`, ISO `PT2H30M`, or a number.
struct DurationParser: ValueParser {
  static var isDouble: Bool { false }
  private(set) var scale: Int
  /// The seconds of a number without a unit; 0 where it is refused.
  let unit: Int64

  /// Whether decimals stand behind a comma.
  let hasDecimalComma: Bool

  init(scale: Int = 0, unit: Int64, hasDecimalComma: Bool = false) {
    self.scale = scale
    self.unit = unit
    self.hasDecimalComma = hasDecimalComma
  }

  @inline(__always)
  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    if scale == 0, unit != 0, count <= 8, start[0] != 0x30 || count == 1,
      let value = Digits.value(Digits.word(start), count: count)
    {
      // Eight digits of the longest unit are far from the end of the range.
      return value &* unit
    }
    return long(start, count)
  }

  private mutating func long(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    if hasDecimalComma, let pointed = NumberText.pointed(text) {
      var parser = DurationParser(scale: scale, unit: unit)
      defer { scale = parser.scale }
      return pointed.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { parser.long($0, count) } ?? ParseMark.misfit
      }
    }
    if unit != 0, NumberText(text) != nil {
      var number = DecimalParser(scale: scale, unit: unit)
      let value = number.parse(start, count)
      scale = number.scale
      return value
    }
    guard let duration = DurationText(text.trimmed) else { return ParseMark.misfit }
    let needed = duration.milliseconds % 1_000 == 0 ? 0 : 3
    if needed > scale {
      scale = needed
      return ParseMark.finer
    }
    if scale <= 3 { return duration.milliseconds / PowersOfTen.integer(3 &- scale) }
    let (value, overflows) = duration.milliseconds.multipliedReportingOverflow(
      by: PowersOfTen.integer(scale &- 3))
    return overflows ? ParseMark.needsDouble : value
  }
}
