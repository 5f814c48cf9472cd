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
    var blank = ""
    var solid = ""
    var shaded = ""
    var whisker = ""

    func styled(_ style: TextStyle, _ series: Int) -> String {
      blank + style.series(series, solid + shaded) + style.dim(whisker)
    }
  }

  private func bar(_ point: ChartPoint, _ scale: ChartScale, cells: Int) -> Bar {
    guard let value = point.value else { return Bar() }
    let size = Double(cells)
    let zero = scale.fraction(0) * size
    let end = scale.fraction(value) * size
    if value < 0 {
      let start = Int(end.rounded())
      return Bar(
        blank: String(repeating: " ", count: start),
        solid: String(repeating: full, count: max(1, Int(zero.rounded()) - start)))
    }
    var bar = Bar(blank: String(repeating: " ", count: Int(zero.rounded())))
    guard let interval = point.interval, interval.low >= 0 else {
      bar.solid = blocks(end - zero, isDrawn: value > 0)
      return bar
    }
    let low = Int((scale.fraction(interval.low) * size - zero).rounded())
    let middle = max(low, Int((end - zero).rounded()))
    let high = Int((scale.fraction(interval.high) * size - zero).rounded())
    bar.solid = String(repeating: full, count: max(0, low))
    bar.shaded = String(repeating: usesASCII ? "=" : "▒", count: max(0, middle - low))
    if high > middle {
      bar.whisker =
        String(repeating: usesASCII ? "-" : "─", count: high - middle - 1)
        + (usesASCII ? "|" : "┤")
    }
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
