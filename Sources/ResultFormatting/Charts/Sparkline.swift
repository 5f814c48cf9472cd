/// A line of blocks, one for each value.
enum Sparkline {
  /// The line, from the lowest value to the highest of the points; a gap is a blank.
  static func text(_ points: [ChartPoint], ascii: Bool) -> String {
    let values = points.compactMap(\.value)
    guard let low = values.min(), let high = values.max() else { return "" }
    let levels = Array(ascii ? "_.-=+*#@" : "▁▂▃▄▅▆▇█")
    var line = ""
    for point in points {
      guard let value = point.value else {
        line += " "
        continue
      }
      // Halves keep the span of the largest numbers finite.
      let fraction = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
      let level = Int((min(1, max(0, fraction)) * Double(levels.count - 1)).rounded())
      line.append(levels[level])
    }
    return line
  }
}
