import ColumnStore

/// Reads ratings that are written with a label: `3 - Highly Satisfied`, `4/5`, `5 stars`, `★★★`.
struct RatingParser: ValueParser {
  static var isDouble: Bool { false }
  private var plain: DecimalParser

  var scale: Int { plain.scale }

  init(scale: Int = 0) { plain = DecimalParser(scale: scale) }

  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let value = plain.parse(start, count)
    if value != ParseMark.misfit { return value }
    let text = UnsafeBufferPointer(start: start, count: count)
    if let stars = RatingParser.stars(text) {
      return Int64(stars) &* PowersOfTen.integer(plain.scale)
    }
    // `0 - Unknown` is no rating of 0.
    guard let length = RatingParser.numberLength(text), !MissingMarker.matches(text) else {
      return ParseMark.misfit
    }
    let number = Array(text.trimmed.prefix(length)) + [UInt8](repeating: 0, count: 8)
    return number.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { plain.parse($0, length) } ?? ParseMark.misfit
    }
  }

  /// The bytes of the number before a label; nil where there is no such number.
  private static func numberLength(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    let trimmed = text.trimmed
    let number = trimmed.prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
    guard !number.isEmpty, number.count <= 6, number.last != 0x2E || number.count == 2 else {
      return nil
    }
    let digits = number.last == 0x2E ? number.dropLast() : number
    let rest = trimmed.dropFirst(digits.count)
    let label = rest.drop { !isLetter($0) && !($0 >= 0x30 && $0 <= 0x39) }
    guard let first = label.first else { return nil }
    let gap = rest.prefix(rest.count &- label.count)
    // `4/5` and `4 out of 5` are ratings, `2024-03-15` and `4 5` are none.
    if first >= 0x30, first <= 0x39 { return gap.contains(0x2F) ? digits.count : nil }
    return gap.isEmpty ? nil : digits.count
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte >= 0xC3
  }

  /// How many stars a text of stars shows; hollow ones do not count.
  private static func stars(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard text.count >= 3, text.count <= 64, text[0] == 0xE2 else { return nil }
    var count = 0
    for scalar in SafeText.string(text).unicodeScalars {
      switch scalar.value {
      case 0x2605, 0x2B50: count &+= 1
      case 0x2606, 0xFE0F, 0x20: continue
      default: return nil
      }
    }
    return count
  }
}
