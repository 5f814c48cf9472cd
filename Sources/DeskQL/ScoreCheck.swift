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
    var ratings: [String: [Double: Int]] = [:]
    for (kind, counts) in ScoreCounts(table)?.counts ?? [:] {
      ratings[kind ?? plainKind(of: table), default: [:]].merge(counts, uniquingKeysWith: +)
    }
    var scales: [String: ClosedRange<Double>] = [:]
    var problems: [LoadReport.ProblemCount] = []
    for (kind, counts) in ratings.sorted(by: { $0.key < $1.key }) {
      guard let scale = scale(kind, counts, settings) else { continue }
      let off = counts.reduce(0) { $0 + (scale.contains($1.key) ? 0 : $1.value) }
      guard off > 0 else { continue }
      scales[kind] = scale
      problems.append(
        LoadReport.ProblemCount(
          column: "score",
          reason: "off the \(kind) scale of \(text(scale.lowerBound)) to "
            + text(scale.upperBound), count: off))
    }
    guard !problems.isEmpty else { return (table, [], []) }
    let kinds = kinds(of: table)
    var setAside: [Int] = []
    let values = (0..<scores.count).map { row -> Double? in
      guard let value = scores.double(row) else { return nil }
      if scales[kinds[row]]?.contains(value) == false {
        setAside.append(row)
        return nil
      }
      return value
    }
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

  /// The kind of each row.
  private static func kinds(of table: Table) -> [String] {
    let plain = plainKind(of: table)
    guard let index = table.schema.index(of: "kind"),
      case .dictionary(let kinds) = table.columns[index]
    else { return [String](repeating: plain, count: table.rowCount) }
    return (0..<kinds.count).map { kinds.string($0)?.lowercased() ?? plain }
  }

  /// The kind of surveys that name none.
  private static func plainKind(of table: Table) -> String {
    if let index = table.schema.index(of: "kind"), case .dictionary = table.columns[index] {
      return "csat"
    }
    let header = table.schema.index(of: "score").map { table.schema.columns[$0].header } ?? ""
    return ["nps", "ces"].first { header.lowercased().contains($0) } ?? "csat"
  }

  private static let csatScales: [ClosedRange<Double>] = [
    0...1, 1...2, 1...3, 1...5, 0...5, 1...7, 0...7, 1...10, 0...10,
  ]

  /// The scale of a kind: the set one; for nps 0 to 10, for ces 1 to 7, and for csat the smallest
  /// known scale that holds at least 98 of 100 answers.
  private static func scale(
    _ kind: String, _ counts: [Double: Int], _ settings: PlanningSettings
  ) -> ClosedRange<Double>? {
    switch kind {
    case "nps": return 0...10
    case "ces": return settings.cesScale ?? 1...7
    case "csat":
      if let scale = settings.csatScale { return scale }
      let all = counts.values.reduce(0, +)
      return csatScales.first { scale in
        let inside = counts.reduce(0) { $0 + (scale.contains($1.key) ? $1.value : 0) }
        return inside * 100 >= all * 98
      }
    default: return nil
    }
  }
}
