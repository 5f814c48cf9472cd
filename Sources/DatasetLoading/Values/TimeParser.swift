import CivilTime

/// The order of day, month and year in dates whose parts are all numbers, none of four digits.
enum DateOrder: Hashable, Sendable {
  case dayFirst, monthFirst, yearFirst

  /// The order as in "the day first".
  var noun: String {
    switch self {
    case .dayFirst: "day"
    case .monthFirst: "month"
    case .yearFirst: "year"
    }
  }

  /// The order with day and month the other way round.
  var other: DateOrder { self == .dayFirst ? .monthFirst : .dayFirst }
}

/// Reads points in time as seconds since 1970, at a scale that grows with their fractions.
struct TimeParser: ValueParser {
  static var isDouble: Bool { false }
  private(set) var scale: Int
  let order: DateOrder
  let zone: TimeZoneRules
  /// Whether texts with a time of day are refused, and days begin in UTC.
  let isDateOnly: Bool
  /// How many texts could only be read with the day first, with the month first, or either way.
  private(set) var dayFirstCount = 0
  private(set) var monthFirstCount = 0
  private(set) var eitherCount = 0
  /// How many times carried no offset.
  private(set) var localCount = 0
  private let isUTC: Bool
  // The month read last as it is written, the day before its first, and how many days it has:
  // times that follow each other mostly lie in the same one.
  private var month: UInt64 = 0
  private var dayBefore: Int64 = 0
  private var dayCount: UInt64 = 0

  init(scale: Int = 0, order: DateOrder, zone: TimeZoneRules, isDateOnly: Bool) {
    self.scale = scale
    self.order = order
    self.zone = zone
    self.isDateOnly = isDateOnly
    isUTC = zone.isFixed && zone.offset(atUTC: 0) == 0
  }

  @inline(__always)
  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    if count == 20 || count == 19, !isDateOnly, let seconds = iso(start, count) {
      if count == 19 { return local(seconds) }
      return seconds &* factor
    }
    if count == 10, isDateOnly, let day = isoDay(start) { return day &* 86_400 }
    return general(start, count)
  }

  private var factor: Int64 { scale == 0 ? 1 : scale == 3 ? 1_000 : 1_000_000 }

  /// `2024-03-15T10:00:00`, with `Z` behind it if there is one byte more.
  @inline(__always)
  private mutating func iso(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard start[10] == 0x54 || start[10] == 0x20, count == 19 || start[19] == 0x5A,
      let day = isoDay(start)
    else { return nil }
    let clock = Digits.word(start + 11) ^ 0x3030_3A30_303A_3030
    if ((clock &+ 0x7676_7676_7676_7676) | clock) & 0x8080_8080_8080_8080 != 0
      || clock & 0x0000_FF00_00FF_0000 != 0
    {
      return nil
    }
    let hour = Int64(clock & 0xF) &* 10 &+ Int64(clock &>> 8 & 0xF)
    let minute = Int64(clock &>> 24 & 0xF) &* 10 &+ Int64(clock &>> 32 & 0xF)
    let second = Int64(clock &>> 48 & 0xF) &* 10 &+ Int64(clock &>> 56)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return day &* 86_400 &+ hour &* 3_600 &+ minute &* 60 &+ second
  }

  /// The day number of `2024-03-15`.
  @inline(__always)
  private mutating func isoDay(_ start: UnsafePointer<UInt8>) -> Int64? {
    let head = Digits.word(start)
    let tail = UInt64(UnsafeRawPointer(start + 8).loadUnaligned(as: UInt16.self) ^ 0x3030)
    guard ((tail &+ 0x7676) | tail) & 0x8080 == 0, head == month || setMonth(head) else {
      return nil
    }
    let day = (tail & 0xF) &* 10 &+ tail &>> 8
    return day &- 1 < dayCount ? dayBefore &+ Int64(truncatingIfNeeded: day) : nil
  }

  /// Takes `2024-03-` as the month of the days to come; false where that is none.
  private mutating func setMonth(_ head: UInt64) -> Bool {
    // "0000-00-": digits become their values, and the marks between them 0.
    let front = head ^ 0x2D30_302D_3030_3030
    guard ((front &+ 0x7676_7676_7676_7676) | front) & 0x8080_8080_8080_8080 == 0,
      front & 0xFF00_00FF_0000_0000 == 0
    else { return false }
    let century = Int(front & 0xF) &* 10 &+ Int(front &>> 8 & 0xF)
    let year = century &* 100 &+ Int(front &>> 16 & 0xF) &* 10 &+ Int(front &>> 24 & 0xF)
    let number = Int(front &>> 40 & 0xF) &* 10 &+ Int(front &>> 48 & 0xF)
    let length = CivilCalendar.daysInMonth(year: year, month: number)
    if length == 0 { return false }
    month = head
    dayBefore = Int64(CivilCalendar.days(year: year, month: number, day: 1) &- 1)
    dayCount = UInt64(length)
    return true
  }

  /// A local time as an instant.
  @inline(__always)
  private mutating func local(_ seconds: Int64) -> Int64 {
    localCount &+= 1
    return (isUTC ? seconds : zone.utc(fromLocal: seconds)) &* factor
  }

  private mutating func general(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    guard let time = TimeText(text, order: order) else {
      // In the other order it might be one; which is right is decided over all rows.
      if order != .yearFirst, let time = TimeText(text, order: order.other) {
        note(time.evidence)
      } else if let plain = TimeText.withPlainBlanks(text) {
        return ParsedText.with(plain) { general($0, $1) }
      }
      return ParseMark.misfit
    }
    note(time.evidence)
    if isDateOnly {
      return time.hasClock ? ParseMark.misfit : Int64(time.day) &* 86_400
    }
    var value = Int64(time.day) &* 86_400 &+ Int64(time.secondOfDay)
    if let offset = time.offset {
      value &-= Int64(offset)
    } else {
      localCount &+= time.hasClock ? 1 : 0
      if !isUTC { value = zone.utc(fromLocal: value) }
    }
    if time.isLeapSecond, (value % 86_400 &+ 86_400) % 86_400 != 0 { return ParseMark.misfit }
    let needed = time.microseconds == 0 ? 0 : time.microseconds % 1_000 == 0 ? 3 : 6
    if needed > scale {
      scale = needed
      return ParseMark.finer
    }
    return value &* factor &+ Int64(time.microseconds) / (1_000_000 / factor)
  }

  private mutating func note(_ evidence: TimeText.Evidence) {
    switch evidence {
    case .none: break
    case .dayFirst: dayFirstCount &+= 1
    case .monthFirst: monthFirstCount &+= 1
    case .either: eitherCount &+= 1
    }
  }
}
