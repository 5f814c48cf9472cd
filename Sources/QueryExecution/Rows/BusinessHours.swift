import CivilTime
import QueryPlanning

/// The opening hours of every day in a range, added up, so that the open seconds between two
/// instants are a subtraction.
///
/// Hours are those of the wall clock: an instant is open when the clock then shows an open time, so
/// that on a day whose clock is changed within them, an opening is shorter or longer.
final class BusinessHours {
  private let settings: PlanningSettings
  private let days: TimeBuckets
  private let firstDay: Int64
  /// For each day the open spans in UTC seconds.
  private var spans: [[Range<Int64>]] = []
  /// Open seconds before each day.
  private var before: [Int64] = [0]

  /// The hours of the days from `low` to `high`, both UTC seconds.
  init(_ settings: PlanningSettings, low: Int64, high: Int64) {
    self.settings = settings
    days = settings.buckets(.day)
    firstDay = days.bucket(ofUTC: low)
    let lastDay = max(days.bucket(ofUTC: high), firstDay)
    for day in firstDay...min(lastDay, firstDay + 200_000) {
      let open = openSpans(day)
      spans.append(open)
      before.append((before.last ?? 0) + open.reduce(0) { $0 + Int64($1.count) })
    }
  }

  private func openSpans(_ day: Int64) -> [Range<Int64>] {
    if settings.holidays.contains(Int(day)) { return [] }
    let weekday = CivilCalendar.weekday(days: Int(day))
    guard weekday < settings.hours.count else { return [] }
    let hours = settings.hours[weekday]
    let start = days.start(of: day)
    let end = days.start(of: day + 1)
    // The clock goes evenly from one of these instants to the next.
    let edges = [start] + settings.zone.transitions(in: start + 1..<end) + [end]
    return zip(edges, edges.dropFirst()).flatMap { from, to in
      let midnight = day * 86_400 - Int64(settings.zone.offset(atUTC: from))
      return hours.map { hours in
        let open = midnight + Int64(hours.lowerBound) * 60..<midnight + Int64(hours.upperBound) * 60
        return open.clamped(to: from..<to)
      }
    }
  }

  /// The open seconds from one instant to a later one.
  func seconds(from start: Int64, to end: Int64) -> Int64 { open(until: end) - open(until: start) }

  private func open(until instant: Int64) -> Int64 {
    let index = Int(days.bucket(ofUTC: instant) - firstDay)
    guard index >= 0 else { return 0 }
    guard index < spans.count else { return before.last ?? 0 }
    return spans[index].reduce(before[index]) { total, span in
      total + max(0, min(instant, span.upperBound) - span.lowerBound)
    }
  }
}
