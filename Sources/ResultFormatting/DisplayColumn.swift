/// A column with what must be known to show its cells to people.
struct DisplayColumn {
  /// Which way a change of the value points.
  enum Trend {
    case better, worse, neutral
  }

  let name: String
  let unit: ValueUnit
  let isRightAligned: Bool
  let values: [ResultValue]
  let intervals: [ValueInterval?]

  private let role: ResultColumn.Role
  private let better: Direction
  private let decimals: Int
  private let missingText: String
  private let options: FormatOptions

  /// The display form of a column of the table. `rows` are those that will be seen; numbers get
  /// as many decimals as they ask for.
  init(_ column: ResultColumn, in table: ResultTable, rows: [Range<Int>], options: FormatOptions) {
    name = Printable.text(column.name)
    unit = column.unit
    isRightAligned = column.unit.isNumeric
    values = column.values
    intervals = column.intervals
    role = column.role
    better = Self.direction(of: column, in: table)
    decimals = Self.decimals(of: column.values, in: rows)
    // Only a grouping key has groups to name; a cell of `list` is just not known.
    let isGroupingKey =
      column.role == .key && table.columns.contains { $0.role != .key }
    missingText = isGroupingKey ? "(none)" : options.usesASCII ? "-" : "–"
    self.options = options
  }

  /// The cell as people read it.
  func text(_ row: Int) -> String {
    let value = values[row]
    guard isChange, let number = value.double, number.isFinite else { return text(value) }
    let sign = number > 0 ? "+" : ""
    return arrow(number) + sign + text(value)
  }

  /// The interval beside the value, `81.0–87.1`; nil where there is none.
  func intervalText(_ row: Int) -> String? {
    guard row < intervals.count, let interval = intervals[row] else { return nil }
    guard interval.low.isFinite, interval.high.isFinite else { return nil }
    let isPlain = interval.low >= 0 && !options.usesASCII
    return bareNumber(interval.low) + (isPlain ? "–" : " to ") + bareNumber(interval.high)
  }

  /// Whether the cell says that things got better or worse.
  func trend(_ row: Int) -> Trend {
    guard isChange, let number = values[row].double, number != 0 else { return .neutral }
    switch better {
    case .higher: return number > 0 ? .better : .worse
    case .lower: return number > 0 ? .worse : .better
    case .none, .band: return .neutral
    }
  }

  private func text(_ value: ResultValue) -> String {
    switch value {
    case .missing: missingText
    case .text(let text), .label(let text): Printable.text(text)
    case .list(let words): Printable.text(words.joined(separator: ", "))
    case .boolean(let flag): flag ? "true" : "false"
    case .time(let seconds): instantText(seconds)
    case .integer(let integer):
      if unit == .count || unit == .number {
        role == .key ? String(integer) : NumberText.grouped(integer)
      } else {
        number(Double(integer))
      }
    case .number(let double): double.isFinite ? number(double) : missingText
    }
  }

  private func number(_ number: Double) -> String {
    switch unit {
    case .time, .date: instantText(number)
    case .duration: DurationText.text(number)
    case .percent where isDifference: bareNumber(number)
    case .percent: percentText(number)
    case .count, .number, .points, .text, .boolean: bareNumber(number)
    }
  }

  /// The number without its unit, as it stands in intervals.
  private func bareNumber(_ number: Double) -> String {
    switch unit {
    case .percent, .points: return NumberText.fixed(number, decimals: 1)
    case .duration: return DurationText.text(number)
    default: break
    }
    if case .companion(_, .pValue) = role {
      return number < 0.001 ? "<0.001" : NumberText.fixed(number, decimals: 3)
    }
    return NumberText.fixed(number, decimals: decimals, isGrouped: role != .key)
  }

  /// A share that is not quite nothing or everything must not read as if it were.
  private func percentText(_ number: Double) -> String {
    if number > 0 && number < 0.05 { return "<0.1%" }
    if number > 99.95 && number < 100 { return ">99.9%" }
    return NumberText.fixed(number, decimals: 1) + "%"
  }

  private func instantText(_ seconds: Double) -> String {
    let text = unit == .date ? InstantText.date(seconds) : options.instantText(seconds)
    return text.isEmpty ? missingText : Printable.text(text)
  }

  private func arrow(_ change: Double) -> String {
    if change == 0 { return "" }
    if case .companion(_, let companion) = role,
      companion != .change && companion != .changePercent
    {
      return ""
    }
    return change > 0 ? (options.usesASCII ? "^ " : "▲ ") : (options.usesASCII ? "v " : "▼ ")
  }

  private var isChange: Bool {
    guard case .companion(_, let companion) = role else { return false }
    switch companion {
    case .change, .changePercent, .changeLow, .changeHigh: return true
    default: return false
    }
  }

  /// Shares differ by points, which are written without a percent sign.
  private var isDifference: Bool {
    guard case .companion(_, let companion) = role else { return false }
    return companion == .change || companion == .changeLow || companion == .changeHigh
  }

  private static func direction(of column: ResultColumn, in table: ResultTable) -> Direction {
    guard column.better == .none, case .companion(let measure, _) = column.role,
      table.columns.indices.contains(measure)
    else { return column.better }
    return table.columns[measure].better
  }

  private static func decimals(of values: [ResultValue], in rows: [Range<Int>]) -> Int {
    var largest = 0.0
    var hasFraction = false
    for range in rows {
      for row in range {
        guard case .number(let number) = values[row], number.isFinite else { continue }
        largest = max(largest, number.magnitude)
        if number != number.rounded() { hasFraction = true }
      }
    }
    return hasFraction ? NumberText.decimals(forMagnitude: largest) : 0
  }
}
