import QueryPlanning
import Results

/// Computes the columns of a result from its rows.
struct ColumnBuilder {
  private let plan: QueryPlan
  private let tables: QueryTables
  private let formatter: KeyFormatter
  private let rows: [ResultRow]
  private let main: FormulaEvaluator
  private let totals: FormulaEvaluator
  private let baseline: FormulaEvaluator
  private let unfinished: FormulaEvaluator
  private let baselineTotals: FormulaEvaluator
  private let allCell: GroupCell
  private let totalCell: GroupCell
  /// The rows among which `rank` counts.
  private let ranked: [GroupRow]
  private let showsIntervals: Bool

  init(
    plan: QueryPlan, tables: QueryTables, settings: PlanningSettings, all: [GroupRow],
    ranked: [GroupRow], rows: [ResultRow]
  ) {
    self.plan = plan
    self.tables = tables
    self.rows = rows
    self.ranked = ranked
    formatter = KeyFormatter(settings: settings)
    showsIntervals = settings.showsIntervals
    main = FormulaEvaluator(tables: tables.main)
    totals = FormulaEvaluator(tables: tables.totals)
    baseline = FormulaEvaluator(tables: tables.baseline)
    unfinished = FormulaEvaluator(tables: tables.unfinished)
    baselineTotals = FormulaEvaluator(tables: tables.baselineTotals)
    totalCell = GroupCell(groups: tables.totals.map { $0.count > 0 ? [0] : [] })
    allCell = GroupCell(groups: tables.main.map { Array(0..<$0.count) })
  }

  /// A value's place in the result: a row, or a row's part under a pivoted key.
  private struct Spot {
    var cell: GroupCell
    var baseline: GroupCell?
    var isUnfinished = false
    var row: ResultRow
  }

