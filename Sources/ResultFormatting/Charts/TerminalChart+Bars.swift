extension TerminalChart {
  /// One line for each bar: label, bar and value; an interval is a shaded end with a whisker.
  func bars(_ panel: BarPanel, isLabelled: Bool) -> [String] {
    var lines: [String] = []
    let isNamedBelow = panel.series.count > 1 && !style.usesColor
    if panel.series.count > 1 && !isNamedBelow {
      lines += legend(panel.series.map(\.name)) { _ in usesASCII ? "#" : "█" }
    } else if isLabelled {
      lines.append(style.bold(fitted(panel.name, to: width)))
    }
    let points = panel.series.flatMap(\.points)
    // Without colours the other bars of a row are told apart by their names below its label.
    let others = isNamedBelow ? panel.series.dropFirst().map { "  " + $0.name } : []
    let labelWidth = min(
      (panel.labels + others).map(DisplayWidth.of).max() ?? 0, width * 2 / 5)
    let valueWidth = points.map { DisplayWidth.of($0.text) }.max() ?? 0
    let barWidth = max(4, width - labelWidth - valueWidth - 4)
    for row in panel.labels.indices {
      for (index, series) in panel.series.enumerated() {
        let name = index == 0 ? panel.labels[row] : isNamedBelow ? others[index - 1] : ""
        let label = padded(name, to: labelWidth)
        let point = series.points[row]
        var line = label + " "
        let bar = self.bar(point, panel.scale, cells: barWidth)
        line += bar.styled(style, index)
        line += " " + (point.value == nil ? style.dim(point.text) : point.text)
        lines.append(line)
      }
    }
    return lines
  }

  /// A bar in parts, so that each can have its own type.
  private struct Bar {
    enum Part { case blank, bar, whisker }

    private var parts: [(part: Part, text: String)] = []

    mutating func add(_ part: Part, _ text: String) {
      if !text.isEmpty { parts.append((part, text)) }
    }

    func styled(_ style: TextStyle, _ series: Int) -> String {
      parts.map { part, text in
        switch part {
        case .blank: text
        case .bar: style.series(series, text)
        case .whisker: style.dim(text)
        }
      }.joined()
    }
  }

  private func bar(_ point: ChartPoint, _ scale: ChartScale, cells: Int) -> Bar {
    guard let value = point.value else { return Bar() }
    func place(_ value: Double) -> Double { scale.fraction(value) * Double(cells) }
    guard let interval = point.interval else { return bar(from: place(0), to: place(value), value) }
    let zero = Int(place(0).rounded())
    let end = Int(place(value).rounded())
    let (low, high) = (Int(place(interval.low).rounded()), Int(place(interval.high).rounded()))
    let (first, last) = (min(zero, end), max(zero, end))
    // An interval that is narrower than a cell says nothing that the bar alone does not.
    if first == last, low >= first, high <= last {
      return bar(from: place(0), to: place(value), value)
    }
    func cut(_ range: Range<Int>, to other: Range<Int>) -> Int { range.clamped(to: other).count }
    let (line, shade) = usesASCII ? ("-", "=") : ("─", "▒")
    var bar = Bar()
    bar.add(.blank, String(repeating: " ", count: min(first, low)))
    if low < first {
      let left = (usesASCII ? "|" : "├") + String(repeating: line, count: first - low - 1)
      bar.add(.whisker, left)
    }
    // What is shaded may be missing: solid up to the interval, and behind it below zero.
    let solid = cut(first..<max(first, low), to: first..<last)
    let behind = cut(min(last, high)..<last, to: first..<last)
    bar.add(.bar, String(repeating: full, count: solid))
    bar.add(.bar, String(repeating: shade, count: max(0, last - first - solid - behind)))
    bar.add(.bar, String(repeating: full, count: behind))
    if high > last {
      let right = String(repeating: line, count: high - last - 1) + (usesASCII ? "|" : "┤")
      bar.add(.whisker, right)
    }
    return bar
  }

  /// A bar without an interval, as exact as a cell can be divided.
  private func bar(from zero: Double, to end: Double, _ value: Double) -> Bar {
    var bar = Bar()
    guard value < 0 else {
      bar.add(.blank, String(repeating: " ", count: Int(zero.rounded())))
      bar.add(.bar, blocks(end - zero, isDrawn: value > 0))
      return bar
    }
    // Only halves and eighths of a cell stand at its right.
    let length = Double(Int(zero.rounded())) - end
    let whole = usesASCII ? max(1, Int(length.rounded())) : Int(length)
    let rest = usesASCII ? 0 : length - Double(whole)
    let edge =
      rest >= 0.75 ? full : rest >= 0.25 ? "▐" : rest > 0 && whole == 0 ? "▕" : ""
    bar.add(
      .blank, String(repeating: " ", count: Int(zero.rounded()) - whole - (edge.isEmpty ? 0 : 1)))
    bar.add(.bar, edge + String(repeating: full, count: whole))
    return bar
  }

  private var full: String { usesASCII ? "#" : "█" }

  /// A bar to the eighth of a cell; what is more than nothing is seen.
  private func blocks(_ length: Double, isDrawn: Bool) -> String {
    if usesASCII {
      return String(repeating: "#", count: max(isDrawn ? 1 : 0, Int(length.rounded())))
    }
    let eighths = max(isDrawn ? 1 : 0, Int((length * 8).rounded()))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
