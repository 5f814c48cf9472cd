extension ChartBuilder {
  /// One panel for each measure, a bar for each row.
  func bars() -> [BarPanel] {
    let labels = rows.map { row in keys.map { $0.text(row) }.joined(separator: " · ") }
    return measures.map { measure in
      let series = measure.columns.indices.map { column in
        ChartSeries(
          name: measure.columns[column].name,
          points: rows.map { point($0, measure, column: column) })
      }
      return BarPanel(
        name: measure.name, labels: keys.isEmpty ? [measure.name] : labels, series: series,
        scale: ChartScale(covering: extent(series), unit: measure.unit, startsAtZero: true))
    }
  }

  /// Measures of the same unit share a panel; a second key makes a panel for each measure with a
  /// line for each of its values.
  mutating func lines() -> [LinePanel] {
    let time = timeKey ?? 0
    let (axis, places) = axis(of: keys[time])
    func series(_ name: String, _ rows: [Int], _ measure: Measure, column: Int) -> ChartSeries {
      var points = Array(repeating: ChartPoint.gap, count: axis.labels.count)
      for row in rows {
        guard let place = places[row] else { continue }
        points[place] = point(row, measure, column: column)
      }
      return ChartSeries(name: name, points: points)
    }
    if keys.count == 2 {
      let groups = groups(of: keys[1 - time])
      return measures.map { measure in
        let all = groups.map { series($0.label, $0.rows, measure, column: 0) }
        return panel(measure.name, axis, drawn(all), unit: measure.unit)
      }
    }
    var units: [ValueUnit] = []
    for measure in measures where !units.contains(measure.unit) { units.append(measure.unit) }
    return units.map { unit in
      let all = measures.filter { $0.unit == unit }.flatMap { measure in
        measure.columns.indices.map { column in
          series(measure.columns[column].name, rows, measure, column: column)
        }
      }
      return panel(all.count == 1 ? all[0].name : "", axis, drawn(all), unit: unit)
    }
  }

  /// One panel for each measure: the first key down, the second across.
  func heat() -> [HeatPanel] {
    let down = groups(of: keys[0])
    let across = groups(of: keys[1])
    var place: [Int: Int] = [:]
    for (index, group) in across.enumerated() {
      for row in group.rows { place[row] = index }
    }
    return measures.map { measure in
      let cells = down.map { group in
        var line = Array(repeating: ChartPoint.gap, count: across.count)
        for row in group.rows {
          if let column = place[row] { line[column] = point(row, measure) }
        }
        return line
      }
      let known = cells.joined().filter { $0.value != nil }
      let order = { (a: ChartPoint, b: ChartPoint) in (a.value ?? 0) < (b.value ?? 0) }
      return HeatPanel(
        name: measure.name, rowLabels: down.map(\.label), columnLabels: across.map(\.label),
        cells: cells, lowest: known.min(by: order) ?? .gap, highest: known.max(by: order) ?? .gap)
    }
  }

  /// One row for each value of the key that is not time, or one in all.
  func spark() -> SparkTable {
    let time = timeKey ?? keys.count - 1
    let (axis, places) = axis(of: keys[time])
    let other = keys.count == 2 ? keys[1 - time] : nil
    let groups = other.map { groups(of: $0) } ?? [(label: keys[time].name, rows: rows)]
    let lines = groups.map { group in
      let series = measures.map { measure in
        var points = Array(repeating: ChartPoint.gap, count: axis.labels.count)
        for row in group.rows {
          if let place = places[row] { points[place] = point(row, measure) }
        }
        return ChartSeries(name: measure.name, points: points)
      }
      return (label: group.label, series: series)
    }
    let ends = [axis.labels.first, axis.labels.last].compactMap { $0 }
    return SparkTable(
      keyName: other?.name, measures: measures.map(\.name),
      span: ends.first == ends.last ? ends.first ?? "" : ends.joined(separator: " to "),
      rows: lines)
  }

  // MARK: Parts

  private func panel(
    _ name: String, _ axis: ChartAxis, _ series: [ChartSeries], unit: ValueUnit
  ) -> LinePanel {
    LinePanel(
      name: name, axis: axis, series: series,
      scale: ChartScale(covering: extent(series), unit: unit, startsAtZero: false))
  }

  private mutating func drawn(_ series: [ChartSeries]) -> [ChartSeries] {
    guard series.count > Self.seriesLimit else { return series }
    let remark = "The first \(Self.seriesLimit) of \(series.count) lines are drawn."
    if !remarks.contains(remark) { remarks.append(remark) }
    return Array(series.prefix(Self.seriesLimit))
  }

  /// The values of a key in the order of the result, each with its rows.
  private func groups(of key: DisplayColumn) -> [(label: String, rows: [Int])] {
    var order: [ResultValue] = []
    var members: [ResultValue: [Int]] = [:]
    for row in rows {
      let value = key.values[row]
      if members[value] == nil { order.append(value) }
      members[value, default: []].append(row)
    }
    // A second key comes in the order of the first group only, which may lack some values.
    let isOrdered = order.allSatisfy { $0.double != nil }
    if isOrdered { order.sort { ($0.double ?? 0) < ($1.double ?? 0) } }
    return order.map { value in
      let rows = members[value] ?? []
      return (label: rows.first.map { key.text($0) } ?? "", rows: rows)
    }
  }

  /// The axis of a key, and for each row its place on it; rows without a place have none.
  private func axis(of key: DisplayColumn) -> (ChartAxis, [Int: Int]) {
    var found: [(label: String, position: Double, rows: [Int])] = []
    let isTimeline = timeKey != nil
    for (index, group) in groups(of: key).enumerated() {
      guard let row = group.rows.first else { continue }
      let position: Double?
      switch key.values[row] {
      case .missing, .label: position = nil
      case .text(let text) where isTimeline:
        position = PeriodOrdinal(text).map { Double($0.index) }
      case .text, .list, .boolean: position = Double(index)
      case let value: position = value.double
      }
      if let position, position.isFinite { found.append((group.label, position, group.rows)) }
    }
    found.sort { $0.position < $1.position }
    var places: [Int: Int] = [:]
    for (place, entry) in found.enumerated() {
      for row in entry.rows { places[row] = place }
    }
    let first = found.first?.position ?? 0
    let span = (found.last?.position ?? 0) - first
    let isCounted = key.unit == .text || key.unit == .count
    let axis = ChartAxis(
      labels: found.map(\.label),
      positions: found.map { span > 0 ? ($0.position - first) / span : 0.5 },
      followsPrevious: found.indices.map { index in
        index > 0 && (!isCounted || found[index].position - found[index - 1].position == 1)
      })
    return (axis, places)
  }
}
