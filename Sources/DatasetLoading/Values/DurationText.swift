/// A length of time written with its parts.
struct DurationText {
  private(set) var milliseconds: Int64 = 0
  /// How many numbers a clock time has; 0 for other texts.
  private(set) var clockParts = 0
  private let isMinutes: Bool

  private typealias Bytes = UnsafeBufferPointer<UInt8>.SubSequence

  /// The duration of a text, nil where it is none; `5:30` may be minutes and seconds.
  init?(_ text: UnsafeBufferPointer<UInt8>.SubSequence, isMinutes: Bool = false) {
    self.isMinutes = isMinutes
    var rest = text
    let isNegative = rest.first == 0x2D
    if isNegative { rest = rest.dropFirst() }
    guard let first = rest.first else { return nil }
    let isRead =
      first | 0x20 == 0x70
      ? readISO(rest.dropFirst()) : rest.contains(0x3A) ? readAnyClock(rest) : readUnits(rest)
    guard isRead else { return nil }
    if isNegative { milliseconds = 0 &- milliseconds }
  }

  /// Adds a number of a unit; false where it is out of range.
  private mutating func add(_ number: Double, _ seconds: Double) -> Bool {
    let added = number * seconds * 1_000
    guard added < 1e15, let exact = Int64(exactly: added.rounded()) else { return false }
    milliseconds &+= exact
    return true
  }

  /// A number at the start of a text, with decimals.
  private static func number(_ rest: inout Bytes) -> Double? {
    let digits = rest.prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
    guard digits.count <= 18, let number = NumberText(UnsafeBufferPointer(rebasing: digits)) else {
      return nil
    }
    rest = rest.dropFirst(digits.count)
    return number.double
  }

  /// `0:02:23`, also as spreadsheets and libraries show it: `12:02:23 AM`,
  /// `1900-01-01 00:02:23`, `1 day, 0:02:23`.
  private mutating func readAnyClock(_ text: Bytes) -> Bool {
    var rest = text.dropFirst(SpreadsheetDay.prefixLength(text))
    if let last = rest.last, last | 0x20 == 0x6D {
      guard let second = TimeText.secondOfDay(rest) else { return false }
      milliseconds = Int64(second) &* 1_000
      return true
    }
    if let blank = rest.lastIndex(of: 0x20) {
      var days = rest[..<blank]
      if days.last == 0x2C { days = days.dropLast() }
      guard days.contains(where: { $0 | 0x20 == 0x64 }), readUnits(days) else { return false }
      rest = rest[(blank &+ 1)...]
    }
    return readClock(rest)
  }

  /// `1:02:03`, `02:03` as hours and minutes or as minutes and seconds.
  private mutating func readClock(_ text: Bytes) -> Bool {
    let parts = text.split(separator: 0x3A, omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return false }
    clockParts = parts.count
    let seconds: [Double] = parts.count == 2 && isMinutes ? [60, 1] : [3_600, 60, 1]
    for (index, part) in parts.enumerated() {
      var rest = part
      let isWhole = index < parts.count &- 1 || seconds.last != seconds[index]
      guard let number = DurationText.number(&rest), rest.isEmpty else { return false }
      if isWhole, part.contains(0x2E) { return false }
      if index > 0, number >= 60 || part.prefix(2).count < 2 { return false }
      guard add(number, seconds[index]) else { return false }
    }
    return true
  }

  /// `3h 20m`, `2 days`, `1.5 hours`, `45 sec`, `2 hrs. and 5 mins.`, `1h30`.
  private mutating func readUnits(_ text: Bytes) -> Bool {
    var rest = text
    var hasPart = false
    var isBehindHours = false
    while !rest.isEmpty {
      let digitCount = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      guard let number = DurationText.number(&rest) else { return false }
      // The minutes behind hours may go without their unit.
      if rest.isEmpty, isBehindHours, digitCount == 2, number < 60 { return add(number, 60) }
      rest = rest.drop { $0 == 0x20 }
      let word = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
      guard let seconds = TimeUnit.seconds(word.map { $0 | 0x20 }), add(number, seconds) else {
        return false
      }
      isBehindHours = seconds == 3_600
      rest = rest.dropFirst(word.count)
      if rest.first == 0x2E { rest = rest.dropFirst() }
      rest = rest.drop { $0 == 0x20 || $0 == 0x2C }
      if rest.starts(with: "and ".utf8) { rest = rest.dropFirst(4) }
      hasPart = true
    }
    return hasPart
  }

  /// What follows the P of `P1DT2H30M`; years and months have no fixed length and are refused.
  private mutating func readISO(_ text: Bytes) -> Bool {
    var rest = text
    var isTime = false
    var rank = 0
    var hasPart = false
    while let first = rest.first {
      if first | 0x20 == 0x74 {
        guard !isTime else { return false }
        isTime = true
        hasPart = false
        rank = 2
        rest = rest.dropFirst()
        continue
      }
      guard let number = DurationText.number(&rest), let letter = rest.first else { return false }
      rest = rest.dropFirst()
      let part: (seconds: Double, rank: Int)
      switch (letter | 0x20, isTime) {
      case (0x77, false): part = (604_800, 1)
      case (0x64, false): part = (86_400, 2)
      case (0x68, true): part = (3_600, 3)
      case (0x6D, true): part = (60, 4)
      case (0x73, true): part = (1, 5)
      default: return false
      }
      guard part.rank > rank, add(number, part.seconds) else { return false }
      rank = part.rank
      hasPart = true
    }
    return hasPart
  }
}

/// The units that durations and headers are written with.
enum TimeUnit {
  /// The seconds of a unit by its name in lower case.
  static func seconds(_ name: [UInt8]) -> Double? {
    switch SafeText.string(name) {
    case "µs", "μs", "microseconds", "microsecond": 0.000_001
    case "ms", "msec", "msecs", "millis", "milliseconds", "millisecond": 0.001
    case "s", "sec", "secs", "second", "seconds", "segundos", "sekunden", "secondes": 1
    case "m", "min", "mins", "minute", "minutes", "minutos", "minuten": 60
    case "h", "hr", "hrs", "hour", "hours", "horas", "stunden", "heures": 3_600
    case "d", "day", "days", "tage", "días", "dias", "jours": 86_400
    case "w", "week", "weeks", "wochen", "semanas", "semaines": 604_800
    default: nil
    }
  }

  /// The same for names that stand for a unit only where nothing else can be meant, as in
  /// brackets: `Std.` may also be a standard deviation.
  static func abbreviatedSeconds(_ name: [UInt8]) -> Double? {
    switch SafeText.string(name) {
    case "std", "stdn", "stunde", "hora", "heure": 3_600
    case "sek", "seg": 1
    case "tag", "tg", "jour", "dia", "día": 86_400
    default: seconds(name)
    }
  }
}
