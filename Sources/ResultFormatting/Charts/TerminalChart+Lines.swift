extension TerminalChart {
  /// Lines over an axis, with ticks on the left and labels below.
  func plot(_ panel: LinePanel, isLabelled: Bool) -> [String] {
    var lines: [String] = []
    if isLabelled && !panel.name.isEmpty {
      lines.append(style.bold(fitted(panel.name, to: width)))
    }
    if panel.series.count > 1 {
      lines += legend(panel.series.map(\.name)) { showsLetters ? letter($0) : lineMark }
    }
    let ticks = panel.scale.ticks.map { (value: $0, text: panel.scale.text($0)) }
    let tickWidth = ticks.map { DisplayWidth.of($0.text) }.max() ?? 0
    let plotWidth = max(8, width - tickWidth - 3)
    var canvas = DotCanvas(width: plotWidth, height: Self.plotHeight, usesASCII: usesASCII)
    draw(panel, on: &canvas)
    var tickTexts: [Int: String] = [:]
    for tick in ticks {
      let row = (1 - panel.scale.fraction(tick.value)) * Double(Self.plotHeight - 1)
      tickTexts[Int(row.rounded())] = tick.text
    }
    for row in 0..<Self.plotHeight {
      let tick = tickTexts[row]
      let edge = usesASCII ? (tick == nil ? "|" : "+") : (tick == nil ? "│" : "┤")
      let inside = canvas.runs(inRow: row).map { run in
        run.pen == DotCanvas.faint ? style.dim(run.text) : style.series(run.pen, run.text)
      }
      lines.append(
        style.dim(padded(tick ?? "", to: tickWidth, onRight: true) + " " + edge)
          + inside.joined())
    }
    return lines + axis(panel.axis, tickWidth: tickWidth, plotWidth: plotWidth)
  }

  private func draw(_ panel: LinePanel, on canvas: inout DotCanvas) {
    let columns = panel.axis.positions.map {
      Int(($0 * Double(canvas.dotColumns - 1)).rounded())
    }
    let bottom = Double(canvas.dotRows - 1)
    func row(_ value: Double) -> Int {
      Int(((1 - panel.scale.fraction(value)) * bottom).rounded())
    }
    // Several sets of whiskers would hide the lines.
    if panel.series.count == 1 {
      for (point, x) in zip(panel.series[0].points, columns) {
        guard let interval = point.interval else { continue }
        let (top, end) = (row(interval.high), row(interval.low))
        for y in stride(from: top, through: max(top, end), by: 2) {
          canvas.dot(x, y, pen: DotCanvas.faint)
        }
      }
    }
    for (pen, series) in panel.series.enumerated() {
      var previous: (x: Int, y: Int)?
      for (index, point) in series.points.enumerated() {
        guard let value = point.value else {
          previous = nil
          continue
        }
        let place = (x: columns[index], y: row(value))
        if let previous, panel.axis.followsPrevious[index] {
          canvas.line(previous, place, pen: pen)
        } else {
          canvas.dot(place.x, place.y, pen: pen)
          // A point without neighbours must still be seen.
          canvas.dot(place.x + 1, place.y, pen: pen)
        }
        previous = place
      }
    }
    if showsLetters && panel.series.count > 1 { drawLetters(panel, columns, row, on: &canvas) }
  }

  /// Names the lines on themselves, where colour does not.
  private func drawLetters(
    _ panel: LinePanel, _ columns: [Int], _ row: (Double) -> Int, on canvas: inout DotCanvas
  ) {
    let apart = canvas.dotColumns / 6
    for (index, series) in panel.series.enumerated() {
      var last = -apart
      for (point, x) in zip(series.points, columns) {
        guard let value = point.value, x >= last + apart || x == columns.last else { continue }
        canvas.mark(x, row(value), Character(letter(index)))
        last = x
      }
    }
  }

  /// The line below the plot and the labels under it, as many as find room; the last is among
  /// them.
  private func axis(_ axis: ChartAxis, tickWidth: Int, plotWidth: Int) -> [String] {
    let margin = String(repeating: " ", count: tickWidth + 1)
    var line = Array(repeating: usesASCII ? "-" : "─", count: plotWidth)
    var labels = ""
    for place in labelled(axis, width: plotWidth) {
      line[place.column] = usesASCII ? "+" : "┬"
      labels += String(repeating: " ", count: max(0, place.start - DisplayWidth.of(labels)))
      labels += axis.labels[place.index]
    }
    let corner = usesASCII ? "+" : "└"
    return [
      style.dim(margin + corner + line.joined()),
      style.dim(margin + " " + fitted(labels, to: plotWidth)),
    ]
  }

  /// Every label, or every second, third and so on, the last among them: as many as find room.
  private func labelled(
    _ axis: ChartAxis, width: Int
  ) -> [(index: Int, column: Int, start: Int)] {
    let count = axis.labels.count
    for step in 1...max(1, count) {
      let places = stride(from: count - 1, through: 0, by: -step).reversed().map { index in
        let column = Int((axis.positions[index] * Double(width - 1)).rounded())
        let size = DisplayWidth.of(axis.labels[index])
        return (
          index: index, column: column, start: min(max(0, column - size / 2), max(0, width - size))
        )
      }
      let isApart = zip(places, places.dropFirst()).allSatisfy { place, next in
        place.start + DisplayWidth.of(axis.labels[place.index]) + 2 <= next.start
      }
      if isApart { return places }
    }
    return []
  }

  private var showsLetters: Bool { !style.usesColor }
  private var lineMark: String { usesASCII ? "-" : "━" }
  private func letter(_ index: Int) -> String {
    String(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }

  private static let plotHeight = 12
}
