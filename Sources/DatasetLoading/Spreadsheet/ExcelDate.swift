/// Moments as Excel keeps them: days since 1900 or 1904, with the time of day behind the point.
enum ExcelDate {
  /// What a number's format shows it as.
  enum Format: Sendable {
    case number, date
    /// A date with a time of day.
    case moment
    /// A time of day, without a date.
    case clock
    /// Hours, minutes and seconds beyond a day.
    case duration
    /// A hundredfold with `%` behind it.
    case percent
  }

  /// What a number format shows.
  static func format(_ code: String) -> Format {
    var marks = ""
    var isQuoted = false
    var isEscaped = false
    var bracket: String?
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if let open = bracket {
        if character == "]" {
          if ["h", "hh", "m", "mm", "s", "ss"].contains(open) { return .duration }
          bracket = nil
        } else {
          bracket = open + String(character)
        }
      } else {
        switch character {
        case "\"": isQuoted = true
        case "\\", "_", "*": isEscaped = true
        case "[": bracket = ""
        // What follows is for negative numbers and for texts.
        case ";": return kind(of: marks)
        default: marks.append(character)
        }
      }
    }
    return kind(of: marks)
  }

  private static func kind(of marks: String) -> Format {
    if marks.contains("general") { return .number }
    if marks.contains("%") { return .percent }
    let hasDay = marks.contains { "yd".contains($0) }
    let hasTime = marks.contains { "hs".contains($0) }
    if hasDay { return hasTime ? .moment : .date }
    if hasTime { return .clock }
    return marks.contains("m") ? .date : .number
  }

  /// What one of the numbered formats shows, which files do not spell out.
  static func builtIn(_ number: Int) -> Format {
    switch number {
    case 22: .moment
    case 14...17, 27...31, 34...36, 50...54, 57, 58: .date
    case 18...21, 32, 33, 45, 47, 55, 56: .clock
    case 46: .duration
    case 9, 10: .percent
    default: .number
    }
  }

  /// A number as ISO 8601 text, or hours, minutes and seconds; nil where Excel has no such date.
  static func text(_ value: Double, _ format: Format, is1904: Bool) -> String? {
    // The last day of the year 9999.
    guard value >= 0, value < 2_958_466 else { return nil }
    // To the millisecond, which is as far as Excel keeps time.
    let milliseconds = Int((value * 86_400_000).rounded())
    let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    switch format {
    case .number, .percent: return nil
    case .duration: return clock(milliseconds)
    case .clock where days == 0: return clock(rest)
    case .clock, .date, .moment:
      guard let day = day(days, is1904: is1904) else { return nil }
      return rest == 0 && format == .date ? day : "\(day) \(clock(rest))"
    }
  }

  private static func clock(_ milliseconds: Int) -> String {
    let seconds = milliseconds / 1_000
    let text =
      "\(padded(seconds / 3_600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    let fraction = milliseconds % 1_000
    return fraction == 0 ? text : "\(text).\(padded(fraction, 3))"
  }

  private static func day(_ serial: Int, is1904: Bool) -> String? {
    var days: Int
    if is1904 {
      days = serial &- 24_107
    } else {
      // Excel counts a 29 February 1900, which never was, and has a day 0 before the first.
      if serial == 60 || serial == 0 { return nil }
      days = serial &- (serial < 60 ? 25_568 : 25_569)
    }
    // Days since 1970 to a date, by eras of 400 years that begin in March.
    days &+= 719_468
    let era = days / 146_097
    let ofEra = days % 146_097
    let year = (ofEra &- ofEra / 1_460 &+ ofEra / 36_524 &- ofEra / 146_096) / 365
    let ofYear = ofEra &- (365 &* year &+ year / 4 &- year / 100)
    let shifted = (5 &* ofYear &+ 2) / 153
    let dayOfMonth = ofYear &- (153 &* shifted &+ 2) / 5 &+ 1
    let month = shifted < 10 ? shifted &+ 3 : shifted &- 9
    let fullYear = year &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    return "\(padded(fullYear, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let text = "\(value)"
    return String(repeating: "0", count: max(0, width &- text.utf8.count)) + text
  }
}
