/// A time zone's rules, from the system's IANA database, immutable once read.
///
/// Instants are seconds since 1970-01-01T00:00:00Z without leap seconds; local times are the
/// same count of seconds read off the zone's wall clock; offsets are seconds east of UTC.
public final class TimeZoneRules: Sendable {
  /// Coordinated Universal Time.
  public static let utc = TimeZoneRules(identifier: "UTC", fixedOffset: 0)

  /// The name the rules were asked for: an IANA name, `UTC`, or an offset as `+02:00`.
  public let identifier: String

  // The instants at which the offset changes, ascending, and the offset of each stretch between
  // them: offsets[i] holds from instants[i - 1] on and up to instants[i].
  let instants: [Int64]
  let offsets: [Int64]
  // From here on the table repeats with the calendar's own cycle; Int64.max when it never does.
  let repeatsFrom: Int64

  /// The Gregorian calendar repeats after 400 years, to the weekday.
  static let cycle: Int64 = 146_097 * 86_400
  // No zone is ever further than this from UTC, nor changes its offset by more.
  private static let reach: Int64 = 2 * 86_400

  init(identifier: String, instants: [Int64], offsets: [Int64], repeatsFrom: Int64) {
    self.identifier = identifier
    self.instants = instants
    self.offsets = offsets
    self.repeatsFrom = repeatsFrom
  }

  convenience init(identifier: String, fixedOffset: Int64) {
    self.init(identifier: identifier, instants: [], offsets: [fixedOffset], repeatsFrom: .max)
  }

  /// Whether the offset never changes.
  public var isFixed: Bool { instants.isEmpty }

  /// The offset in force at an instant, in seconds east of UTC.
  public func offset(atUTC seconds: Int64) -> Int {
    if instants.isEmpty { return Int(offsets[0]) }
    return Int(offsets[stretch(at: seconds &- shift(of: seconds))])
  }

  /// The instant at which the zone's clocks show a local time.
  ///
  /// A local time that is skipped moves forward by the length of the gap; of one that occurs
  /// twice the earlier instant is taken.
  public func utc(fromLocal seconds: Int64) -> Int64 {
    switch reading(ofLocal: seconds) {
    case .shown(let instant): instant
    case .skipped(let offsetBefore, _): seconds &- offsetBefore
    }
  }

  /// The first instant at which the zone's clocks show a local time or a later one: for a local
  /// time that is skipped, the end of the gap, so that starts of periods never run backwards.
  func firstInstant(fromLocal seconds: Int64) -> Int64 {
    switch reading(ofLocal: seconds) {
    case .shown(let instant): instant
    case .skipped(_, let transition): transition
    }
  }

  /// The instants in a range at which the offset changes, ascending; the range is cut to the
  /// years -9999 to 9999.
  public func transitions(in range: Range<Int64>) -> [Int64] {
    let calendar = Self.firstSecond..<Self.endSecond
    let range = range.clamped(to: calendar)
    var found = Array(
      instants[stretch(at: range.lowerBound - 1)...]
        .prefix { $0 < min(repeatsFrom, range.upperBound) })
    guard repeatsFrom < range.upperBound else { return found }
    let repeated = instants.filter { $0 >= repeatsFrom - Self.cycle && $0 < repeatsFrom }
    var shift = Self.cycle
    while repeatsFrom - Self.cycle + shift < range.upperBound {
      found += repeated.map { $0 + shift }.filter { range.contains($0) }
      shift += Self.cycle
    }
    return found
  }

  private enum LocalReading {
    case shown(at: Int64)
    case skipped(offsetBefore: Int64, transition: Int64)
  }

  private func reading(ofLocal local: Int64) -> LocalReading {
    // Nothing changes before the calendar starts, and arithmetic there might wrap.
    if instants.isEmpty || local < Self.firstSecond { return .shown(at: local &- offsets[0]) }
    let shift = shift(of: local)
    let base = local &- shift
    let first = stretch(at: base &- Self.reach)
    let last = stretch(at: base &+ Self.reach)
    // Ascending, so that the first stretch that shows the local time is the earlier one of two.
    for index in first...last {
      let instant = base &- offsets[index]
      let isAfterStart = index == 0 || instant >= instants[index - 1]
      if !isAfterStart {
        // Every earlier stretch ended before showing it and this one starts past it.
        return .skipped(
          offsetBefore: offsets[index - 1], transition: instants[index - 1] &+ shift)
      }
      if index == instants.count || instant < instants[index] {
        return .shown(at: instant &+ shift)
      }
    }
    return .shown(at: base &- offsets[last] &+ shift)
  }

  /// How far a second lies past the table, in whole cycles.
  private func shift(of seconds: Int64) -> Int64 {
    guard seconds >= repeatsFrom else { return 0 }
    return ((seconds - repeatsFrom) / Self.cycle + 1) &* Self.cycle
  }

  /// The number of transitions at or before an instant.
  private func stretch(at seconds: Int64) -> Int {
    var low = 0
    var high = instants.count
    while low < high {
      let middle = (low + high) / 2
      if instants[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static let firstSecond = Int64(CivilCalendar.days(year: -9999, month: 1, day: 1)) * 86_400
  private static let endSecond = Int64(CivilCalendar.days(year: 10_000, month: 1, day: 1)) * 86_400
}
