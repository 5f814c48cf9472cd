import QueryPlanning
import Results

/// What `vs` adds to a measure: its value there, the change, and how likely that is by chance.
extension ColumnBuilder {
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
      guard spot.row.isTotal else { return try from(baseline, spot.baseline) }
      return try from(
        plan.query.isPivoted ? baselinePivotTotals : baselineTotals, spot.baseline)
    case .bucket(let key, _, _, _):
      guard spot.row.isTotal else {
        return try from(spot.isUnfinished ? unfinished : baseline, spot.baseline)
      }
      // A total over several buckets has none before it.
      guard plan.query.isPivoted, key == plan.query.keys.count - 1 else {
        return Base(value: .missing)
      }
      return try from(
        spot.isUnfinished ? unfinishedPivotTotals : baselinePivotTotals, spot.baseline)
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

  func addComparison(
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
    var shown: [ValueInterval?] = []
    for ((spot, value), base) in zip(zip(spots, values), bases) {
      changes.append(Self.difference(value, base.value))
      percents.append(Self.percentage(value, base.value))
      let p = base.groups.flatMap {
        evaluator(spot).pValue(measure.sampling, spot.cell, $0.evaluator, $0.cell)
      }
      chances.append(p.map { .number($0) } ?? .missing)
      let interval = base.groups.flatMap {
        evaluator(spot).changeInterval(
          measure.sampling, spot.cell, $0.evaluator, $0.cell, level: level)
      }
      intervals.append(interval)
      if showsIntervals { shown.append(interval ?? figureInterval(measure, spot, base, level)) }
    }
    add("change", .change, unit, changes, shown)
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

  /// The interval of a change against a figure that comes from no rows and is taken as certain.
  private func figureInterval(
    _ measure: PlannedMeasure, _ spot: Spot, _ base: Base, _ level: Double
  ) -> ValueInterval? {
    guard base.groups == nil, let figure = base.value.double,
      let interval = evaluator(spot).interval(measure.sampling, spot.cell, level: level)
    else { return nil }
    return ValueInterval(low: interval.low - figure, high: interval.high - figure)
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
