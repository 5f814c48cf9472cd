import CivilTime

/// The words and blanks in texts of moments.
extension TimeText {
  /// A year of four digits, or of two, which lie in 1970 to 2069.
  static func year(_ rest: inout Bytes) -> Int? {
    guard let digits = Digits.leading(rest), digits.count == 4 || digits.count == 2 else {
      return nil
    }
    rest = rest.dropFirst(digits.count)
    if digits.count == 4 { return digits.value }
    return digits.value < 70 ? 2000 &+ digits.value : 1900 &+ digits.value
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }

  /// A month name, whole or abbreviated, with a point behind it or without.
  static func month(_ rest: inout Bytes) -> Int? {
    let name = rest.prefix { isLetter($0) || $0 >= 0x80 }.map { $0 < 0x80 ? $0 | 0x20 : $0 }
    guard name.count >= 3, name.count <= 12, let month = MonthName.number(name) else { return nil }
    rest = rest.dropFirst(name.count)
    if rest.first == 0x2E, rest.dropFirst().first.map(isMark) == true { rest = rest.dropFirst() }
    return month
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x2D || byte == 0x2F || byte == 0x2E
  }

  /// Whether a date falls on a day of the week.
  static func isWeekday(_ weekday: Int, _ year: Int, _ month: Int, _ day: Int) -> Bool {
    CivilCalendar.isValid(year: year, month: month, day: day)
      && WeekdayName.number(days: CivilCalendar.days(year: year, month: month, day: day)) == weekday
  }

  /// The text with plain blanks for those that may not be broken, which some programs write around
  /// clock times; nil where it has none.
  static func withPlainBlanks(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.contains(where: { $0 >= 0x80 }) else { return nil }
    var plain: [UInt8] = []
    var rest = text[...]
    var isOther = false
    while let first = rest.first {
      let blank = DressedNumber.blanks.first { rest.starts(with: $0) }
      plain.append(blank == nil ? first : 0x20)
      isOther = isOther || blank != nil
      rest = rest.dropFirst(blank?.count ?? 1)
    }
    return isOther ? plain : nil
  }
}
