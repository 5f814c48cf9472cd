import DeskQL

/// One line that tells how far a load has come.
enum ProgressLine {
  /// The line, at most `width` columns wide: the file, the share with a bar, the rate and the time
  /// left where the size is known.
  static func text(
    _ reading: LoadProgress.Reading, seconds: Double, width: Int, usesASCII: Bool
  ) -> String {
    let rate = seconds > 0 ? Double(reading.done) / seconds : 0
    var parts: [String] = []
    if let total = reading.total, total > 0 {
      let share = min(Double(reading.done) / Double(total), 1)
      let percent = String(Int(share * 100))
      let bar = bar(share, usesASCII: usesASCII)
      parts.append(String(repeating: " ", count: 3 - percent.count) + percent + "% " + bar)
      parts.append("\(size(rate))/s")
      if rate > 0, share < 1 {
        parts.append(left(Double(max(total - reading.done, 0)) / rate))
      }
    } else {
      parts.append(size(Double(reading.done)))
      parts.append("\(size(rate))/s")
    }
    let figures = parts.joined(separator: "  ")
    let room = width - figures.count - 3
    guard room >= 4 else { return String(figures.prefix(max(width - 1, 0))) }
    // A character takes no more columns than bytes.
    let name = DisplayText.end(of: DisplayText.escaped(reading.subject), toBytes: room)
    return name + "  " + figures
  }

  private static func bar(_ share: Double, usesASCII: Bool) -> String {
    let length = 20
    let full = Int(share * Double(length))
    let (done, rest) = usesASCII ? ("#", ".") : ("█", "░")
    return String(repeating: done, count: full) + String(repeating: rest, count: length - full)
  }

  /// `820 kB`, `1.8 GB`
  static func size(_ bytes: Double) -> String {
    var value = bytes
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 999.5 || unit == "GB" {
        let isWhole = unit == "B" || value >= 9.95
        return isWhole ? "\(Int(value.rounded())) \(unit)" : "\(tenths(value)) \(unit)"
      }
      value /= 1000
    }
    return ""
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// `3 s left`, `2 min left`
  private static func left(_ seconds: Double) -> String {
    if seconds < 90 { return "\(Int(seconds.rounded(.up))) s left" }
    return seconds < 1e6 ? "\(Int((seconds / 60).rounded())) min left" : "a long time left"
  }
}
