import CivilTime
import ColumnStore

/// How the texts of a column are read.
enum ValueKind: Hashable, Sendable {
  /// Numbers times a factor; an identifier must read the same as it is written.
  case number(isIdentifier: Bool)
  /// Numbers with currency signs, marks between thousands or percent signs.
  case dressedNumber(NumberStyle)
  /// Numbers with labels, such as `3 - Satisfied`, or all out of the same number, as `3/5`.
  case rating(outOf: Int?)
  /// Seconds, from texts or from numbers of a unit.
  case duration(DurationStyle)
  /// Days.
  case date(DateOrder)
  /// Moments, which may include days.
  case time(DateOrder)
  /// Moments whose clock time stands in another column.
  case joinedTime(DateOrder, clock: Int)
  case unixTime
  /// Days, or moments, written with their digits alone.
  case compactTime(isDateOnly: Bool)
  /// Days, or moments, as the numbers that spreadsheets store them as.
  case serialTime(isDateOnly: Bool)
  /// Times of day, as seconds since midnight.
  case dayClock
  case boolean(takesDigits: Bool)
  /// Lists, split at a byte, or each in brackets.
  case tags(separator: UInt8, isBracketed: Bool = false)
  /// Text whose values repeat; a key is always kept as codes.
  case dictionary(isKey: Bool)
  /// Answers in words, without those that say that nobody answered.
  case answerWords
  /// Text whose values hardly repeat.
  case freeText

  /// The type of the column's values.
  var type: ColumnType {
    switch self {
    case .number, .rating: .number
    case .dressedNumber(let style): style.isPercent ? .percent : .number
    case .duration, .dayClock: .duration
    case .date, .serialTime(isDateOnly: true), .compactTime(isDateOnly: true): .date
    case .time, .joinedTime, .unixTime, .serialTime, .compactTime: .time
    case .boolean: .boolean
    case .tags: .tags
    case .dictionary, .answerWords, .freeText: .text
    }
  }

  /// The kind in words, as in "is not a date".
  var noun: String {
    switch self {
    case .number: "number"
    case .dressedNumber(let style): style.isPercent ? "percent" : "number"
    case .rating: "rating"
    case .duration: "duration"
    case .dayClock: "time of day"
    case .date, .serialTime(isDateOnly: true), .compactTime(isDateOnly: true), .joinedTime: "date"
    case .time, .unixTime, .serialTime, .compactTime: "time"
    case .boolean: "yes or no"
    case .tags: "list"
    case .dictionary, .answerWords, .freeText: "text"
    }
  }

  /// How day and month stand in the column's dates; nil where that does not matter.
  var dateOrder: DateOrder? {
    switch self {
    case .date(let order), .time(let order), .joinedTime(let order, _): order
    default: nil
    }
  }

  /// The same with numbers of another unit, where it has one.
  func with(unit: Double) -> ValueKind {
    guard case .duration(var style) = self, style.unit != 0 else { return self }
    style.set(unit: unit)
    return .duration(style)
  }

  /// The same with day and month the other way round.
  func with(_ order: DateOrder) -> ValueKind {
    switch self {
    case .date: .date(order)
    case .time: .time(order)
    case .joinedTime(_, let clock): .joinedTime(order, clock: clock)
    default: self
    }
  }
}
