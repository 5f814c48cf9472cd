import CKernels
import ColumnStore

/// The order of groups by their keys: ascending, missing last, priorities and weekdays by rank.
///
/// It is that of `RowOrder`, found from codes, which ascend with their values.
struct KeyOrder {
  /// For each key the rank of each code; empty where codes are their own ranks.
  private let ranks: [[UInt32]]
  private let keys: GroupKeys

  init(_ keys: GroupKeys) {
    self.keys = keys
    ranks = keys.columns.map { Self.ranks($0) }
  }

  /// The rank of a group by one of the keys; missing values are last.
  func rank(_ group: Int, key: Int) -> UInt32 {
    let code = keys.columns[key].codes[group]
    if code == 0 { return .max }
    return ranks[key].isEmpty ? code : ranks[key][Int(code)]
  }

  /// All groups in the order of their keys.
  func sorted() -> GroupSelection {
    let hasMissing = keys.columns.contains { $0.codes.contains(0) }
    if keys.ascendsByCodes, !hasMissing, ranks.allSatisfy(\.isEmpty) {
      return GroupSelection(0..<keys.count)
    }
    let widths = keys.columns.map { KeySorting.Packing.width(domain: $0.key.domain + 1) }
    if widths.reduce(0, +) <= UInt64.bitWidth { return sorted(widths) }
    let columns = keys.columns.indices
    return GroupSelection(
      (0..<keys.count).sorted { left, right in
        for key in columns {
          let (a, b) = (rank(left, key: key), rank(right, key: key))
          if a != b { return a < b }
        }
        return left < right
      })
  }

  /// By the ranks of all keys, put side by side in 64 bits.
  private func sorted(_ widths: [Int]) -> GroupSelection {
    var rows = (0..<keys.count).map { group in
      dq_keyed_row(key: 0, row: UInt32(truncatingIfNeeded: group), number: 0)
    }
    for (key, width) in widths.enumerated() {
      let missing = UInt64(keys.columns[key].key.domain)
      for group in rows.indices {
        let rank = rank(group, key: key)
        rows[group].key =
          rows[group].key << UInt64(width) | (rank == .max ? missing : UInt64(rank))
      }
    }
    var scratch = rows
    dq_sort_keyed(&rows, rows.count, &scratch)
    return GroupSelection(rows.map { Int($0.row) })
  }

  /// The ranks of the codes of texts that all belong to a known order.
  private static func ranks(_ column: GroupKeys.Column) -> [UInt32] {
    guard case .text(let heap) = column.key.meaning,
      let first = column.codes.first(where: { $0 != 0 }),
      TextOrder.isKnown(heap.string(Int(first) - 1))
    else { return [] }
    var isPresent = [Bool](repeating: false, count: column.key.domain)
    for code in column.codes { isPresent[Int(code)] = true }
    var present: [(text: String, code: Int)] = []
    for code in isPresent.indices where code > 0 && isPresent[code] {
      let text = heap.string(code - 1)
      if !TextOrder.isKnown(text) { return [] }
      present.append((text, code))
    }
    var codeOf: [String: Int] = [:]
    for (text, code) in present { codeOf[text] = code }
    var ranks = [UInt32](repeating: 0, count: column.key.domain)
    for (rank, text) in TextOrder.sorted(present.map(\.text)).enumerated() {
      ranks[codeOf[text] ?? 0] = UInt32(truncatingIfNeeded: rank + 1)
    }
    return ranks
  }

  /// Codes of a key in the order of their values.
  static func sorted(_ codes: [Int], of key: KeyColumn) -> [Int] {
    let column = GroupKeys.Column(
      key: key, codes: codes.map { UInt32(truncatingIfNeeded: $0) })
    let keys = GroupKeys(columns: [column], count: codes.count, ascendsByCodes: true)
    return KeyOrder(keys).sorted().take(codes)
  }
}