  /// All columns.
  func columns() throws(ExecutionError) -> [ResultColumn] {
    var columns = keyColumns()
    if !plan.query.isPivoted {
      let spots = rows.map {
        Spot(
          cell: $0.row.cell, baseline: $0.row.baseline, isUnfinished: $0.row.isUnfinished, row: $0)
      }
      for measure in plan.measures.indices {
        columns += try measureColumns(measure, spots, prefix: "", base: columns.count)
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
          isUnfinished: part?.isUnfinished ?? false, row: row)
      }
      let label = label(of: value)
      for measure in plan.measures.indices {
        let place = columns.count
        columns += try measureColumns(measure, spots, prefix: label, base: place)
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
    let order = RowOrder(parts, keyCount: 1)
    return parts.sorted { order.precedes($0, $1) }.map { $0.keys[0] }
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
    let type = measure.formula.operandType(plan)
    let evaluator = spot.row.isTotal && !plan.query.isPivoted ? totals : main
    return try evaluator.result(measure.formula, spot.cell, type: type, keys: formatter)
  }

  private func evaluator(_ spot: Spot) -> FormulaEvaluator {
    spot.row.isTotal && !plan.query.isPivoted ? totals : main
  }

  private func measureColumns(
    _ index: Int, _ spots: [Spot], prefix: String, base: Int
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
      intervals = spots.map { evaluator($0).interval(measure.sampling, $0.cell, level: level) }
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
          name: "\(name)_\(suffix)", unit: unit, better: own.better,
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
      add("rank", .rank, unit: .count, ranks(measure, spots, isFair: rank == .fair))
    }
    if options.isRunning {
      add(
        "running", .running, unit: own.unit,
        try spots.map { spot throws(ExecutionError) in
          try windowed(spot.row.window.running, measure)
        })
    }
    if options.rolling != nil {
      add(
        "rolling", .rolling, unit: own.unit,
        try spots.map { spot throws(ExecutionError) in
          try windowed(spot.row.window.rolling, measure)
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
  private func ranks(_ measure: PlannedMeasure, _ spots: [Spot], isFair: Bool) -> [ResultValue] {
    func score(_ cell: GroupCell) -> Double? {
      isFair
        ? RowRanking.cautious(measure, main, cell) : main.number(measure.formula, cell)
    }
    let isLower = measure.measure.better == .lower
    let all = ranked.compactMap { score($0.cell) }.sorted { isLower ? $0 < $1 : $0 > $1 }
    var place: [Double: Int] = [:]
    for (index, value) in all.enumerated() where place[value] == nil { place[value] = index + 1 }
    return spots.map { spot in
      guard spot.row.label == nil, let value = score(spot.cell), let rank = place[value] else {
        return .missing
      }
      return .integer(Int64(rank))
    }
  }

  // MARK: Comparisons

  /// What a value is compared with: a number, and where it comes from groups, these.
  private struct Base {
    var value: ResultValue
    var groups: (evaluator: FormulaEvaluator, cell: GroupCell)?
  }

  private func base(
    _ comparison: BoundBaseline, _ index: Int, _ spot: Spot
  ) throws(ExecutionError) -> Base {
    let measure = plan.measures[index]
    func from(
      _ evaluator: FormulaEvaluator, _ cell: GroupCell?
    ) throws(ExecutionError) -> Base {
      guard let cell, !evaluator.tables.isEmpty else { return Base(value: .missing) }
      let value = try evaluator.result(
        measure.formula, cell, type: measure.formula.operandType(plan), keys: formatter)
      return Base(value: value, groups: (evaluator, cell))
    }
    switch comparison.source {
    case .rows:
      return try from(spot.row.isTotal ? baselineTotals : baseline, spot.baseline)
    case .bucket:
      if spot.row.isTotal { return Base(value: .missing) }
      return try from(spot.isUnfinished ? unfinished : baseline, spot.baseline)
    case .total: return try from(totals, totalCell)
    case .rest:
      return spot.row.isTotal
        ? Base(value: .missing) : try from(main, complement(of: spot.cell))
    case .figures(let figures):
      return Base(value: figures[index].map { .number($0) } ?? .missing)
    }
  }

  /// All groups but those of a cell.
  private func complement(of cell: GroupCell) -> GroupCell {
    GroupCell(
      groups: zip(allCell.groups, cell.groups).map { all, own in
        let excluded = Set(own)
        return all.filter { !excluded.contains($0) }
      })
  }

  private func addComparison(
    _ comparison: BoundBaseline, _ index: Int, _ spots: [Spot], _ values: [ResultValue],
    level: Double,
    _ add: (
      String, ResultColumn.Companion, ValueUnit, [ResultValue], [ValueInterval?]
    ) -> Void
  ) throws(ExecutionError) {
    let measure = plan.measures[index]
    let unit = measure.measure.unit
    let bases = try spots.map { spot throws(ExecutionError) in try base(comparison, index, spot) }
    add(comparison.suffix, .baseline, unit, bases.map(\.value), [])
    var changes: [ResultValue] = []
    var percents: [ResultValue] = []
    var chances: [ResultValue] = []
    var intervals: [ValueInterval?] = []
    for ((spot, value), base) in zip(zip(spots, values), bases) {
      changes.append(Self.difference(value, base.value))
      percents.append(Self.percentage(value, base.value))
      let p = base.groups.flatMap {
        evaluator(spot).pValue(measure.sampling, spot.cell, $0.evaluator, $0.cell)
      }
      chances.append(p.map { .number($0) } ?? .missing)
      intervals.append(
        base.groups.flatMap {
          evaluator(spot).changeInterval(
            measure.sampling, spot.cell, $0.evaluator, $0.cell, level: level)
        })
    }
    add("change", .change, unit, changes, showsIntervals ? intervals : [])
    add("change_pct", .changePercent, .percent, percents, [])
    add("p", .pValue, .number, chances, [])
    if plan.query.options.interval != nil {
      add(
        "change_low", .changeLow, unit, intervals.map { $0.map { .number($0.low) } ?? .missing }, []
      )
      add(
        "change_high", .changeHigh, unit,
        intervals.map { $0.map { .number($0.high) } ?? .missing }, [])
    }
  }

  private static func difference(_ value: ResultValue, _ base: ResultValue) -> ResultValue {
    if case .integer(let a) = value, case .integer(let b) = base {
      let (difference, overflow) = a.subtractingReportingOverflow(b)
      if !overflow { return .integer(difference) }
    }
    guard let a = value.double, let b = base.double else { return .missing }
    return .number(a - b)
  }

  private static func percentage(_ value: ResultValue, _ base: ResultValue) -> ResultValue {
    guard let a = value.double, let b = base.double, b != 0 else { return .missing }
    return .number(100 * (a - b) / abs(b))
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
