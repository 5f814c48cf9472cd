extension SVGChart {
  mutating func plot(_ panel: LinePanel, isLabelled: Bool) {
    if isLabelled && !panel.name.isEmpty { heading(panel.name, style: "strong") }
    if panel.series.count > 1 { legend(panel.series.map(\.name)) }
    withCanvas { canvas in
      let ticks = panel.scale.ticks.map { (value: $0, text: panel.scale.text($0)) }
      let left = (ticks.map { SVGCanvas.width(of: $0.text) }.max() ?? 0) + 10
      let top = canvas.y + 6
      // Room on the right for the half of the last label that reaches beyond its point.
      let room = SVGCanvas.width - left - 30
      func x(_ index: Int) -> Double { left + panel.axis.positions[index] * room }
      func y(_ value: Double) -> Double { top + (1 - panel.scale.fraction(value)) * Self.height }
      for tick in ticks {
        let height = y(tick.value)
        canvas.line([(left, height), (left + room, height)], style: "grid")
        canvas.text(tick.text, x: left - 8, y: height + 4, anchor: .end, style: "weak")
      }
      if panel.series.count == 1 { Self.whiskers(panel, x, y, on: &canvas) }
      for (index, series) in panel.series.enumerated() {
        Self.draw(series, panel.axis, index, x, y, on: &canvas)
      }
      Self.labels(panel.axis, x, below: top + Self.height, on: &canvas)
      canvas.y = top + Self.height + 30
    }
  }

  private static func whiskers(
    _ panel: LinePanel, _ x: (Int) -> Double, _ y: (Double) -> Double,
    on canvas: inout SVGCanvas
  ) {
    for (index, point) in panel.series[0].points.enumerated() {
      guard let interval = point.interval else { continue }
      let ends = [interval.low, interval.high].map { (x: x(index), y: y($0)) }
      canvas.line(ends, style: "whisker")
    }
  }

  /// One stroke for each stretch without a gap, and a dot on every point.
  private static func draw(
    _ series: ChartSeries, _ axis: ChartAxis, _ pen: Int, _ x: (Int) -> Double,
    _ y: (Double) -> Double, on canvas: inout SVGCanvas
  ) {
    var stretch: [(x: Double, y: Double)] = []
    func finish(_ canvas: inout SVGCanvas) {
      if stretch.count > 1 { canvas.line(stretch, style: stroke(pen)) }
      stretch = []
    }
    for (index, point) in series.points.enumerated() {
      if point.value == nil || !axis.followsPrevious[index] { finish(&canvas) }
      if let value = point.value { stretch.append((x(index), y(value))) }
    }
    finish(&canvas)
    let radius = series.points.count > 80 ? 1.5 : 3
    for (index, point) in series.points.enumerated() {
      guard let value = point.value else { continue }
      let hint = Self.hint("\(series.name), \(axis.labels[index])", point)
      canvas.dot(x: x(index), y: y(value), radius: radius, style: fill(pen), hint: hint)
    }
  }

  /// As many labels as find room; the last is among them.
  private static func labels(
    _ axis: ChartAxis, _ x: (Int) -> Double, below y: Double, on canvas: inout SVGCanvas
  ) {
    var limit = SVGCanvas.width
    for index in axis.labels.indices.reversed() {
      let width = SVGCanvas.width(of: axis.labels[index])
      let middle = min(x(index), SVGCanvas.width - width / 2)
      guard middle + width / 2 <= limit else { continue }
      canvas.text(axis.labels[index], x: middle, y: y + 18, anchor: .middle, style: "weak")
      limit = middle - width / 2 - 12
    }
  }

  private static let height = 220.0
}
