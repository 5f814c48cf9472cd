extension SVGChart {
  mutating func heat(_ panel: HeatPanel, isLabelled: Bool) {
    if isLabelled { heading(panel.name, style: "strong") }
    withCanvas { canvas in
      let labelWidth = min(
        panel.rowLabels.map(SVGCanvas.width).max() ?? 0, SVGCanvas.width * 0.3)
      let left = labelWidth + 10
      let width = (SVGCanvas.width - left) / Double(max(1, panel.columnLabels.count))
      let valueWidth = panel.cells.joined().map { SVGCanvas.width(of: $0.text) }.max() ?? 0
      canvas.y += 12
      var limit = 0.0
      for (column, label) in panel.columnLabels.enumerated() {
        let text = SVGCanvas.fitted(label, to: max(width, 30))
        let middle = left + (Double(column) + 0.5) * width
        let half = SVGCanvas.width(of: text) / 2
        guard middle - half >= limit || column == 0 else { continue }
        canvas.text(text, x: middle, y: canvas.y, anchor: .middle, style: "weak")
        limit = middle + half + 4
      }
      canvas.y += 6
      for (row, label) in panel.rowLabels.enumerated() {
        canvas.text(
          SVGCanvas.fitted(label, to: labelWidth), x: labelWidth, y: canvas.y + 16, anchor: .end)
        for (column, point) in panel.cells[row].enumerated() {
          guard let value = point.value else { continue }
          let x = left + Double(column) * width
          let fraction = panel.fraction(value)
          canvas.rectangle(
            x: x + 1, y: canvas.y + 1, width: max(1, width - 2), height: Self.cellHeight - 2,
            style: Self.fill(0), opacity: Self.opacity(fraction),
            hint: Self.hint("\(label), \(panel.columnLabels[column])", point))
          if valueWidth + 2 <= width {
            canvas.text(
              point.text, x: x + width / 2, y: canvas.y + 16, anchor: .middle,
              style: Self.ink(onFraction: fraction))
          }
        }
        canvas.y += Self.cellHeight
      }
      canvas.y += 18
      canvas.text(
        "\(panel.lowest.text) (faintest) to \(panel.highest.text) (strongest)", x: left,
        y: canvas.y, style: "weak")
      canvas.y += 6
    }
    if let remark = panel.remark(drawn: panel.columnLabels.count) {
      heading(remark, style: "weak")
    }
  }

  static func opacity(_ fraction: Double) -> Double { 0.08 + 0.92 * fraction }

  /// The class of a text that is read on a cell: black or white, whichever stands out more. On a
  /// dark page that changes earlier; the contrast is at least 4.5 on both.
  static func ink(onFraction fraction: Double) -> String {
    switch opacity(fraction) {
    case ..<0.69: "onfaint"
    case ..<0.93: "onmiddle"
    default: "onfull"
    }
  }

  mutating func sparks(_ table: SparkTable) {
    heading(table.span, style: "weak")
    withCanvas { canvas in
      let labelWidth = min(
        table.rows.map { SVGCanvas.width(of: $0.label) }.max() ?? 0, SVGCanvas.width * 0.3)
      let left = labelWidth + 10
      let width = (SVGCanvas.width - left) / Double(max(1, table.measures.count))
      canvas.y += 14
      for (index, name) in table.measures.enumerated() {
        canvas.text(
          SVGCanvas.fitted(name, to: width - 10), x: left + Double(index) * width, y: canvas.y,
          style: "strong")
      }
      canvas.y += 8
      let ends = table.rows.flatMap { row in
        row.series.map { SVGCanvas.width(of: Self.last($0).text) }
      }
      let room = max(20, width - (ends.max() ?? 0) - 24)
      for (label, series) in table.rows {
        canvas.text(
          SVGCanvas.fitted(label, to: labelWidth), x: labelWidth, y: canvas.y + 17, anchor: .end)
        for (index, series) in series.enumerated() {
          Self.spark(series, index, x: left + Double(index) * width, width: room, on: &canvas)
        }
        canvas.y += 28
      }
      canvas.text(
        "each line between its own lowest and highest value; the number is the last", x: left,
        y: canvas.y + 14, style: "weak")
      canvas.y += 20
    }
  }

  private static func spark(
    _ series: ChartSeries, _ pen: Int, x left: Double, width: Double, on canvas: inout SVGCanvas
  ) {
    let known = series.points.compactMap(\.value)
    guard let low = known.min(), let high = known.max() else { return }
    let step = width / Double(max(1, series.points.count - 1))
    var stretch: [(x: Double, y: Double)] = []
    func finish(isLast: Bool, _ canvas: inout SVGCanvas) {
      if stretch.count > 1 { canvas.line(stretch, style: stroke(pen)) }
      // The end is marked, and so is a point without neighbours, which has no line.
      if let end = stretch.last, isLast || stretch.count == 1 {
        canvas.dot(x: end.x, y: end.y, radius: isLast ? 2.5 : 1.5, style: fill(pen))
      }
      stretch = []
    }
    for (index, point) in series.points.enumerated() {
      guard let value = point.value else {
        finish(isLast: false, &canvas)
        continue
      }
      let fraction = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
      stretch.append((left + Double(index) * step, canvas.y + 22 - fraction * 18))
    }
    finish(isLast: true, &canvas)
    canvas.text(last(series).text, x: left + width + 8, y: canvas.y + 17)
  }

  private static func last(_ series: ChartSeries) -> ChartPoint {
    series.points.last { $0.value != nil } ?? .gap
  }

  private static let cellHeight = 24.0
}
