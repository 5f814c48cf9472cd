/// A column with what must be known to show its cells to people.
struct DisplayColumn {
  /// Which way a change of the value points.
  enum Trend {
    case better, worse, neutral
    /// The interval of the change holds zero, so that it may be chance.
    case unproven
  }

  let name: String
  let unit: ValueUnit
  /// Whether the column says more of another: how sure a change is, or what it is in percent.
  let isDetail: Bool
  let isKey: Bool
  let isRightAligned: Bool
  let values: ResultValues
  let intervals: [ValueInterval?]

  /// The column whose other end of an interval this one is; nil for any other.
  let intervalOf: ResultColumn.Role?

  private let role: ResultColumn.Role
  private let better: Direction
  /// The intervals of the change that the column tells of, in points or in percent.
  private let changeIntervals: [ValueInterval?]
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
    isKey = column.role == .key
    switch column.role.companion {
    case .pValue, .changePercent, .changeLow, .changeHigh, .low, .high: isDetail = true
    default: isDetail = false
    }
    intervalOf =
      switch column.role {
      case .companion(let measure, .low), .companion(let measure, .high):
        .companion(of: measure, .low)
      case .companion(let measure, .changeLow), .companion(let measure, .changeHigh):
        .companion(of: measure, .changeLow)
      default: nil
      }
    better = Self.direction(of: column, in: table)
    changeIntervals = Self.changeIntervals(of: column, in: table)
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
    return arrow(number) + signed(number, text(value))
  }

  /// The interval beside the value, `81.0–87.1`; nil where there is none.
  func intervalText(_ row: Int) -> String? {
    guard row < intervals.count, let interval = intervals[row] else { return nil }
    let (low, high) = (interval.low, interval.high)
    guard low.isFinite, high.isFinite else { return nil }
    if isChange { return signed(low, bareNumber(low)) + " to " + signed(high, bareNumber(high)) }
    let isPlain = low >= 0 && !options.usesASCII
    return bareNumber(low) + (isPlain ? "–" : " to ") + bareNumber(high)
  }

  /// What stands in weak type behind the value: its interval where asked for, and that a change
  /// may be chance; empty where there is nothing to say.
  func remark(_ row: Int, withInterval: Bool) -> String {
    let interval = withInterval ? intervalText(row) : nil
    let doubt = role.companion == .change && trend(row) == .unproven ? "not proven" : nil
    return [interval, doubt].compactMap { $0 }.joined(separator: ", ")
  }

  /// The cell in one text, for formats without weak type.
  func fullText(_ row: Int) -> String {
    let remark = remark(row, withInterval: true)
    return remark.isEmpty ? text(row) : "\(text(row)) (\(remark))"
  }

  /// Whether the cell says that things got better or worse.
  func trend(_ row: Int) -> Trend {
    guard isChange, let number = values[row].double, number != 0 else { return .neutral }
    if row < changeIntervals.count, let interval = changeIntervals[row],
      interval.low <= 0, interval.high >= 0
    {
      return .unproven
    }
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
      switch unit {
      case .count: NumberText.grouped(integer)
      // A key may be an id or a year.
      case .number: role == .key ? String(integer) : NumberText.grouped(integer)
      default: number(Double(integer))
      }
    case .number(let double): double.isFinite ? number(double) : missingText
    }
  }

  private func number(_ number: Double) -> String {
    switch unit {
    case .time, .date: instantText(number)
    case .duration: DurationText.text(number)
    case .percent where role.companion == .changePercent: bareNumber(number) + "%"
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
    if role.companion == .pValue { return "p " + Self.chanceText(number) }
    // A key may be an id or a year, but not where it has decimals.
    let isGrouped = role != .key || decimals > 0
    let text = NumberText.fixed(number, decimals: decimals, isGrouped: isGrouped)
    // What is not nothing must not read as if it were.
    guard number != 0, !text.contains(where: { "123456789".contains($0) }) else { return text }
    let own = NumberText.decimals(forMagnitude: number.magnitude)
    return number.magnitude < 1e-6
      ? number.description : NumberText.fixed(number, decimals: own)
  }

  /// A share that is not quite nothing or everything must not read as if it were.
  private func percentText(_ number: Double) -> String {
    if number > 0 && number < 0.05 { return "<0.1%" }
    if number < 0 && number > -0.05 { return ">-0.1%" }
    if number > 99.95 && number < 100 { return ">99.9%" }
    return NumberText.fixed(number, decimals: 1) + "%"
  }

  private func instantText(_ seconds: Double) -> String {
    let text = unit == .date ? InstantText.date(seconds) : options.instantText(seconds)
    return text.isEmpty ? missingText : Printable.text(text)
  }

  /// As few digits as tell a probability from 0 and from the usual bound of 0.05.
  private static func chanceText(_ chance: Double) -> String {
    if chance < 0.001 { return "<0.001" }
    let isNearBound = chance >= 0.045 && chance < 0.055
    return NumberText.fixed(chance, decimals: chance < 0.01 || isNearBound ? 3 : 2)
  }

  private func signed(_ number: Double, _ text: String) -> String {
    number > 0 ? "+" + text : text
  }

  private func arrow(_ change: Double) -> String {
    guard change != 0, role.companion == .change || role.companion == .changePercent else {
      return ""
    }
    return change > 0 ? (options.usesASCII ? "^ " : "▲ ") : (options.usesASCII ? "v " : "▼ ")
  }

  private var isChange: Bool { isDifference || role.companion == .changePercent }

  /// Shares differ by points, which are written without a percent sign.
  private var isDifference: Bool {
    switch role.companion {
    case .change, .changeLow, .changeHigh: true
    default: false
    }
  }

  private static func changeIntervals(
    of column: ResultColumn, in table: ResultTable
  ) -> [ValueInterval?] {
    guard case .companion(let measure, .changePercent) = column.role else {
      return column.intervals
    }
    let change = table.columns.first { $0.role == .companion(of: measure, .change) }
    return change?.intervals ?? []
  }

  private static func direction(of column: ResultColumn, in table: ResultTable) -> Direction {
    guard column.better == .none, case .companion(let measure, _) = column.role,
      table.columns.indices.contains(measure)
    else { return column.better }
    return table.columns[measure].better
  }

  /// As many decimals as the largest value asks for; more where all values, such as amounts of
  /// money, have no more than a few.
  private static func decimals(of values: ResultValues, in rows: [Range<Int>]) -> Int {
    var largest = 0.0
    var needed = 0
    for range in rows {
      for row in range {
        guard case .number(let number) = values[row], number.isFinite else { continue }
        largest = max(largest, number.magnitude)
        needed = max(needed, NumberText.decimals(of: number))
      }
    }
    if needed == 0 { return 0 }
    let usual = NumberText.decimals(forMagnitude: largest)
    return needed <= NumberText.mostDecimals ? max(usual, needed) : usual
  }
}

extension ResultColumn.Role {
  /// What a companion column says; nil for keys and measures.
  var companion: ResultColumn.Companion? {
    guard case .companion(_, let companion) = self else { return nil }
    return companion
  }
}
