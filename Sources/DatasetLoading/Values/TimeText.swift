import CivilTime

/// The parts of a text that stands for a day or a moment.
///
/// ISO 8601 dates and times; `15/03/2024`, `15.03.24`, `3-15-2024`; `15-Mar-24`, `15 Mar 2024`,
/// `1. März 2024`, `Mar 15, 2024`, `Tue Oct 31 22:10:47 +0000 2017`; behind them `10:30`,
/// `10:30:05.25`, `2:05 PM`, and `Z`, `UTC` or an offset with a zone's name in brackets.
struct TimeText {
  /// Days since 1970-01-01.
  private(set) var day = 0
  private(set) var secondOfDay = 0
  private(set) var microseconds = 0
  private(set) var hasClock = false
  /// Seconds east of UTC, where the text says.
  private(set) var offset: Int?
  private(set) var isLeapSecond = false
  private(set) var evidence = Evidence.none
  // The year, where it stands behind the clock time.
  private var lastYear: Int?
  // The day of the week in front of the date, Monday being 0.
  private var weekday: Int?

  /// What a date says about the order of day and month.
  enum Evidence {
    case none, dayFirst, monthFirst, either
  }

  typealias Bytes = UnsafeBufferPointer<UInt8>.SubSequence

  /// The parts of a text, nil where it is no time, or none in this order.
  init?(_ text: UnsafeBufferPointer<UInt8>, order: DateOrder) {
    var rest = text.trimmed
    if rest.first.map(TimeText.isLetter) == true { takeLastYear(&rest) }
    guard readDate(&rest, order) else { return nil }
    if rest.isEmpty { return }
    if rest.first == 0x2C { rest = rest.dropFirst() }
    if rest.starts(with: " at ".utf8) { rest = rest.dropFirst(3) }
    if rest.starts(with: " - ".utf8) { rest = rest.dropFirst(2) }
    guard let separator = rest.first, separator == 0x54 || separator == 0x74 || separator == 0x20
    else { return nil }
    rest = rest.dropFirst()
    guard readClock(&rest), readOffset(&rest), rest.isEmpty else { return nil }
  }

  /// A number of exactly so many digits.
  private static func number(_ text: Bytes, _ count: Int) -> Int? {
    guard let digits = Digits.leading(text.prefix(count)), digits.count == count else {
      return nil
    }
    return digits.value
  }

  // MARK: Date

  private mutating func readDate(_ rest: inout Bytes, _ order: DateOrder) -> Bool {
    takeWeekday(&rest)
    guard let first = rest.first else { return false }
    if TimeText.isLetter(first) { return readMonthNameFirst(&rest) }
    guard let head = Digits.leading(rest) else { return false }
    rest = rest.dropFirst(head.count)
    guard var separator = rest.first else { return false }
    rest = rest.dropFirst()
    // `1. Juli 2024`
    if separator == 0x2E, rest.first == 0x20 {
      separator = 0x20
      rest = rest.dropFirst()
    }
    if let next = rest.first, TimeText.isLetter(next) || next >= 0x80 {
      guard head.count <= 2, let month = TimeText.month(&rest), rest.first == separator else {
        return false
      }
      rest = rest.dropFirst()
      guard let year = TimeText.year(&rest) else { return false }
      return setDay(year, month, head.value)
    }
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E,
      let middle = Digits.leading(rest), middle.count <= 2
    else { return false }
    rest = rest.dropFirst(middle.count)
    guard rest.first == separator else { return false }
    rest = rest.dropFirst()
    if head.count == 4 {
      guard let last = Digits.leading(rest), last.count <= 2 else { return false }
      // ISO dates have two digits throughout.
      if separator == 0x2D, middle.count != 2 || last.count != 2 { return false }
      rest = rest.dropFirst(last.count)
      return setDay(head.value, middle.value, last.value)
    }
    if order == .yearFirst {
      guard head.count == 2, let last = Digits.leading(rest), last.count <= 2 else { return false }
      rest = rest.dropFirst(last.count)
      return setDay(2000 &+ head.value, middle.value, last.value)
    }
    guard head.count <= 2, let year = TimeText.year(&rest) else { return false }
    return setUnordered(year, head.value, middle.value, order)
  }

  private mutating func setUnordered(
    _ year: Int, _ first: Int, _ second: Int, _ order: DateOrder
  ) -> Bool {
    if first > 12 {
      evidence = .dayFirst
    } else if second > 12 {
      evidence = .monthFirst
    } else {
      evidence = first == second ? .none : .either
    }
    if evidence == .either, let weekday {
      let isDay = TimeText.isWeekday(weekday, year, second, first)
      if isDay != TimeText.isWeekday(weekday, year, first, second) {
        evidence = isDay ? .dayFirst : .monthFirst
        if isDay != (order == .dayFirst) { return false }
      }
    }
    return order == .dayFirst ? setDay(year, second, first) : setDay(year, first, second)
  }

