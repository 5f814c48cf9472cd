/// Groups of a table in an order: all as they stand, or those that are named.
struct GroupSelection: Sendable {
  /// nil: all, as they stand.
  private(set) var groups: [Int]?
  let count: Int

  /// All groups of a table.
  init(all count: Int) { self.count = count }

  init(_ groups: [Int]) {
    self.groups = groups
    count = groups.count
  }

  subscript(index: Int) -> Int { groups.map { $0[index] } ?? index }

  /// The elements of an array with an element for every group of the table.
  func take<Element>(_ elements: [Element]) -> [Element] {
    groups.map { $0.map { elements[$0] } } ?? elements
  }

  /// The groups that meet a condition.
  func filter(_ isIncluded: (Int) -> Bool) -> GroupSelection {
    GroupSelection((0..<count).lazy.map { self[$0] }.filter(isIncluded))
  }

  /// A run of the groups.
  func run(offset: Int, limit: Int?) -> GroupSelection {
    let start = min(offset, count)
    let end = min(limit.map { start + min($0, count) } ?? count, count)
    if start == 0, end == count { return self }
    return GroupSelection((start..<end).map { self[$0] })
  }
}
