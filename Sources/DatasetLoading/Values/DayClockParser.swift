import CivilTime

/// Reads times of day as seconds since midnight: `9:12:58`, `2:05 PM`, parts of a day such as
/// `0.384` and clock times that a spreadsheet has put on its first day.
struct DayClockParser: ValueParser {
  static var isDouble: Bool { false }
  var scale: Int { 0 }

  func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    var rest = text.trimmed
    rest = rest.dropFirst(SpreadsheetDay.prefixLength(rest))
    if let second = TimeText.secondOfDay(rest) { return Int64(second) }
    guard let number = NumberText(text), let part = number.double, part >= 0, part < 1,
      let second = Int64(exactly: (part * 86_400).rounded()), second < 86_400
    else { return ParseMark.misfit }
    return second
  }
}

/// The days on which spreadsheets and libraries put a time that has none.
enum SpreadsheetDay {
  private static let days = [
    "1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01", "1/0/1900", "1/1/1900",
    "01/00/1900", "01/01/1900",
  ].map { Array($0.utf8) }

  /// The bytes of such a day and the blank behind it at the start of a text; 0 where there is none.
  static func prefixLength(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Int {
    guard text.count > 10, text.first == 0x31 || text.first == 0x30 else { return 0 }
    for day in days where text.starts(with: day) {
      let mark = text.dropFirst(day.count).first
      return mark == 0x20 || mark == 0x54 ? day.count &+ 1 : 0
    }
    return 0
  }
}

/// Reads the days since 1899-12-30 that spreadsheets store moments as.
struct SerialTimeParser: ValueParser {
  static var isDouble: Bool { false }
  var scale: Int { 0 }
  let zone: TimeZoneRules
  /// Whether parts of days are refused, and days begin in UTC.
  let isDateOnly: Bool
  /// The days of 1925 to 2118: other numbers are more likely something else.
  private static let range = 9_000.0..<80_000.0

  func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    guard let text = NumberText(UnsafeBufferPointer(start: start, count: count)),
      !text.hasLeadingZero, let days = text.double, SerialTimeParser.range.contains(days),
      let seconds = Int64(exactly: ((days - 25_569) * 86_400).rounded())
    else { return ParseMark.misfit }
    if isDateOnly { return seconds % 86_400 == 0 ? seconds : ParseMark.misfit }
    return zone.utc(fromLocal: seconds)
  }
}
