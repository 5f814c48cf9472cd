/// Instants as text, in UTC.
public enum InstantText {
  /// `2024-03-15T10:00:00Z`, with as much of a second's fraction as there is, to the millisecond;
  /// seconds count from 1970-01-01T00:00:00Z. Empty for what is no time at all.
  public static func instant(_ seconds: Double) -> String {
    guard let (days, millisecond) = split(seconds) else { return "" }
    let second = millisecond / 1000
    let fraction = millisecond % 1000
    var text = dayText(days) + "T" + padded(second / 3600, 2)
    text += ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
    if fraction > 0 {
      var digits = padded(fraction, 3)
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text + "Z"
  }

  /// `2024-03-15`, the day that holds the instant.
  public static func date(_ seconds: Double) -> String {
    guard let (days, _) = split(seconds) else { return "" }
    return dayText(days)
  }

  private static func split(_ seconds: Double) -> (days: Int, millisecond: Int)? {
    let limit = 1e13  // some 300,000 years, beyond every calendar
    guard seconds > -limit, seconds < limit else { return nil }
    let milliseconds = Int((seconds * 1000).rounded())
    let days = Int((Double(milliseconds) / 86_400_000).rounded(.down))
    return (days, milliseconds - days * 86_400_000)
  }

  /// Civil date from days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date
  /// algorithms").
  private static func dayText(_ days: Int) -> String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let yearText = year < 0 ? "-" + padded(-year, 4) : padded(year, 4)
    return yearText + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
