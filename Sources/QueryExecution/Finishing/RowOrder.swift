import QueryPlanning

/// The order of rows by their keys: ascending, missing last, priorities and weekdays by rank.
enum RowOrder {
  /// The rows by their keys, the first key first.
  static func sorted(_ rows: [GroupRow], keyCount: Int) -> [GroupRow] {
    let ranks = (0..<keyCount).map { Self.ranks(rows, key: $0) }
    return rows.indices.sorted { left, right in
      for key in ranks.indices {
        let (a, b) = (ranks[key][left], ranks[key][right])
        if let first = ValueOrder.precedes(a, b, isDescending: false) { return first }
      }
      return left < right
    }.map { rows[$0] }
  }

  /// Where each row's value of a key stands among the others; nil where it is missing.
  static func ranks(_ rows: [GroupRow], key: Int) -> [Double?] {
    let values = rows.map { $0.keys[key] }
    let texts = values.compactMap { if case .text(let text) = $0 { text } else { nil } }
    // Rows mostly come in the order of their texts, which is then seen at a glance.
    if TextOrder.isSorted(texts) {
      var (rank, last) = (0.0, texts.first)
      return values.map { value in
        guard case .text(let text) = value else { return value.number }
        if text != last { (rank, last) = (rank + 1, text) }
        return rank
      }
    }
    var ranks: [String: Double] = [:]
    let distinct = texts.filter { ranks.updateValue(0, forKey: $0) == nil }
    for (rank, text) in TextOrder.sorted(distinct).enumerated() { ranks[text] = Double(rank) }
    return values.map { if case .text(let text) = $0 { ranks[text] } else { $0.number } }
  }
}
