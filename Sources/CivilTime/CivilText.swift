/// Dates and instants as text in the forms of ISO 8601.
public enum CivilText {
  /// An instant on the wall clock of a zone: `2024-03-15T10:00:00Z`, or with the offset,
  /// `2024-03-15T11:00:00+01:00`, when the zone is not UTC.
  public static func instant(_ utcSeconds: Int64, zone: TimeZoneRules = .utc) -> String {
    let offset = zone.offset(atUTC: utcSeconds)
    let local = utcSeconds &+ Int64(offset)
    let day = floorDivide(local, 86_400)
    let second = Int(local &- day &* 86_400)
    var text = PeriodText()
    text.date(CivilCalendar.civil(days: Int(day)))
    text.ascii("T")
    text.digits(second / 3600, width: 2)
    text.ascii(":")
    text.digits(second / 60 % 60, width: 2)
    text.ascii(":")
    text.digits(second % 60, width: 2)
    text.ascii(zone.identifier == "UTC" ? "Z" : self.offset(offset))
    return text.string
  }

  /// A date: `2024-03-15`.
  ///
  /// - Parameter days: days since 1970-01-01.
  public static func date(days: Int) -> String {
    var text = PeriodText()
    text.date(CivilCalendar.civil(days: days))
    return text.string
  }

  /// An offset from UTC: `+01:00`, with its seconds where it has any.
  static func offset(_ seconds: Int) -> String {
    let size = abs(seconds)
    var text = PeriodText()
    text.ascii(seconds < 0 ? "-" : "+")
    text.digits(size / 3600, width: 2)
    text.ascii(":")
    text.digits(size / 60 % 60, width: 2)
    if size % 60 != 0 {
      text.ascii(":")
      text.digits(size % 60, width: 2)
    }
    return text.string
  }
}

/// Collects the digits of a date.
struct PeriodText {
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(20) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func ascii(_ text: String) { bytes += text.utf8 }

  /// Four digits at least, with a minus before the year 0.
  mutating func year(_ year: Int) {
    if year < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(year, width: 4)
  }

  mutating func date(_ date: (year: Int, month: Int, day: Int)) {
    year(date.year)
    bytes.append(UInt8(ascii: "-"))
    digits(date.month, width: 2)
    bytes.append(UInt8(ascii: "-"))
    digits(date.day, width: 2)
  }

  /// A number without its sign, filled up with zeros.
  mutating func digits(_ number: Int, width: Int) {
    let number = number.magnitude
    var power: UInt = 1
    var places = 1
    while places < width || number / power >= 10 {
      power *= 10
      places += 1
    }
    while power > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / power % 10))
      power /= 10
    }
  }
}
