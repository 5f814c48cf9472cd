/// The words that stand for a value nobody knows.
enum MissingMarker {
  private static let list = [
    "?", "-", "--", "n/a", "na", "n.a.", "#n/a", "null", "none", "nil", "nan", "-nan", "nat",
    "\\n", "(none)", "(null)", "(blank)", "<na>", "unknown", "undefined", "missing",
    "not available", "not applicable", "not rated", "unrated", "no rating", "no score",
    "no response", "no answer", "not answered", "not provided", "not set", "#value!", "#ref!",
    "#div/0!", "#num!", "#name?", "#null!",
  ]
  private static let words = Set(list)
  /// Words of rating columns that say that nobody has answered.
  private static let nonAnswers: Set<String> = ["offered", "unoffered", "pending", "not offered"]

  /// Whether a text is such a word, also with a number in front, as in `0 - Unknown`.
  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 24 else { return false }
    let trimmed = text.trimmed
    guard let telling = tellingByte(of: trimmed) else { return true }
    if !firstBytes.contains(telling) { return false }
    if trimmed.allSatisfy({ $0 < 0x80 }) { return matchesPlain(trimmed) }
    let word = SafeText.string(UnsafeBufferPointer(rebasing: trimmed)).lowercased()
    if words.contains(word) { return true }
    guard let first = word.first, first.isNumber else { return false }
    let label = word.drop { $0.isNumber }.drop { " -–:.()".contains($0) }
    return label.count > 2 && words.contains(String(label).trimmingBracket)
  }

  /// The byte that tells nearly all texts from these words: the first one, or the first one behind a
  /// number in front where there is one; nil for an empty text.
  private static func tellingByte(of text: UnsafeBufferPointer<UInt8>.SubSequence) -> UInt8? {
    guard let first = text.first, Digits.isDigit(first) else { return text.first }
    return text.first { !Digits.isDigit($0) && !isBetween($0) } ?? first
  }

  /// Whether a byte may stand between a number and the word behind it.
  private static func isBetween(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x2D, 0x3A, 0x2E, 0x28, 0x29: true
    default: false
    }
  }

  /// The same for ASCII, where a byte is a character: nearly all texts are neither a word nor
  /// begin with a number that one follows.
  private static func matchesPlain(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    if isPlainWord(text) { return true }
    guard let first = text.first, Digits.isDigit(first) else { return false }
    var label = text.drop(while: Digits.isDigit).drop(while: isBetween)
    guard label.count > 2 else { return false }
    if label.last == 0x29 { label = label.dropLast() }
    return isPlainWord(label)
  }

  private static func isPlainWord(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    guard text.count < wordsOfLength.count, let first = text.first, firstBytes.contains(first)
    else {
      return false
    }
    return wordsOfLength[text.count].contains { word in
      zip(word, text).allSatisfy { $0 == lower($1) }
    }
  }

  private static let firstBytes = WordBeginnings(list)

  private static func lower(_ letter: UInt8) -> UInt8 {
    letter >= 0x41 && letter <= 0x5A ? letter | 0x20 : letter
  }

  private static let wordsOfLength: [[[UInt8]]] = {
    var lists = [[[UInt8]]](repeating: [], count: (list.map { $0.utf8.count }.max() ?? 0) &+ 1)
    for word in list { lists[word.utf8.count].append(Array(word.utf8)) }
    return lists
  }()

  /// Whether a word that stands out among values of another kind may mean that there is none, such
  /// as `not known`; a single letter or a name may not.
  static func mayMean(_ word: String) -> Bool {
    let lower = word.lowercased()
    guard lower.count <= 24, !lower.contains(where: \.isNumber) else { return false }
    return beginnings.contains { lower.hasPrefix($0) }
  }

  private static let beginnings = [
    "no ", "not ", "none ", "never", "missing", "empty", "blank", "unk", "unspec", "undef", "unset",
    "unavail", "unassigned",
  ]

  /// Whether a text is a sign for nothing even among names, where a word such as `NA` may be one.
  static func isSign(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 4 else { return false }
    let trimmed = text.trimmed
    if trimmed.isEmpty { return true }
    return signs.contains(SafeText.string(UnsafeBufferPointer(rebasing: trimmed)).lowercased())
  }

  private static let signs: Set<String> = ["?", "-", "--", "n/a", "#n/a", "null", "\\n"]

  /// Whether a text of a rating column is no answer.
  static func isNonAnswer(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if matches(text) { return true }
    guard text.count <= 24 else { return false }
    return nonAnswers.contains(SafeText.string(text).lowercased())
  }
}

extension String {
  fileprivate var trimmingBracket: String { last == ")" ? String(dropLast()) : self }
}
