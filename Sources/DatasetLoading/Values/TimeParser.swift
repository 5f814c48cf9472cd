import CKernels
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
  private var month = IsoMonth()

  init(scale: Int = 0, order: DateOrder, zone: TimeZoneRules, isDateOnly: Bool) {
    self.scale = scale
    self.order = order
    self.zone = zone
    self.isDateOnly = isDateOnly
    isUTC = zone.isFixed && zone.offset(atUTC: 0) == 0
  }

  mutating func parse(_ fields: FieldRun, into found: FoundValues) -> FoundValues.Counts? {
    var form = IsoTimeForm(
      factor: factor, isDateOnly: isDateOnly ? 1 : 0, takesLocal: isUTC ? 1 : 0)
    var counts = FoundValues.Counts()
    var fields = fields
    var locals = 0
    counts.others = dq_iso_times(
      &form, &fields, ParseMark.missing, found.values, found.others, &counts.empty, &locals)
    localCount &+= locals
    return counts
  }

  @inline(__always)
  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    var value: Int64 = 0
    if isDateOnly {
      if count == 10, dq_iso_day(&month, start, &value) != 0 { return value &* 86_400 }
    } else if dq_iso_time(&month, start, count, &value) != 0 {
      return count == 19 ? local(value) : value &* factor
    }
    return general(start, count)
  }

  private var factor: Int64 { scale == 0 ? 1 : scale == 3 ? 1_000 : 1_000_000 }

  /// A local time as an instant.
  @inline(__always)
  private mutating func local(_ seconds: Int64) -> Int64 {
    localCount &+= 1
    return (isUTC ? seconds : zone.utc(fromLocal: seconds)) &* factor
  }

  private mutating func general(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    // Words alone, which most texts are, need not be looked up as those of months.
    guard text.contains(where: Digits.isDigit) else { return ParseMark.misfit }
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
