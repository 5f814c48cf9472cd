import ColumnStore
import DatasetLoading
import QueryPlanning

/// Ratings that are set aside since they lie off the scale of their kind.
struct OffScale: Sendable {
  /// The kind of the surveys.
  var kind: String
  var reason: String
  var count: Int
}

/// Sets ratings aside that lie off their scale.
enum ScoreCheck {
  /// How many surveys of each kind gave each rating; nil where the table has no ratings in
  /// numbers.
  static func ratings(of table: Table) -> ValueCounts? {
    guard let index = scoreIndex(of: table), case .number(let scores) = table.columns[index]
    else { return nil }
    return ValueCounts(of: scores, by: kinds(of: table))
  }

  /// The surveys without the ratings off their scale, how many there were of each kind, and the
  /// ratings that are left; the table itself where all are on it.
  ///
  /// Rows are looked at only where a rating is off, and only when somebody asks for the column.
  static func checked(
    _ table: Table, _ ratings: ValueCounts, _ settings: PlanningSettings
  ) -> (table: Table, problems: [OffScale], ratings: ValueCounts) {
    guard let index = scoreIndex(of: table) else { return (table, [], ratings) }
    let kindOfAll = kind(ofScoresIn: table)
    let entries = ratings.entries.map { (kind: $0.text?.lowercased() ?? kindOfAll, entry: $0) }
    var off: Set<ValueCounts.Entry> = []
    var problems: [OffScale] = []
    for kind in Set(entries.map(\.kind)).sorted() {
      let own = entries.filter { $0.kind == kind }.map(\.entry)
      guard let scale = scale(kind, own, table.schema.columns[index].scale, settings) else {
        continue
      }
      let outside = own.filter { !scale.contains($0.value) }
      guard !outside.isEmpty else { continue }
      off.formUnion(outside)
      problems.append(
        OffScale(
          kind: kind,
          reason: "off the \(kind) scale of \(Session.plain(scale.lowerBound)) to "
            + Session.plain(scale.upperBound), count: outside.reduce(0) { $0 + $1.count }))
    }
    guard !problems.isEmpty else { return (table, [], ratings) }
    let slot = LazyColumn(outline: table.columns.outline(index)) { [off] in
      without(off, in: table, index)
    }
    let left = ValueCounts(entries: ratings.entries.filter { !off.contains($0) })
    return (
      Table(
        name: table.name, schema: table.schema, columns: table.columns.replacing(index, by: slot),
        rowCount: table.rowCount, source: table.source),
      problems, left
    )
  }

  /// The ratings without those that are off.
  private static func without(
    _ off: Set<ValueCounts.Entry>, in table: Table, _ index: Int
  ) -> Column {
    guard case .number(let scores) = table.columns[index] else { return table.columns[index] }
    struct Pair: Hashable {
      var code: Int
      var value: Double
    }
    let kinds = kinds(of: table)
    var codeOf: [String: Int] = [:]
    for code in 0..<(kinds?.dictionary.count ?? 0) {
      codeOf[kinds?.dictionary.string(code) ?? ""] = code + 1
    }
    let pairs = Set(off.map { Pair(code: $0.text.flatMap { codeOf[$0] } ?? 0, value: $0.value) })
    let memory = ColumnMemory(byteCount: scores.count &* scores.width.byteCount)
    let validity = Bitmap(count: scores.count)
    for row in 0..<scores.count {
      guard let value = scores.double(row),
        !pairs.contains(Pair(code: kinds?.codes[row] ?? 0, value: value))
      else { continue }
      validity.words[row &>> 6] |= 1 &<< UInt64(row & 63)
      if scores.width == .float64 {
        memory.pointer(as: Double.self)[row] = value
      } else {
        NumberColumn.store(scores.stored(row), in: memory, width: scores.width, row: row)
      }
    }
    return .number(
      NumberColumn(
        width: scores.width, scale: scores.scale, memory: memory, count: scores.count,
        validity: validity))
  }

  /// Where the ratings of surveys stand, nil where they are no numbers.
  private static func scoreIndex(of table: Table) -> Int? {
    guard Schema.folded(table.name) == "surveys", let index = table.schema.index(of: "score"),
      case .number = table.columns.outline(index)
    else { return nil }
    return index
  }

  private static func kinds(of table: Table) -> DictionaryColumn? {
    guard let index = table.schema.index(of: "kind"),
      case .dictionary(let kinds) = table.columns[index]
    else { return nil }
    return kinds
  }

  /// The kind of surveys that do not say theirs.
  private static func kind(ofScoresIn table: Table) -> String {
    if let index = table.schema.index(of: "kind"),
      case .dictionary = table.columns.outline(index)
    {
      return "csat"
    }
    let header = table.schema.index(of: "score").map { table.schema.columns[$0].header } ?? ""
    return ["nps", "ces"].first { header.lowercased().contains($0) } ?? "csat"
  }

  private static let csatScales: [ClosedRange<Double>] = [
    0...1, -1...1, 1...2, 1...3, 1...5, 0...5, 1...7, 0...7, 1...10, 0...10,
  ]

  /// The scale of a kind: the set one, or the one that the file names; for nps 0 to 10, for ces 1
  /// to 7, and for csat the one that the answers show.
  private static func scale(
    _ kind: String, _ ratings: [ValueCounts.Entry], _ named: ClosedRange<Double>?,
    _ settings: PlanningSettings
  ) -> ClosedRange<Double>? {
    switch kind {
    case "nps": return 0...10
    case "ces": return settings.cesScale ?? named ?? 1...7
    case "csat": return settings.csatScale ?? named ?? csatScale(ratings)
    default: return nil
    }
  }

  /// The smallest known scale that holds at least 98 of 100 answers; where none does, the smallest
  /// that holds all answers which lie on any, if these are three in four and not all 0. So one 99
  /// among a few answers from 1 to 5 is off the scale, while answers from 0 to 100 are on none.
  private static func csatScale(_ ratings: [ValueCounts.Entry]) -> ClosedRange<Double>? {
    func inside(_ scale: ClosedRange<Double>) -> Int {
      ratings.reduce(0) { $0 + (scale.contains($1.value) ? $1.count : 0) }
    }
    let total = ratings.reduce(0) { $0 + $1.count }
    if let scale = csatScales.first(where: { inside($0) * 100 >= total * 98 }) { return scale }
    let known = inside(0...10)
    guard known * 4 >= total * 3, inside(0...0) < known else { return nil }
    return csatScales.first { inside($0) == known }
  }
}
