/// Durations for people, by their two largest units.
enum DurationText {
  /// `45s`, `4.5s`, `12m 30s`, `2h 14m`, `3d 4h`; a second unit of nothing is left out.
  static func text(_ seconds: Double) -> String {
    let magnitude = seconds.magnitude
    guard magnitude < 1e15 else { return seconds.description + "s" }
    let text = magnitude < 10 ? tenths(magnitude) : whole(magnitude)
    return seconds < 0 && text != "0s" ? "-" + text : text
  }

  private static func tenths(_ seconds: Double) -> String {
    let text = NumberText.fixed(seconds, decimals: 1)
    if text == "0.0" && seconds > 0 { return "<0.1s" }
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "s"
  }

  /// Rounds to the smaller of the two units shown, and only then chooses them, so that 3,599.7
  /// seconds read `1h` and not `59m 60s`.
  private static func whole(_ seconds: Double) -> String {
    let second = Int(seconds.rounded())
    if second < 60 { return "\(second)s" }
    if second < 3600 { return pair(second / 60, "m", second % 60, "s") }
    let minute = Int((seconds / 60).rounded())
    if minute < 1440 { return pair(minute / 60, "h", minute % 60, "m") }
    let hour = Int((seconds / 3600).rounded())
    return pair(hour / 24, "d", hour % 24, "h")
  }

  private static func pair(_ large: Int, _ unit: String, _ small: Int, _ smallUnit: String)
    -> String
  {
    let head = (large < 1000 ? String(large) : NumberText.grouped(Int64(large))) + unit
    return small == 0 ? head : head + " \(small)\(smallUnit)"
  }
}
