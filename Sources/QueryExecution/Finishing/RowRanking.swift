import QueryPlanning

/// Sorts rows by formulas, and keeps the best.
struct RowRanking {
  let evaluator: FormulaEvaluator
  let keyCount: Int

  /// The indexes of rows by formulas, missing values last, ties in the order they had.
  func order(
    _ rows: [GroupRow], by order: [(formula: Formula<PrimitiveSlot>, isDescending: Bool)]
  ) -> [Int] {
    let hasKeys = order.contains { if case .key = $0.formula { true } else { false } }
    let keyOrder = RowOrder(hasKeys ? rows : [], keyCount: keyCount)
    let values = rows.map { row in
      order.map { evaluator.number($0.formula, row.cell, keys: row.keys) }
    }
    return rows.indices.sorted { left, right in
      for (position, key) in order.enumerated() {
        if case .key(let index) = key.formula {
          let (a, b) = (rows[left].keys[index], rows[right].keys[index])
          if a == b { continue }
          if a == .missing || b == .missing { return b == .missing }
          return keyOrder.precedes(a, b, key: index) != key.isDescending
        }
        let (a, b) = (values[left][position], values[right][position])
        if let first = ValueOrder.precedes(a, b, isDescending: key.isDescending) { return first }
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
