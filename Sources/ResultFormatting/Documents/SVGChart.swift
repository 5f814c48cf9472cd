/// A picture as SVG elements.
struct SVGChart {
  private(set) var canvas = SVGCanvas()
  private let showsTitle: Bool

  /// Draws the model; in a page the title stands above the picture already, and notes below it.
  init(_ model: ChartModel, showsTitle: Bool, notes: [String] = [], top: Double = 0) {
    self.showsTitle = showsTitle
    canvas.y = top
    if showsTitle && !model.title.isEmpty { heading(model.title, style: "title") }
    switch model.picture {
    case .bars(let panels): for panel in panels { bars(panel, isLabelled: panels.count > 1) }
    case .lines(let panels): for panel in panels { plot(panel, isLabelled: panels.count > 1) }
    case .heat(let panels): for panel in panels { heat(panel, isLabelled: panels.count > 1) }
    case .spark(let table): sparks(table)
    }
    for remark in model.remarks + notes { heading(remark, style: "weak") }
    canvas.y += 8
  }

  /// A line of text, or several where it is long.
  mutating func heading(_ text: String, style: String) {
    for line in SVGCanvas.wrapped(text, to: SVGCanvas.width, style: style) {
      canvas.y += SVGCanvas.lineHeight
      canvas.text(line, x: 0, y: canvas.y, style: style)
    }
    canvas.y += 6
  }

  /// The names of the series with their colours.
  mutating func legend(_ names: [String]) {
    canvas.y += SVGCanvas.lineHeight
    var x = 0.0
    for (index, name) in names.enumerated() {
      let name = SVGCanvas.fitted(name, to: SVGCanvas.width - 20)
      let width = SVGCanvas.width(of: name) + 30
      if x > 0 && x + width > SVGCanvas.width {
        x = 0
        canvas.y += SVGCanvas.lineHeight
      }
      canvas.rectangle(
        x: x, y: canvas.y - 10, width: 12, height: 12, style: Self.fill(index))
      canvas.text(name, x: x + 17, y: canvas.y)
      x += width
    }
    canvas.y += 6
  }

  mutating func bars(_ panel: BarPanel, isLabelled: Bool) {
    if panel.series.count > 1 {
      legend(panel.series.map(\.name))
    } else if isLabelled {
      heading(panel.name, style: "strong")
    }
    let points = panel.series.flatMap(\.points)
    let labelWidth = min(panel.labels.map(SVGCanvas.width).max() ?? 0, SVGCanvas.width * 0.35)
    let valueWidth = points.map { SVGCanvas.width(of: $0.text) }.max() ?? 0
    let left = labelWidth + 10
    let room = max(40, SVGCanvas.width - left - valueWidth - 10)
    func place(_ value: Double) -> Double { left + panel.scale.fraction(value) * room }
    for (row, label) in panel.labels.enumerated() {
      for (index, series) in panel.series.enumerated() {
        let point = series.points[row]
        let middle = canvas.y + Self.barHeight / 2 + 2
        if index == 0 {
          canvas.text(
            SVGCanvas.fitted(label, to: labelWidth), x: labelWidth, y: middle + 4, anchor: .end)
        }
        guard let value = point.value else {
          canvas.text(point.text, x: left, y: middle + 4, style: "weak")
          canvas.y += Self.barHeight + 4
          continue
        }
        let (zero, end) = (place(0), place(value))
        canvas.rectangle(
          x: min(zero, end), y: canvas.y + 2, width: max(1, abs(end - zero)),
          height: Self.barHeight, style: Self.fill(index), hint: Self.hint(label, point))
        var right = max(zero, end)
        if let interval = point.interval {
          let (low, high) = (place(interval.low), place(interval.high))
          whisker([(low, middle), (high, middle)], ends: 4, isUpright: false)
          right = max(right, high)
        }
        canvas.text(point.text, x: right + 6, y: middle + 4)
        canvas.y += Self.barHeight + 4
      }
      if panel.series.count > 1 { canvas.y += 6 }
    }
    canvas.y += 8
  }

  /// A thin line with a cap at each end, on a lighter one that parts it from the bar.
  mutating func whisker(_ points: [(x: Double, y: Double)], ends: Double, isUpright: Bool) {
    let (dx, dy) = isUpright ? (ends, 0) : (0, ends)
    for style in ["halo", "whisker"] {
      canvas.line(points, style: style)
      for point in points {
        canvas.line([(point.x - dx, point.y - dy), (point.x + dx, point.y + dy)], style: style)
      }
    }
  }

  /// `email: 84.2% (81.0–87.1)`
  static func hint(_ label: String, _ point: ChartPoint) -> String {
    let interval = point.intervalText.isEmpty ? "" : " (\(point.intervalText))"
    return (label.isEmpty ? "" : label + ": ") + point.text + interval
  }

  /// The class that fills an area of a series; after eight the colours recur.
  static func fill(_ index: Int) -> String { "f\(index % 8)" }
  /// The class that draws a line of a series.
  static func stroke(_ index: Int) -> String { "l\(index % 8)" }

  mutating func withCanvas(_ body: (inout SVGCanvas) -> Void) { body(&canvas) }

  private static let barHeight = 18.0
}
