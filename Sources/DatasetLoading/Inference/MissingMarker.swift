/// The words that stand for a value nobody knows.
enum MissingMarker {
  private static let words: Set<String> = [
    "?", "-", "--", "n/a", "na", "n.a.", "#n/a", "null", "none", "nil", "nan", "-nan", "nat",
    "\\n", "(none)", "(null)", "(blank)", "<na>", "unknown", "undefined", "missing",
    "not available", "not applicable", "not rated", "unrated", "no rating", "no score",
    "no response", "no answer", "not answered", "not provided", "not set", "#value!", "#ref!",
    "#div/0!", "#num!", "#name?", "#null!",
  ]
  /// Words of rating columns that say that nobody has answered.
  private static let nonAnswers: Set<String> = ["offered", "unoffered", "pending", "not offered"]

  /// Whether a text is such a word, also with a number in front, as in `0 - Unknown`.
  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 24 else { return false }
    let trimmed = text.trimmed
    if trimmed.isEmpty { return true }
    let word = SafeText.string(UnsafeBufferPointer(rebasing: trimmed)).lowercased()
    if words.contains(word) { return true }
    guard let first = word.first, first.isNumber else { return false }
    let label = word.drop { $0.isNumber }.drop { " -–:.()".contains($0) }
    return label.count > 2 && words.contains(String(label).trimmingBracket)
  }

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
