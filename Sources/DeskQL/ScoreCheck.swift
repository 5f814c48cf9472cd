import ColumnStore
import DatasetLoading
import QueryPlanning

/// Sets ratings aside that lie off their scale.
enum ScoreCheck {
  /// The surveys without the ratings off their scale, how many there were of each kind, and the
  /// rows; the table itself where all are on it.
  static func checked(
    _ table: Table, _ settings: PlanningSettings
  ) -> (table: Table, problems: [LoadReport.ProblemCount], rows: [Int]) {
    guard Schema.folded(table.name) == "surveys", let index = table.schema.index(of: "score"),
      case .number(let scores) = table.columns[index]
    else { return (table, [], []) }
    let kinds = kinds(of: table)
    var values = (0..<scores.count).map { scores.double($0) }
    var problems: [LoadReport.ProblemCount] = []
    var setAside: [Int] = []
    for kind in Set(kinds.map { $0 ?? "csat" }).sorted() {
      let rows = values.indices.filter { (kinds[$0] ?? "csat") == kind && values[$0] != nil }
      guard let scale = scale(kind, rows.compactMap { values[$0] }, settings) else { continue }
      let off = rows.filter { row in values[row].map { !scale.contains($0) } ?? false }
      guard !off.isEmpty else { continue }
      for row in off { values[row] = nil }
      setAside += off
      problems.append(
        LoadReport.ProblemCount(
          column: "score",
          reason: "off the \(kind) scale of \(text(scale.lowerBound)) to "
            + text(scale.upperBound), count: off.count))
    }
    guard !problems.isEmpty else { return (table, [], []) }
    var columns = table.columns
    let integers = values.map { $0.flatMap { Int64(exactly: $0) } }
    let isWhole = zip(integers, values).allSatisfy { ($0 == nil) == ($1 == nil) }
    columns[index] = .number(isWhole ? NumberColumn(integers) : NumberColumn(doubles: values))
    return (
      Table(name: table.name, schema: table.schema, columns: columns, rowCount: table.rowCount),
      problems, setAside
    )
  }

  private static func text(_ value: Double) -> String {
    Int(exactly: value).map { String($0) } ?? String(value)
  }

  private static func kinds(of table: Table) -> [String?] {
    guard let index = table.schema.index(of: "kind"),
      case .dictionary(let kinds) = table.columns[index]
    else {
      let header = table.schema.index(of: "score").map { table.schema.columns[$0].header } ?? ""
      let kind = ["nps", "ces"].first { header.lowercased().contains($0) }
      return [String?](repeating: kind, count: table.rowCount)
    }
    return (0..<kinds.count).map { kinds.string($0)?.lowercased() }
  }

  private static let csatScales: [ClosedRange<Double>] = [
    0...1, 1...2, 1...3, 1...5, 0...5, 1...7, 0...7, 1...10, 0...10,
  ]

  /// The scale of a kind: the set one; for nps 0 to 10, for ces 1 to 7, and for csat the smallest
  /// known scale that holds at least 98 of 100 answers.
  private static func scale(
    _ kind: String, _ values: [Double], _ settings: PlanningSettings
  ) -> ClosedRange<Double>? {
    switch kind {
    case "nps": return 0...10
    case "ces": return settings.cesScale ?? 1...7
    case "csat":
      if let scale = settings.csatScale { return scale }
      return csatScales.first { scale in
        let inside = values.reduce(0) { $0 + (scale.contains($1) ? 1 : 0) }
        return inside * 100 >= values.count * 98
      }
    default: return nil
    }
  }
}