  private mutating func setDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard CivilCalendar.isValid(year: year, month: month, day: day) else { return false }
    self.day = CivilCalendar.days(year: year, month: month, day: day)
    return true
  }

  /// Takes a year behind the clock time, as in `Tue Oct 31 22:10:47 2017`.
  private mutating func takeLastYear(_ rest: inout Bytes) {
    guard rest.count > 15, rest.contains(0x3A), rest[rest.endIndex &- 5] == 0x20,
      let year = TimeText.number(rest.suffix(4), 4)
    else { return }
    lastYear = year
    rest = rest.dropLast(5)
  }

  /// `Mar 15, 2024`.
  private mutating func readMonthNameFirst(_ rest: inout Bytes) -> Bool {
    guard let month = TimeText.month(&rest), rest.first == 0x20 else { return false }
    rest = rest.dropFirst()
    guard let day = Digits.leading(rest), day.count <= 2 else { return false }
    rest = rest.dropFirst(day.count)
    if let lastYear { return setDay(lastYear, month, day.value) }
    if rest.first == 0x2C { rest = rest.dropFirst() }
    guard rest.first == 0x20 else { return false }
    rest = rest.dropFirst()
    guard let year = TimeText.year(&rest) else { return false }
    return setDay(year, month, day.value)
  }

  /// Takes `Fri, ` or `Friday ` in front of a date.
  private mutating func takeWeekday(_ rest: inout Bytes) {
    guard let first = rest.first, TimeText.isLetter(first) || first >= 0x80 else { return }
    let name = rest.prefix { TimeText.isLetter($0) || $0 >= 0x80 }
    guard let day = WeekdayName.number(name.map { $0 < 0x80 ? $0 | 0x20 : $0 }) else { return }
    weekday = day
    rest = rest.dropFirst(name.count)
    if rest.first == 0x2E { rest = rest.dropFirst() }
    if rest.first == 0x2C { rest = rest.dropFirst() }
    rest = rest.drop { $0 == 0x20 }
  }

  // MARK: Time of day

  /// The second of the day of a clock time alone, such as `9:12:58` or `2:05 PM`; nil for others.
  static func secondOfDay(_ text: Bytes) -> Int? {
    var time = TimeText()
    var rest = text
    guard time.readClock(&rest), rest.isEmpty, !time.isLeapSecond else { return nil }
    return time.secondOfDay
  }

  private init() {}

  private mutating func readClock(_ rest: inout Bytes) -> Bool {
    guard let hour = Digits.leading(rest), hour.count <= 2 else { return false }
    rest = rest.dropFirst(hour.count)
    guard rest.first == 0x3A, let minute = TimeText.number(rest.dropFirst(), 2) else {
      return false
    }
    rest = rest.dropFirst(3)
    var second = 0
    if rest.first == 0x3A {
      guard let value = TimeText.number(rest.dropFirst(), 2) else { return false }
      second = value
      rest = rest.dropFirst(3)
      if rest.first == 0x2E || rest.first == 0x2C {
        guard readFraction(&rest) else { return false }
      }
    }
    guard let hour24 = TimeText.hour(hour.value, &rest) else { return false }
    guard hour24 < 24, minute < 60, second <= 60, second < 60 || minute == 59 else { return false }
    isLeapSecond = second == 60
    secondOfDay = hour24 &* 3_600 &+ minute &* 60 &+ second
    hasClock = true
    return true
  }

  /// Digits behind the second; what is finer than a microsecond is cut.
  private mutating func readFraction(_ rest: inout Bytes) -> Bool {
    rest = rest.dropFirst()
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    if digits.isEmpty || digits.count > 18 { return false }
    for index in 0..<6 {
      let digit = index < digits.count ? Int(digits[digits.startIndex &+ index] &- 0x30) : 0
      microseconds = microseconds &* 10 &+ digit
    }
    rest = rest.dropFirst(digits.count)
    return true
  }

  /// The hour with AM and PM, if one follows.
  private static func hour(_ hour: Int, _ rest: inout Bytes) -> Int? {
    let behind = rest.first == 0x20 ? rest.dropFirst() : rest
    guard let letter = behind.first.map({ $0 | 0x20 }), letter == 0x61 || letter == 0x70,
      behind.dropFirst().first.map({ $0 | 0x20 }) == 0x6D
    else { return hour }
    rest = behind.dropFirst(2)
    guard (1...12).contains(hour) else { return nil }
    return hour % 12 &+ (letter == 0x70 ? 12 : 0)
  }

  /// `Z`, `UTC`, `GMT`, `+02:00`, `+0200`, `+02` or `GMT+2`, or nothing.
  private mutating func readOffset(_ rest: inout Bytes) -> Bool {
    if rest.first == 0x20 { rest = rest.dropFirst() }
    guard let sign = rest.first else { return true }
    if sign == 0x5A || sign == 0x7A {
      rest = rest.dropFirst()
      offset = 0
      return true
    }
    let isNamed = rest.starts(with: "UTC".utf8) || rest.starts(with: "GMT".utf8)
    if isNamed {
      rest = rest.dropFirst(3)
      offset = 0
      if rest.isEmpty { return true }
    }
    guard let sign = rest.first, sign == 0x2B || sign == 0x2D else { return false }
    rest = rest.dropFirst()
    // Only behind a name may the hour have one digit.
    guard let digits = Digits.leading(rest.prefix(2)), digits.count == 2 || isNamed else {
      return false
    }
    let hours = digits.value
    rest = rest.dropFirst(digits.count)
    var minutes = 0
    if !rest.isEmpty {
      if rest.first == 0x3A { rest = rest.dropFirst() }
      guard let value = TimeText.number(rest, 2) else { return false }
      minutes = value
      rest = rest.dropFirst(2)
    }
    guard hours < 24, minutes < 60 else { return false }
    let seconds = hours &* 3_600 &+ minutes &* 60
    offset = sign == 0x2D ? 0 &- seconds : seconds
    // `+01:00[Europe/Berlin]`: the offset says all.
    if rest.first == 0x5B, rest.last == 0x5D { rest = rest.suffix(0) }
    return true
  }
}
