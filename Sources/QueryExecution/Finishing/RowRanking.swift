import QueryPlanning

/// Sorts rows by formulas, and keeps the best.
struct RowRanking {
  let evaluator: FormulaEvaluator

  /// The indexes of rows by formulas, missing values last, ties in the order they had.
  func order(
    _ rows: [GroupRow], by order: [(formula: Formula<PrimitiveSlot>, isDescending: Bool)]
  ) -> [Int] {
    let columns = order.map { formula, isDescending in
      let values =
        if case .key(let key) = formula {
          RowOrder.ranks(rows, key: key)
        } else {
          rows.map { evaluator.number(formula, $0.cell, keys: $0.keys) }
        }
      return (values: values, isDescending: isDescending)
    }
    return rows.indices.sorted { left, right in
      for index in columns.indices {
        if let first = ValueOrder.precedes(
          columns[index].values[left], columns[index].values[right],
          isDescending: columns[index].isDescending)
        {
          return first
        }
      }
      return left < right
    }
  }

  /// The indexes of rows from the best to the worst by a measure's value, or by the cautious end of
  /// its interval.
  private func ranked(
    _ rows: [GroupRow], by measure: PlannedMeasure, isBottom: Bool, isFair: Bool
  ) -> [Int] {
    if !isFair { return order(rows, by: [(measure.formula, !isBottom)]) }
    let values = rows.map { Self.cautious(measure, evaluator, $0.cell) }
    let isDescending = (measure.measure.better != .lower) != isBottom
    return rows.indices.sorted { left, right in
      ValueOrder.precedes(values[left], values[right], isDescending: isDescending) ?? (left < right)
    }
  }

  /// The end of the 95% interval that makes a measure look worse; the value itself where it has
  /// no interval.
  static func cautious(
    _ measure: PlannedMeasure, _ evaluator: FormulaEvaluator, _ cell: GroupCell
  ) -> Double? {
    guard let value = evaluator.number(measure.formula, cell) else { return nil }
    if case .none = measure.sampling { return value }
    guard let interval = evaluator.interval(measure.sampling, cell, level: 0.95) else { return nil }
    return measure.measure.better == .lower ? interval.high : interval.low
  }

  /// The indexes of the first N rows, of each value of the `per` key in the order of that key, and
  /// of the rest.
  func best(
    _ rows: [GroupRow], _ ranking: BoundRanking, by measure: PlannedMeasure
  ) -> (kept: [Int], rest: [Int]) {
    let ranked = ranked(
      rows, by: measure, isBottom: ranking.isBottom, isFair: ranking.isFair)
    guard let per = ranking.per else {
      return (Array(ranked.prefix(ranking.count)), Array(ranked.dropFirst(ranking.count)))
    }
    var taken: [KeyValue: [Int]] = [:]
    var rest: [Int] = []
    var seen: [KeyValue] = []
    var known: Set<KeyValue> = []
    for row in rows where known.insert(row.keys[per]).inserted { seen.append(row.keys[per]) }
    for index in ranked {
      let value = rows[index].keys[per]
      if taken[value, default: []].count < ranking.count {
        taken[value, default: []].append(index)
      } else {
        rest.append(index)
      }
    }
    return (seen.flatMap { taken[$0] ?? [] }, rest)
  }
}
