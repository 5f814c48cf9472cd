import QueryPlanning

/// The order of rows by their keys: ascending, missing last, priorities and weekdays by rank.
struct RowOrder {
  private var textRanks: [[String: Int]]

  /// The order for rows with these keys.
  init(_ rows: [GroupRow], keyCount: Int) {
    textRanks = (0..<keyCount).map { key in
      // Rows mostly come in the order of their texts, which is then seen at a glance.
      var texts: [String] = []
      var ranks: [String: Int] = [:]
      for row in rows {
        guard case .text(let text) = row.keys[key] else { continue }
        if ranks.updateValue(0, forKey: text) == nil { texts.append(text) }
      }
      for (rank, text) in TextOrder.sorted(texts).enumerated() { ranks[text] = rank }
      return ranks
    }
  }

  /// The rows by their keys, the first key first.
  func sorted(_ rows: [GroupRow]) -> [GroupRow] {
    // Looked up once for each row: a comparison of numbers is all that is left for the sort.
    let keyCount = textRanks.count
    var ranks: [Double] = []
    ranks.reserveCapacity(rows.count * keyCount)
    for row in rows {
      for key in 0..<keyCount { ranks.append(rank(row.keys[key], key: key)) }
    }
    return rows.indices.sorted { left, right in
      for key in 0..<keyCount {
        let (a, b) = (ranks[left * keyCount + key], ranks[right * keyCount + key])
        if a != b { return a < b }
      }
      return left < right
    }.map { rows[$0] }
  }

  private func rank(_ value: KeyValue, key: Int) -> Double {
    switch value {
    case .text(let text): Double(textRanks[key][text] ?? 0)
    case .missing: .infinity
    case .integer, .number, .boolean: Self.number(value)
    }
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
