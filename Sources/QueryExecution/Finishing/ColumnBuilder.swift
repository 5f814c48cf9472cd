import ColumnStore
import QueryPlanning
import Results

/// Computes the columns of a result from its rows.
struct ColumnBuilder {
  let plan: QueryPlan
  private let tables: QueryTables
  let formatter: KeyFormatter
  private let cancellation: CancellationFlag
  private let rows: [ResultRow]
  let main: FormulaEvaluator
  let totals: FormulaEvaluator
  let baseline: FormulaEvaluator
  let unfinished: FormulaEvaluator
  let baselineTotals: FormulaEvaluator
  private let pivotTotals: FormulaEvaluator
  let baselinePivotTotals: FormulaEvaluator
  let unfinishedPivotTotals: FormulaEvaluator
  let allCell: GroupCell
  let totalCell: GroupCell
  /// The rows among which `rank` counts.
  private let ranked: [GroupRow]
  let showsIntervals: Bool

  init(
    plan: QueryPlan, tables: QueryTables, settings: PlanningSettings,
    cancellation: CancellationFlag, all: [GroupRow], ranked: [GroupRow], rows: [ResultRow]
  ) {
    self.plan = plan
    self.tables = tables
    self.cancellation = cancellation
    self.rows = rows
    self.ranked = ranked
    formatter = KeyFormatter(settings: settings)
    showsIntervals = settings.showsIntervals
    main = FormulaEvaluator(tables: tables.main)
    totals = FormulaEvaluator(tables: tables.totals)
    baseline = FormulaEvaluator(tables: tables.baseline)
    unfinished = FormulaEvaluator(tables: tables.unfinished)
    baselineTotals = FormulaEvaluator(tables: tables.baselineTotals)
    pivotTotals = FormulaEvaluator(tables: tables.pivotTotals)
    baselinePivotTotals = FormulaEvaluator(tables: tables.baselinePivotTotals)
    unfinishedPivotTotals = FormulaEvaluator(tables: tables.unfinishedPivotTotals)
    totalCell = GroupCell(groups: tables.totals.map { $0.count > 0 ? [0] : [] })
    allCell = GroupCell(groups: tables.main.map { Array(0..<$0.count) })
  }

  /// A value's place in the result: a row, or a row's part under a pivoted key.
  struct Spot {
    var cell: GroupCell
    var baseline: GroupCell?
    var isUnfinished = false
    var window: TimeWindow
    var row: ResultRow
  }

  /// All columns.
  func columns() throws(ExecutionError) -> [ResultColumn] {
    var columns = keyColumns()
    try cancellation.check()
    if !plan.query.isPivoted {
      let spots = rows.map {
        Spot(
          cell: $0.row.cell, baseline: $0.row.baseline, isUnfinished: $0.row.isUnfinished,
          window: $0.window, row: $0)
      }
      for measure in plan.measures.indices {
        columns += try measureColumns(
          measure, spots, ranked: ranked.map(\.cell), prefix: "", base: columns.count)
      }
      return columns
    }
    let none = GroupCell(tasks: plan.tasks.count)
    for value in pivotValues() {
      let spots = rows.map { row in
        let part = row.row.pivot[value]
        return Spot(
          cell: part?.cell ?? none,
          baseline: part?.baseline ?? row.row.baseline.map { _ in none },
          isUnfinished: part?.isUnfinished ?? false,
          window: row.pivotWindows[value] ?? TimeWindow(), row: row)
      }
      let label = label(of: value)
      for measure in plan.measures.indices {
        let place = columns.count
        columns += try measureColumns(
          measure, spots, ranked: ranked.map { $0.pivot[value]?.cell ?? none }, prefix: label,
          base: place)
        columns[place].pivot = pivot(value, measure)
      }
    }
    return columns
  }

  private func keyColumns() -> [ResultColumn] {
    let count = plan.query.keys.count - (plan.query.isPivoted ? 1 : 0)
    return plan.query.keys.prefix(count).enumerated().map { index, key in
      ResultColumn(
        name: key.name, unit: ValueUnit(key.type), role: .key,
        values: rows.map { row in
          if let label = row.label { return index == 0 ? .label(label) : .missing }
          return formatter.value(row.row.keys[index], key.type)
        })
    }
  }

  // MARK: Pivot

  private func pivotValues() -> [KeyValue] {
    var seen: Set<KeyValue> = []
    for row in rows { seen.formUnion(row.row.pivot.keys) }
    let parts = seen.map { GroupRow(keys: [$0], cell: GroupCell(tasks: 0)) }
    return RowOrder.sorted(parts, keyCount: 1).map { $0.keys[0] }
  }

  private func pivot(_ value: KeyValue, _ measure: Int) -> ResultColumn.Pivot? {
    plan.query.keys.last.map { key in
      ResultColumn.Pivot(
        key: key.name, unit: ValueUnit(key.type), value: formatter.value(value, key.type),
        measure: plan.measures[measure].measure.name)
    }
  }

  private func label(of value: KeyValue) -> String {
    guard let type = plan.query.keys.last?.type else { return "" }
    switch formatter.value(value, type) {
    case .missing: return "(none)"
    case .text(let text), .label(let text): return text
    case .integer(let integer): return String(integer)
    case .number(let number): return String(number)
    case .boolean(let flag): return flag ? "true" : "false"
    case .time(let seconds): return String(seconds)
    case .list(let texts): return texts.joined(separator: ";")
    }
  }

  private func name(_ measure: PlannedMeasure, prefix: String) -> String {
    if prefix.isEmpty, !plan.query.isPivoted { return measure.measure.name }
    return plan.measures.count == 1 ? prefix : "\(prefix) \(measure.measure.name)"
  }

