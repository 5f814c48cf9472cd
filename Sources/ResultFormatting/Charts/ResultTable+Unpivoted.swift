extension ResultTable {
  /// The same result with the key of `across` as a key of rows again, as pictures need it; without
  /// the row of totals and what stands beside measures.
  var unpivoted: ResultTable {
    let pivots = columns.compactMap(\.pivot)
    guard let key = pivots.first else { return self }
    var values: [ResultValue] = []
    var measures: [String] = []
    for pivot in pivots {
      if !values.contains(pivot.value) { values.append(pivot.value) }
      if !measures.contains(pivot.measure) { measures.append(pivot.measure) }
    }
    let rows = (0..<rowCount).filter { columns.first?.values[$0] != .label("(total)") }
    var result = self
    result.columns = columns.filter { $0.role == .key }.map { column in
      var column = column
      column.values = ResultValues(
        rows.flatMap { Array(repeating: column.values[$0], count: values.count) })
      return column
    }
    result.columns.append(
      ResultColumn(
        name: key.key, unit: key.unit, role: .key, values: rows.flatMap { _ in values }))
    for measure in measures {
      let parts = values.map { value in
        columns.first { $0.pivot?.value == value && $0.pivot?.measure == measure }
      }
      guard var column = parts.compactMap({ $0 }).first else { continue }
      column.name = measure
      column.pivot = nil
      column.values = ResultValues(
        rows.flatMap { row in parts.map { $0?.values[row] ?? .missing } })
      let hasIntervals = parts.contains { $0?.intervals.isEmpty == false }
      column.intervals =
        hasIntervals
        ? rows.flatMap { row in
          parts.map { part in part.flatMap { row < $0.intervals.count ? $0.intervals[row] : nil } }
        } : []
      result.columns.append(column)
    }
    return result
  }
}
