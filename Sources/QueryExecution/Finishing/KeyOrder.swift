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
  func sorted(_ cancellation: CancellationFlag) throws(ExecutionError) -> GroupSelection {
    if keys.ascendsByCodes, ranks.allSatisfy(\.isEmpty) {
      guard keys.columns.contains(where: { $0.codes.contains(0) }) else {
        return GroupSelection(0..<keys.count)
      }
      var order: [Int] = []
      order.reserveCapacity(keys.count)
      try appendMissingLast(0..<keys.count, key: 0, &order, cancellation)
      return GroupSelection(order)
    }
    try cancellation.check()
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

  /// Appends groups that agree in all keys before one, by code; those that lack it, whose code 0
  /// comes first, go last.
  private func appendMissingLast(
    _ groups: Range<Int>, key: Int, _ order: inout [Int], _ cancellation: CancellationFlag
  ) throws(ExecutionError) {
    guard key < keys.columns.count else { return order.append(contentsOf: groups) }
    let codes = keys.columns[key].codes
    let known = groups.first { codes[$0] != 0 } ?? groups.upperBound
    if key == keys.columns.count - 1 {
      order.append(contentsOf: known..<groups.upperBound)
      return order.append(contentsOf: groups.lowerBound..<known)
    }
    var start = known
    while start < groups.upperBound {
      var end = start + 1
      while end < groups.upperBound, codes[end] == codes[start] { end += 1 }
      try cancellation.check()
      try appendMissingLast(start..<end, key: key + 1, &order, cancellation)
      start = end
    }
    if known > groups.lowerBound {
      try appendMissingLast(groups.lowerBound..<known, key: key + 1, &order, cancellation)
    }
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
    rows.sortByKey()
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

  /// Ascending codes of a key in the order of their values.
  static func sorted(
    _ codes: [Int], of key: KeyColumn, _ cancellation: CancellationFlag
  ) throws(ExecutionError) -> [Int] {
    let column = GroupKeys.Column(
      key: key, codes: codes.map { UInt32(truncatingIfNeeded: $0) })
    let keys = GroupKeys(columns: [column], count: codes.count, ascendsByCodes: true)
    return try KeyOrder(keys).sorted(cancellation).take(codes)
  }
}
