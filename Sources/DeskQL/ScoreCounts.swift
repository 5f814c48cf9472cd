import ColumnStore

/// How many surveys of each kind gave each numeric rating.
struct ScoreCounts {
  /// For each kind, in lower case, its ratings with their numbers; surveys without a kind are
  /// under nil.
  private(set) var counts: [String?: [Double: Int]] = [:]

  /// The counts of a table's ratings; nil where they are no numbers.
  init?(_ table: Table) {
    guard let index = table.schema.index(of: "score"),
      case .number(let scores) = table.columns[index]
    else { return nil }
    var kinds: DictionaryColumn?
    if let index = table.schema.index(of: "kind"),
      case .dictionary(let texts) = table.columns[index]
    {
      kinds = texts
    }
    let kindCount = (kinds?.dictionary.count ?? 0) + 1
    let cells = Self.cells(scores, kinds, kindCount)
    for code in 0..<kindCount where cells.contains(where: { $0.code == code }) {
      let kind = code == 0 ? nil : kinds?.dictionary.string(code - 1).lowercased()
      for cell in cells where cell.code == code {
        counts[kind, default: [:]][cell.value, default: 0] += cell.count
      }
    }
  }

  /// The ratings that occur, by the code of their kind.
  private static func cells(
    _ scores: NumberColumn, _ kinds: DictionaryColumn?, _ kindCount: Int
  ) -> [(code: Int, value: Double, count: Int)] {
    let (span, overflow) = scores.maximum.subtractingReportingOverflow(scores.minimum)
    // A dictionary of thousands of kinds is none.
    guard scores.width != .float64, !overflow, span < 4_096, kindCount < 256 else {
      return scattered(scores, kinds)
    }
    let width = Int(span) + 1
    var counts = [Int](repeating: 0, count: kindCount * width)
    for row in 0..<scores.count where scores.isValid(row) {
      let code = kinds.map { $0.codes[row] } ?? 0
      counts[code * width + Int(scores.stored(row) - scores.minimum)] += 1
    }
    let unit = PowersOfTen.double(scores.scale)
    return counts.indices.filter { counts[$0] > 0 }.map { cell in
      (cell / width, Double(scores.minimum + Int64(cell % width)) / unit, counts[cell])
    }
  }

  private static func scattered(
    _ scores: NumberColumn, _ kinds: DictionaryColumn?
  ) -> [(code: Int, value: Double, count: Int)] {
    struct Cell: Hashable {
      var code: Int
      var value: Double
    }
    var counts: [Cell: Int] = [:]
    for row in 0..<scores.count {
      guard let value = scores.double(row) else { continue }
      counts[Cell(code: kinds.map { $0.codes[row] } ?? 0, value: value), default: 0] += 1
    }
    return counts.map { ($0.key.code, $0.key.value, $0.value) }
  }

  /// The smallest and the largest rating of a kind, or of all where it is nil.
  func range(kind: String?) -> ClosedRange<Double>? {
    let values =
      kind.map { counts[$0].map { Array($0.keys) } ?? [] } ?? counts.values.flatMap(\.keys)
    guard let low = values.min(), let high = values.max() else { return nil }
    return low...high
  }
}
