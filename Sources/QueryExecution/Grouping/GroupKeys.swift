import ColumnStore

/// The key values of the groups of a table, in the order of the task's keys; kept as a column of
/// codes for each key.
struct GroupKeys: RandomAccessCollection, Sendable {
  /// One key of every group.
  struct Column: Sendable {
    /// What the codes stand for.
    var key: KeyColumn
    var codes: [UInt32]

    func value(_ group: Int) -> KeyValue { key.value(Int(codes[group])) }
  }

  var columns: [Column]
  let count: Int
  /// Whether the groups stand in the order of their codes, the first key first.
  var ascendsByCodes = false

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(group: Int) -> [KeyValue] { columns.map { $0.value(group) } }
}