  // MARK: Measures

  private func value(
    _ measure: PlannedMeasure, _ spot: Spot
  ) throws(ExecutionError) -> ResultValue {
    try cancellation.check()
    let type = measure.formula.operandType(plan)
    return try evaluator(spot).result(measure.formula, spot.cell, type: type, keys: formatter)
  }

  func evaluator(_ spot: Spot) -> FormulaEvaluator {
    guard spot.row.isTotal else { return main }
    return plan.query.isPivoted ? pivotTotals : totals
  }

  private func measureColumns(
    _ index: Int, _ spots: [Spot], ranked: [GroupCell], prefix: String, base: Int
  ) throws(ExecutionError) -> [ResultColumn] {
    let measure = plan.measures[index]
    let options = plan.query.options
    let name = name(measure, prefix: prefix)
    let own = measure.measure
    let level = options.interval ?? 0.95
    let values = try spots.map { spot throws(ExecutionError) in try value(measure, spot) }
    var intervals: [ValueInterval?] = []
    let hasSampling = measure.sampling != .none
    if hasSampling, options.interval != nil || showsIntervals {
      intervals = try spots.map { spot throws(ExecutionError) in
        try cancellation.check()
        return evaluator(spot).interval(measure.sampling, spot.cell, level: level)
      }
    }
    var columns = [
      ResultColumn(
        name: name, unit: own.unit, better: own.better, role: .measure, values: values,
        intervals: showsIntervals && options.interval == nil ? intervals : [])
    ]
    func add(
      _ suffix: String, _ companion: ResultColumn.Companion, unit: ValueUnit,
      _ values: [ResultValue], intervals: [ValueInterval?] = []
    ) {
      columns.append(
        ResultColumn(
          name: "\(name)_\(suffix)", unit: unit, better: companion.better(own.better),
          role: .companion(of: base, companion), values: values, intervals: intervals))
    }
    func number(_ value: Double?) -> ResultValue { value.map { .number($0) } ?? .missing }
    if options.interval != nil {
      let ends = hasSampling ? intervals : spots.map { _ in nil }
      add("low", .low, unit: own.unit, ends.map { number($0?.low) })
      add("high", .high, unit: own.unit, ends.map { number($0?.high) })
    }
    if options.showsCounts {
      add(
        "n", .sampleSize, unit: .count,
        try spots.map { spot throws(ExecutionError) in
          guard let sample = measure.sample else { return .missing }
          return try evaluator(spot).result(sample, spot.cell, type: nil, keys: formatter)
        })
    }
    if options.showsShare, own.isAdditive {
      let whole = totals.number(measure.formula, totalCell)
      add(
        "share", .share, unit: .percent,
        zip(spots, values).map { spot, value in
          guard let whole, whole != 0, let part = value.double else { return .missing }
          return .number(100 * part / whole)
        })
    }
    if let rank = options.rank {
      add("rank", .rank, unit: .count, ranks(measure, spots, among: ranked, isFair: rank == .fair))
    }
    if options.isRunning {
      add(
        "running", .running, unit: own.unit,
        try spots.map { spot throws(ExecutionError) in
          try windowed(spot.window.running, measure)
        })
    }
    if options.rolling != nil {
      add(
        "rolling", .rolling, unit: own.unit,
        try spots.map { spot throws(ExecutionError) in
          try windowed(spot.window.rolling, measure)
        })
    }
    if let comparison = plan.query.baseline {
      try addComparison(comparison, index, spots, values, level: level) {
        add($0, $1, unit: $2, $3, intervals: $4)
      }
    }
    return columns
  }

  /// A snapshot is never added up over time.
  private func windowed(
    _ cell: GroupCell?, _ measure: PlannedMeasure
  ) throws(ExecutionError) -> ResultValue {
    guard let cell, !measure.isSnapshot else { return .missing }
    return try main.result(
      measure.formula, cell, type: measure.formula.operandType(plan), keys: formatter)
  }

  /// Places among all groups: 1 is the largest value, or the smallest where lower is better; equal
  /// values share a place.
  private func ranks(
    _ measure: PlannedMeasure, _ spots: [Spot], among ranked: [GroupCell], isFair: Bool
  ) -> [ResultValue] {
    func score(_ cell: GroupCell) -> Double? {
      isFair
        ? RowRanking.cautious(measure, main, cell) : main.number(measure.formula, cell)
    }
    let isLower = measure.measure.better == .lower
    let all = ranked.compactMap(score).sorted { isLower ? $0 < $1 : $0 > $1 }
    var place: [Double: Int] = [:]
    for (index, value) in all.enumerated() where place[value] == nil { place[value] = index + 1 }
    return spots.map { spot in
      guard spot.row.label == nil, let value = score(spot.cell), let rank = place[value] else {
        return .missing
      }
      return .integer(Int64(rank))
    }
  }
}

extension ResultColumn.Companion {
  /// Which way it gets better, where it tells of a measure that gets better that way.
  fileprivate func better(_ measure: Direction) -> Direction {
    switch self {
    case .sampleSize, .share, .rank, .pValue: .none
    case .low, .high, .running, .rolling, .baseline, .change, .changePercent, .changeLow,
      .changeHigh:
      measure
    }
  }
}

extension Formula<PrimitiveSlot> {
  /// The type of the row values behind a bare minimum, maximum or mode.
  func operandType(_ plan: QueryPlan) -> RowType? {
    guard case .primitive(let slot) = self else { return nil }
    let primitive = plan.tasks[slot.task].primitives[slot.primitive]
    switch primitive.function {
    case .minimum, .maximum, .mode: return primitive.operands.first?.type
    default: return nil
    }
  }
}
