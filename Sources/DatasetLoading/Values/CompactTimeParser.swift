import CivilTime

/// Reads moments whose digits stand without marks, as seconds since 1970: `20240715`,
/// `202407151030`, `20240715103005`, `20240715T103005.25Z`.
struct CompactTimeParser: ValueParser {
  static var isDouble: Bool { false }
  private(set) var scale: Int
  let zone: TimeZoneRules
  /// Whether texts with a time of day are refused, and days begin in UTC.
  let isDateOnly: Bool
  /// How many times carried no offset.
  private(set) var localCount = 0
  /// Other numbers are more likely something else.
  private static let years = 1970...2099

  init(scale: Int = 0, zone: TimeZoneRules, isDateOnly: Bool) {
    self.scale = scale
    self.zone = zone
    self.isDateOnly = isDateOnly
  }

  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count).trimmed
    let date = text.prefix(8)
    guard date.count == 8, date.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return ParseMark.misfit
    }
    var clock = text.dropFirst(8)
    if clock.first == 0x54 || clock.first == 0x20 { clock = clock.dropFirst() }
    let digits = clock.prefix { $0 >= 0x30 && $0 <= 0x39 }
    let isWhole = clock.isEmpty && text.count == 8
    guard isWhole || (!isDateOnly && (digits.count == 4 || digits.count == 6)) else {
      return ParseMark.misfit
    }
    var plain: [UInt8] = []
    for (index, byte) in date.enumerated() {
      if index == 4 || index == 6 { plain.append(0x2D) }
      plain.append(byte)
    }
    for (index, byte) in digits.enumerated() {
      if index % 2 == 0 { plain.append(index == 0 ? 0x54 : 0x3A) }
      plain.append(byte)
    }
    plain += clock.dropFirst(digits.count)
    guard let year = Digits.leading(text.prefix(4)), Self.years.contains(year.value) else {
      return ParseMark.misfit
    }
    var parser = TimeParser(scale: scale, order: .monthFirst, zone: zone, isDateOnly: isDateOnly)
    let value = ParsedText.with(plain) { parser.parse($0, $1) }
    scale = parser.scale
    localCount &+= parser.localCount
    return value
  }
}
