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
    guard text.count <= BooleanParser.longest, let first = text.first,
      BooleanParser.firstBytes.contains(first)
    else { return ParseMark.misfit }
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

  private static let firstBytes = WordBeginnings(yes.union(no))
  private static let longest = yes.union(no).reduce(0) { max($0, $1.utf8.count) }
}
