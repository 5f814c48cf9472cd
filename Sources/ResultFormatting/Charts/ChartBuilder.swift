/// Makes the picture of a result: chooses the kind from the keys, and sorts rows into points.
struct ChartBuilder {
  /// A measure, and what stands beside it on the same scale.
  struct Measure {
    let name: String
    let unit: ValueUnit
    let columns: [DisplayColumn]
    let ends: [[ValueInterval?]]
  }

  let table: ResultTable
  let options: FormatOptions
  let keys: [DisplayColumn]
  let measures: [Measure]
  /// The rows that are drawn: all but the one of `with total`.
  let rows: [Int]
  let rowLimit: Int
  var remarks: [String] = []

  /// The picture of a result, of the named kind where its keys allow it; nil where it has no
  /// number to draw.
  static func model(of table: ResultTable, options: FormatOptions) -> ChartModel? {
    var builder = ChartBuilder(table.unpivoted, options: options)
    guard !builder.measures.isEmpty else { return nil }
    return builder.model(wanted: table.chart ?? .automatic)
  }

  private init(_ table: ResultTable, options: FormatOptions) {
    self.table = table
    self.options = options
    rowLimit = options.terminal.map { max(1, $0.rowLimit) } ?? Self.pageRowLimit
    let all = [0..<table.rowCount]
    let displays = table.columns.map {
      DisplayColumn($0, in: table, rows: all, options: options)
    }
    keys = zip(table.columns, displays).filter { $0.0.role == .key }.map(\.1)
    measures = table.columns.indices.compactMap { index in
      Self.measure(at: index, of: table, displays)
    }
    let isTotal = { (row: Int) in table.columns.first?.values[row] == .label("(total)") }
    rows = (0..<table.rowCount).filter { !isTotal($0) }
    for row in (0..<table.rowCount).filter(isTotal) {
      let texts = measures.map { "\($0.name) \($0.columns[0].text(row))" }
      remarks.append("(total): " + texts.joined(separator: ", "))
    }
  }

  private static func measure(
    at index: Int, of table: ResultTable, _ displays: [DisplayColumn]
  ) -> Measure? {
    let column = table.columns[index]
    guard column.role == .measure, column.unit.isNumeric,
      column.values.contains(where: { $0.double?.isFinite == true })
    else { return nil }
    func companions(_ kinds: [ResultColumn.Companion]) -> [Int] {
      kinds.compactMap { kind in
        table.columns.firstIndex { $0.role == .companion(of: index, kind) }
      }
    }
    let beside = companions([.baseline, .running, .rolling]).filter {
      table.columns[$0].unit == column.unit
    }
    var ends = column.intervals
    let bounds = companions([.low, .high])
    if ends.isEmpty, bounds.count == 2 {
      ends = zip(table.columns[bounds[0]].values, table.columns[bounds[1]].values).map {
        guard let low = $0.double, let high = $1.double else { return nil }
        return ValueInterval(low: low, high: high)
      }
    }
    return Measure(
      name: displays[index].name, unit: column.unit,
      columns: ([index] + beside).map { displays[$0] }, ends: [ends])
  }

  // MARK: The kind

  private mutating func model(wanted: Chart) -> ChartModel {
    let kind = self.kind(wanted)
    let picture: ChartModel.Picture =
      switch kind {
      case .bar, .automatic: .bars(bars())
      case .line: .lines(lines())
      case .heat: .heat(heat())
      case .spark: .spark(spark())
      }
    return ChartModel(
      title: Printable.text(table.plainTitle), picture: picture, remarks: remarks)
  }

  /// The kind that is drawn: the wanted one, or what suits the keys.
  private mutating func kind(_ wanted: Chart) -> Chart {
    switch wanted {
    case .bar: return .bar
    case .line where !keys.isEmpty && keys.count <= 2: return .line
    case .heat where keys.count == 2: return .heat
    case .spark where keys.count == 2 || keys.count == 1: return .spark
    default: break
    }
    let suited = suitedKind()
    if wanted != .automatic {
      let need = wanted == .heat ? "two keys" : "one or two keys"
      remarks.append(
        "A \(wanted.rawValue) chart needs \(need); drawn as a \(suited.rawValue) chart.")
    }
    return suited
  }

  private func suitedKind() -> Chart {
    switch keys.count {
    case 1: return timeKey == nil ? .bar : .line
    case 2:
      guard let time = timeKey else { return .heat }
      let others = Set(rows.map { keys[1 - time].text($0) })
      return others.count <= Self.seriesLimit ? .line : .spark
    default: return .bar
    }
  }

  /// The key whose values are periods or instants.
  var timeKey: Int? {
    keys.indices.first { isTime(keys[$0]) }
  }

  private func isTime(_ key: DisplayColumn) -> Bool {
    if key.unit.isInstant { return true }
    guard key.unit == .text, !rows.isEmpty else { return false }
    var grain: PeriodOrdinal.Grain?
    for row in rows {
      guard case .text(let text) = key.values[row] else {
        if key.values[row] == .missing { continue }
        return false
      }
      guard let period = PeriodOrdinal(text), period.grain == grain ?? period.grain else {
        return false
      }
      grain = period.grain
    }
    return grain != nil
  }

  // MARK: Points

  /// The point of a row in one of the measure's columns.
  func point(_ row: Int, _ measure: Measure, column index: Int = 0) -> ChartPoint {
    let column = measure.columns[index]
    guard let value = column.values[row].double, value.isFinite else {
      return ChartPoint(value: nil, text: column.text(row), interval: nil)
    }
    var point = ChartPoint(value: value, text: column.text(row), interval: nil)
    if index == 0, row < measure.ends[0].count, let ends = measure.ends[0][row],
      ends.low.isFinite, ends.high.isFinite
    {
      point.interval = ends
      point.intervalText = column.intervalText(row) ?? ""
    }
    return point
  }

  /// All numbers that must find a place on the scale.
  func extent(_ series: [ChartSeries]) -> [Double] {
    series.flatMap(\.points).flatMap { point in
      [point.value, point.interval?.low, point.interval?.high].compactMap { $0 }
    }
  }

  /// More lines than this cannot be told apart.
  static let seriesLimit = 8
  static let columnLimit = 200
  private static let pageRowLimit = 200
}
