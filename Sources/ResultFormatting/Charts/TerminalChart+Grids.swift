extension TerminalChart {
  /// A grid of shades, with the values in it where they find room.
  func heat(_ panel: HeatPanel, isLabelled: Bool) -> [String] {
    let labelWidth = min(panel.rowLabels.map(DisplayWidth.of).max() ?? 0, width / 3)
    let valueWidth = panel.cells.joined().map { DisplayWidth.of($0.text) }.max() ?? 0
    let room = width - labelWidth - 1
    let widest = panel.columnLabels.map(DisplayWidth.of).max() ?? 1
    let share = room / max(1, panel.columnLabels.count)
    let showsValues = valueWidth + 4 <= share
    let cellWidth = max(showsValues ? valueWidth + 4 : 1, min(widest + 1, share))
    let shown = min(panel.columnLabels.count, max(1, room / cellWidth))
    var lines = isLabelled ? [style.bold(fitted(panel.name, to: width))] : []
    let head = columnHeads(Array(panel.columnLabels.prefix(shown)), cellWidth, room: room)
    lines.append(style.dim(String(repeating: " ", count: labelWidth + 1) + head.trimmingEnd()))
    for row in panel.rowLabels.indices {
      let cells = panel.cells[row].prefix(shown).map { point in
        cell(point, panel, width: cellWidth, valueWidth: showsValues ? valueWidth : nil)
      }
      let line = padded(panel.rowLabels[row], to: labelWidth) + " " + cells.joined()
      lines.append(line.trimmingEnd())
    }
    let last = style.usesColor ? 9 : 3
    let steps = (0...last).map { Double($0) / Double(last) }.map { style.shade($0, shade($0)) }
    lines.append(
      style.dim(panel.lowest.text + " ") + steps.joined() + style.dim(" " + panel.highest.text))
    if let remark = panel.remark(drawn: shown) { lines.append(style.dim(remark)) }
    return lines
  }

  /// The labels above the cells; where a cell is narrower than they are, only every second or
  /// third has one.
  private func columnHeads(_ labels: [String], _ cellWidth: Int, room: Int) -> String {
    let widest = labels.map(DisplayWidth.of).max() ?? 1
    // Long labels are cut rather than left out, down to what still tells them apart.
    let wanted = min(widest + 1, max(cellWidth, Self.headWidth))
    let every = max(1, (wanted + cellWidth - 1) / cellWidth)
    var line = ""
    for index in stride(from: 0, to: labels.count, by: every) {
      let own = cellWidth * every - 1
      let label = DisplayWidth.shortened(labels[index], to: own, mark: own > 4 ? mark : "")
      line += padded(label, to: min(cellWidth * every, room - DisplayWidth.of(line)))
    }
    return line
  }

  private static let headWidth = 8

  private func cell(
    _ point: ChartPoint, _ panel: HeatPanel, width: Int, valueWidth: Int?
  ) -> String {
    guard let value = point.value else { return String(repeating: " ", count: width) }
    let fraction = panel.fraction(value)
    guard let valueWidth else {
      return style.shade(fraction, String(repeating: shade(fraction), count: width))
    }
    let text = padded(point.text, to: valueWidth, onRight: true)
    return text + " " + style.shade(fraction, shade(fraction) + shade(fraction))
      + String(repeating: " ", count: width - valueWidth - 3)
  }

  /// With colours a full block carries the shade; a blank is a missing value.
  private func shade(_ fraction: Double) -> String {
    if style.usesColor { return usesASCII ? "#" : "█" }
    let levels = Array(usesASCII ? ".:*#" : "░▒▓█")
    return String(levels[Int((fraction * Double(levels.count - 1)).rounded())])
  }

  /// A column of the table around the small lines.
  private struct SparkColumn {
    var cells: [String]
    var width: Int
    var isRightAligned = false
    /// The colour of a line.
    var pen: Int?

    init(_ cells: [String], isRightAligned: Bool = false, pen: Int? = nil) {
      self.cells = cells
      self.isRightAligned = isRightAligned
      self.pen = pen
      width = cells.map(DisplayWidth.of).max() ?? 0
    }
  }

  /// A table with a small line in each row, its ends and its last value. Where they do not all
  /// fit, columns of values go before points do.
  func sparks(_ table: SparkTable) -> [String] {
    var labels = SparkColumn([table.keyName ?? ""] + table.rows.map(\.label))
    labels.width = min(labels.width, width / 3)
    let count = table.rows.first?.series.first?.points.count ?? 0
    var facts = Self.facts(table, points: count)
    let room = width - labels.width
    var drawn = count
    func lineWidth(_ index: Int) -> Int {
      max(drawn, DisplayWidth.of(table.measures[index])) + 2
    }
    func total(_ columns: [SparkColumn]) -> Int { columns.reduce(0) { $0 + $1.width + 2 } }
    let lineWidths = table.measures.indices.reduce(0) { $0 + lineWidth($1) }
    if lineWidths <= room {
      // The last value says most.
      let fitting = [facts, facts.map { $0.suffix(1) }].first { facts in
        lineWidths + total(facts.flatMap { $0 }) <= room
      }
      facts = fitting ?? facts.map { _ in [] }
    } else {
      let taken = total(facts.flatMap { $0 })
      drawn = min(count, max(8, (room - taken) / max(1, table.measures.count) - 2))
      facts = Self.facts(table, points: drawn)
    }
    var columns = [labels]
    for (index, name) in table.measures.enumerated() {
      let lines = table.rows.map {
        Sparkline.text(Array($0.series[index].points.suffix(drawn)), ascii: usesASCII)
      }
      columns.append(SparkColumn([name] + lines, pen: index))
      columns += facts[index]
    }
    let all = 1 + 4 * table.measures.count
    while columns.count > 2, total(columns) - 2 > width {
      columns.removeLast()
    }
    let lines = (0...table.rows.count).map { line in
      columns.map { column in
        let cell = padded(column.cells[line], to: column.width, onRight: column.isRightAligned)
        if line == 0 { return style.bold(cell) }
        return column.pen.map { style.series($0, cell) } ?? cell
      }.joined(separator: "  ").trimmingEnd()
    }
    let part = drawn < count ? "the last \(drawn) of \(count) points of " : ""
    var remarks = [part + table.span, "each line between its own min and max"]
    if columns.count < all {
      remarks.append("\(all) columns (\(columns.count) shown; a wider window shows more)")
    }
    return lines + remarks.flatMap { DisplayWidth.wrapped($0, to: width) }.map(style.dim)
  }

  /// Of each measure the least, the largest and the last of so many points, as columns.
  private static func facts(_ table: SparkTable, points: Int) -> [[SparkColumn]] {
    let order = { (a: ChartPoint, b: ChartPoint) in (a.value ?? 0) < (b.value ?? 0) }
    return table.measures.indices.map { index in
      let known = table.rows.map { row in
        row.series[index].points.suffix(points).filter { $0.value != nil }
      }
      return [
        ("min", known.map { $0.min(by: order) }), ("max", known.map { $0.max(by: order) }),
        ("last", known.map(\.last)),
      ].map { name, points in
        SparkColumn([name] + points.map { $0?.text ?? "" }, isRightAligned: true)
      }
    }
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate func trimmingEnd() -> String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
