import QueryPlanning

/// The order of rows by their keys: ascending, missing last, priorities and weekdays by rank.
struct RowOrder {
  private var textRanks: [[String: Int]]

  /// The order for rows with these keys.
  init(_ rows: [GroupRow], keyCount: Int) {
    textRanks = (0..<keyCount).map { key in
      var texts: Set<String> = []
      for row in rows { if case .text(let text) = row.keys[key] { texts.insert(text) } }
      var ranks: [String: Int] = [:]
      for (rank, text) in TextOrder.sorted(Array(texts)).enumerated() { ranks[text] = rank }
      return ranks
    }
  }

  /// Whether a row comes before another by its keys.
  func precedes(_ left: GroupRow, _ right: GroupRow) -> Bool {
    for key in left.keys.indices {
      let a = left.keys[key]
      let b = right.keys[key]
      if a == b { continue }
      return precedes(a, b, key: key)
    }
    return false
  }

  /// Whether a value of a key comes before another.
  func precedes(_ a: KeyValue, _ b: KeyValue, key: Int) -> Bool {
    switch (a, b) {
    case (.missing, _): false
    case (_, .missing): true
    case (.text(let x), .text(let y)): (textRanks[key][x] ?? 0) < (textRanks[key][y] ?? 0)
    case (.boolean(let x), .boolean(let y)): !x && y
    default: Self.number(a) < Self.number(b)
    }
  }

  private static func number(_ value: KeyValue) -> Double {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .boolean(let value): value ? 1 : 0
    case .text, .missing: .infinity
    }
  }
}
