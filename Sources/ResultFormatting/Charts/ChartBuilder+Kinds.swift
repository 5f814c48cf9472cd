extension ChartBuilder {
  /// One panel for each measure, a bar for each row.
  mutating func bars() -> [BarPanel] {
    let rows = limited(self.rows, to: rowLimit, "rows")
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
    let (axis, places) = self.axis(of: keys[time])
    func series(_ name: String, _ rows: [Int], _ measure: Measure, column: Int) -> ChartSeries {
      var points = Array(repeating: ChartPoint.gap, count: axis.labels.count)
      for row in rows {
        guard let place = places[row] else { continue }
        points[place] = point(row, measure, column: column)
      }
      return ChartSeries(name: name, points: points)
    }
    if keys.count == 2 {
      let groups = self.groups(of: keys[1 - time])
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
  mutating func heat() -> [HeatPanel] {
    let down = limited(groups(of: keys[0]), to: rowLimit, "rows")
    let groups = self.groups(of: keys[1])
    let across = Array(groups.prefix(Self.columnLimit))
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
        columnCount: groups.count, cells: cells, lowest: known.min(by: order) ?? .gap,
        highest: known.max(by: order) ?? .gap)
    }
  }

  /// One row for each value of the key that is not time, or one in all.
  mutating func spark() -> SparkTable {
    let time = timeKey ?? keys.count - 1
    let (axis, places) = self.axis(of: keys[time])
    let other = keys.count == 2 ? keys[1 - time] : nil
    let groups = limited(
      other.map { self.groups(of: $0) } ?? [(label: keys[time].name, rows: rows)],
      to: rowLimit, "rows")
    let lines = groups.map { group in
      let series = measures.map { measure in
        var points = Array(repeating: ChartPoint.gap, count: (axis.slots.last ?? -1) + 1)
        for row in group.rows {
          if let place = places[row] { points[axis.slots[place]] = point(row, measure) }
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
    // Whiskers are drawn on a single line only, and only then need room.
    let drawn = series.count == 1 ? extent(series) : series.flatMap(\.points).compactMap(\.value)
    return LinePanel(
      name: name, axis: axis, series: series,
      scale: ChartScale(covering: drawn, unit: unit, startsAtZero: false))
  }

  private mutating func drawn(_ series: [ChartSeries]) -> [ChartSeries] {
    limited(series, to: Self.seriesLimit, "lines")
  }

  /// The first of many, with a remark on those that are left out.
  private mutating func limited<Element>(
    _ all: [Element], to limit: Int, _ noun: String
  ) -> [Element] {
    guard all.count > limit else { return all }
    let remark =
      "\(NumberText.grouped(Int64(all.count))) \(noun) (the first \(limit) drawn)"
    if !remarks.contains(remark) { remarks.append(remark) }
    return Array(all.prefix(limit))
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
    // A second key comes in the order of the first groups, which may lack some of its values.
    if key.name == keys.last?.name, keys.count > 1 {
      let ranks = order.map(Self.rank)
      if !ranks.contains(nil) {
        order = zip(ranks, order).sorted { ($0.0 ?? 0) < ($1.0 ?? 0) }.map(\.1)
      }
    }
    return order.map { value in
      let rows = members[value] ?? []
      return (label: rows.first.map { key.text($0) } ?? "", rows: rows)
    }
  }

  /// The place of a value among those of its kind, where it has one of its own.
  private static func rank(_ value: ResultValue) -> Double? {
    switch value {
    case .missing, .label: return .infinity
    case .text(let text):
      if let day = weekdays.firstIndex(of: text) { return Double(day) }
      return PeriodOrdinal(text).map { Double($0.index) }
    case .list: return nil
    case .integer, .number, .boolean, .time: return value.double
    }
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  /// The axis of a key, and for each row its place on it; rows without a place have none.
  private mutating func axis(of key: DisplayColumn) -> (ChartAxis, [Int: Int]) {
    var found: [(label: String, position: Double, rows: [Int])] = []
    let isTimeline = timeKey != nil
    var isCounted = true
    for (index, group) in groups(of: key).enumerated() {
      guard let row = group.rows.first else { continue }
      let position: Double?
      switch key.values[row] {
      case .missing, .label: position = nil
      case .text(let text) where isTimeline:
        position = PeriodOrdinal(text).map { Double($0.index) }
      case .text, .list, .boolean: position = Double(index)
      case .integer(let integer): position = Double(integer)
      case .number(let number), .time(let number):
        position = number.isFinite ? number : nil
        isCounted = false
      }
      if let position {
        found.append((group.label, position, group.rows))
      } else {
        remarks.append("\(group.label) has no place on the axis and is not drawn.")
      }
    }
    found.sort { $0.position < $1.position }
    var places: [Int: Int] = [:]
    for (place, entry) in found.enumerated() {
      for row in entry.rows { places[row] = place }
    }
    let first = found.first?.position ?? 0
    let span = (found.last?.position ?? 0) - first
    let hasSlots = isCounted && span < Self.slotLimit
    let axis = ChartAxis(
      labels: found.map(\.label),
      positions: found.map { span > 0 ? ($0.position - first) / span : 0.5 },
      slots: found.indices.map { hasSlots ? Int(found[$0].position - first) : $0 },
      followsPrevious: found.indices.map { index in
        index > 0 && (!isCounted || found[index].position - found[index - 1].position == 1)
      })
    return (axis, places)
  }

  private static let slotLimit = 5000.0
}
