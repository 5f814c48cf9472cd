import QueryPlanning

/// The groups of a task: their key values, and every primitive aggregate in parts.
struct GroupTable: Sendable {
  /// For each group the values of its keys, in the order of the task's.
  var keys: GroupKeys
  /// For each primitive the values of all groups.
  var primitives: [PrimitiveColumn]

  var count: Int { keys.count }
}
