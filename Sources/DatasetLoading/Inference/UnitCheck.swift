import ColumnStore

/// Finds the unit of lengths of time whose header names none, by the moments in the same file.
enum UnitCheck {
  /// The units that a number may have, in seconds, with their names.
  private static let units: [(seconds: Int64, name: String)] = [
    (1, "seconds"), (60, "minutes"), (3_600, "hours"), (86_400, "days"),
  ]
  private static let leastRows = 10
  private static let mostRows = 20_000

  /// The unit of `lengths` for which they are the time from `start` to `end`; nil where none is,
  /// or where too few rows tell.
  static func unit(
    of lengths: NumberColumn, from start: NumberColumn, to end: NumberColumn
  ) -> (seconds: Int64, name: String)? {
    var hits = [Int](repeating: 0, count: units.count)
    var rows = 0
    for row in 0..<min(lengths.count, mostRows) {
      guard let length = lengths.double(row), let from = start.double(row),
        let to = end.double(row), length > 0, to > from
      else { continue }
      rows &+= 1
      for (index, unit) in units.enumerated() {
        let seconds = length * Double(unit.seconds)
        // Rounded to two digits of the unit, or to whole minutes.
        if abs(seconds - (to - from)) <= max(Double(unit.seconds) * 0.006, 1) { hits[index] &+= 1 }
      }
    }
    guard rows >= leastRows, let best = units.indices.max(by: { hits[$0] < hits[$1] }),
      hits[best] &* 10 >= rows &* 9
    else { return nil }
    return units[best]
  }

  /// The column with every value so many times as large; nil where one would be out of range.
  static func scaled(_ column: NumberColumn, by factor: Int64) -> NumberColumn? {
    if column.width == .float64 {
      return NumberColumn(
        doubles: (0..<column.count).map { row in column.double(row).map { $0 * Double(factor) } })
    }
    let low = column.minimum.multipliedReportingOverflow(by: factor)
    let high = column.maximum.multipliedReportingOverflow(by: factor)
    if low.overflow || high.overflow { return nil }
    return NumberColumn(
      (0..<column.count).map { row in
        column.isValid(row) ? column.stored(row) &* factor : nil
      }, scale: column.scale)
  }
}
