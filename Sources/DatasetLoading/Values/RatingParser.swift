import CKernels
import ColumnStore

/// Reads ratings that are written with a label: `3 - Highly Satisfied`, `4/5`, `5 stars`, `★★★`.
struct RatingParser: ValueParser {
  static var isDouble: Bool { false }
  private var plain: DecimalParser
  /// What the ratings are out of, as in `4/5`; one out of another number is none of these.
  private let outOf: Int?

  var scale: Int { plain.scale }

  init(scale: Int = 0, outOf: Int?) {
    plain = DecimalParser(scale: scale)
    self.outOf = outOf
  }

  func parse(_ fields: FieldRun, into found: FoundValues) -> FoundValues.Counts? {
    plain.parse(fields, into: found)
  }

  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let value = plain.parse(start, count)
    if value != ParseMark.misfit { return value }
    let text = UnsafeBufferPointer(start: start, count: count)
    if let stars = RatingParser.stars(text) {
      return Int64(stars) &* PowersOfTen.integer(plain.scale)
    }
    // `0 - Unknown` is no rating of 0.
    guard let rating = WrittenRating(text), rating.outOf == nil || rating.outOf == outOf,
      !MissingMarker.matches(text)
    else { return ParseMark.misfit }
    return ParsedText.with(rating.number) { plain.parse($0, $1) }
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

/// A number with what is written behind it: a label, or the number that it is out of.
struct WrittenRating {
  let number: UnsafeBufferPointer<UInt8>.SubSequence
  /// The 5 of `4/5` and `4 out of 5`.
  private(set) var outOf: Int?

  /// The parts of a text; nil where it is no such number.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    let trimmed = text.trimmed
    let digits = trimmed.prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
    guard !digits.isEmpty, digits.count <= 6, digits.last != 0x2E || digits.count == 2 else {
      return nil
    }
    number = digits.last == 0x2E ? digits.dropLast() : digits
    let rest = trimmed.dropFirst(number.count)
    var label = rest.drop { !Self.isLetter($0) && !($0 >= 0x30 && $0 <= 0x39) }
    let gap = rest.prefix(rest.count &- label.count)
    let isFraction = gap.contains(0x2F)
    for word in ["out of ", "of "] where label.lowercased().starts(with: word.utf8) {
      label = label.dropFirst(word.utf8.count)
      break
    }
    guard let first = label.first, !gap.isEmpty else { return nil }
    guard first >= 0x30, first <= 0x39 else { return }
    // `4/5` and `4 out of 5` are ratings, `2024-03-15`, `3/4/24` and `4 5` are none.
    guard isFraction || label.count < rest.count &- gap.count,
      let (whole, length) = Digits.leading(label), whole > 0,
      label.dropFirst(length).first != 0x2F
    else { return nil }
    outOf = whole
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte >= 0xC3
  }
}

extension Collection<UInt8> {
  /// The bytes with ASCII letters in lower case.
  fileprivate func lowercased() -> [UInt8] { map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }
}
