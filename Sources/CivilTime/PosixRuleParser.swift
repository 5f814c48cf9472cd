/// Takes the parts of a POSIX time zone rule off the front of its text.
struct PosixRuleParser {
  var rest: ArraySlice<UInt8>

  /// A zone's abbreviation: letters, or anything within `<…>`.
  mutating func name() -> Bool {
    if take("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[(end + 1)...]
      return true
    }
    let letters = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= 0x7a }
    rest = rest.dropFirst(letters.count)
    return letters.count >= 3
  }

  /// `,date[/time]`; the time is 02:00 where none is written.
  mutating func yearlyTime() -> PosixTimeZoneRule.YearlyTime? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return .init(day: day, seconds: 7200) }
    guard let seconds = clock(maximumHours: 167) else { return nil }
    return .init(day: day, seconds: seconds)
  }

  /// `[+-]h[:m[:s]]` in seconds.
  mutating func clock(maximumHours: Int) -> Int64? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(in: 0...maximumHours) else { return nil }
    var seconds = hours * 3600
    if take(":") {
      guard let minutes = number(in: 0...59) else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let last = number(in: 0...59) else { return nil }
        seconds += last
      }
    }
    return Int64(isNegative ? -seconds : seconds)
  }

  private mutating func day() -> PosixTimeZoneRule.YearlyTime.Day? {
    if take("J") { return number(in: 1...365).map { .julian($0) } }
    guard take("M") else { return number(in: 0...365).map { .zeroBased($0) } }
    guard let month = number(in: 1...12), take("."), let week = number(in: 1...5), take("."),
      let day = number(in: 0...6)
    else { return nil }
    return .weekday(month: month, week: week, day: day)
  }

  private mutating func number(in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    return range.contains(value) ? value : nil
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
