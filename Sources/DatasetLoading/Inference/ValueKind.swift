import CivilTime
import ColumnStore

/// How the texts of a column are read.
enum ValueKind: Hashable, Sendable {
  /// Numbers times a factor; an identifier must read the same as it is written.
  case number(isIdentifier: Bool)
  /// Seconds, from texts or from numbers of a unit.
  case duration(unit: Int64)
  /// Days.
  case date(DateOrder)
  /// Moments, which may include days.
  case time(DateOrder)
  case unixTime
  case boolean(takesDigits: Bool)
  /// Lists, split at a byte.
  case tags(separator: UInt8)
  /// Text whose values repeat; a key is always kept as codes.
  case dictionary(isKey: Bool)
  /// Text whose values hardly repeat.
  case freeText

  /// The type of the column's values.
  var type: ColumnType {
    switch self {
    case .number: .number
    case .duration: .duration
    case .date: .date
    case .time, .unixTime: .time
    case .boolean: .boolean
    case .tags: .tags
    case .dictionary, .freeText: .text
    }
  }

  /// The kind in words, as in "is not a date".
  var noun: String {
    switch self {
    case .number: "number"
    case .duration: "duration"
    case .date: "date"
    case .time, .unixTime: "time"
    case .boolean: "yes or no"
    case .tags: "list"
    case .dictionary, .freeText: "text"
    }
  }
}

/// The words that stand for a value nobody knows.
enum MissingMarker {
  private static let words: Set<String> = [
    "?", "-", "--", "n/a", "na", "#n/a", "null", "none", "nil", "nan", "nat", "\\n", "(none)",
    "(null)", "unknown", "undefined",
  ]

  /// Whether a text is such a word.
  static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 16 else { return false }
    let trimmed = text.trimmed
    return trimmed.isEmpty
      || words.contains(SafeText.string(UnsafeBufferPointer(rebasing: trimmed)).lowercased())
  }
}
