/// Groups of a table in an order: a run of them as they stand, or those that are named.
struct GroupSelection: RandomAccessCollection, Sendable {
  private enum Groups: Sendable {
    case run(Range<Int>)
    case named([Int])
  }

  private let groups: Groups

  /// Groups as they stand.
  init(_ run: Range<Int>) { groups = .run(run) }

  /// Groups in the order of their naming; those that follow each other are kept as a run.
  init(_ named: [Int]) { groups = .named(named) }

  /// The groups of which there is anything, ascending.
  init(present counts: [Int64]) {
    let first = counts.firstIndex { $0 > 0 } ?? 0
    let end = (counts.lastIndex { $0 > 0 } ?? -1) + 1
    if counts[first..<Swift.max(end, first)].contains(where: { $0 <= 0 }) {
      groups = .named((first..<end).filter { counts[$0] > 0 })
    } else {
      groups = .run(first..<Swift.max(end, first))
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int {
    switch groups {
    case .run(let run): run.count
    case .named(let named): named.count
    }
  }

  subscript(index: Int) -> Int {
    switch groups {
    case .run(let run): run.lowerBound + index
    case .named(let named): named[index]
    }
  }

  /// The elements of an array with an element for every group of the table.
  func take<Element>(_ elements: [Element]) -> [Element] {
    switch groups {
    case .run(let run):
      run.count == elements.count ? elements : Array(elements[run])
    case .named(let named): named.map { elements[$0] }
    }
  }

  /// These groups and then others, whose numbers begin anew behind so many.
  func joined(with later: GroupSelection, from start: Int) -> GroupSelection {
    if case .run(let own) = groups, case .run(let run) = later.groups,
      own.upperBound == run.lowerBound + start
    {
      return GroupSelection(own.lowerBound..<(run.upperBound + start))
    }
    return GroupSelection(Array(self) + later.map { $0 + start })
  }

  /// A run of the selection.
  func run(offset: Int, limit: Int?) -> GroupSelection {
    let start = Swift.min(offset, count)
    let end = Swift.min(limit.map { start + Swift.min($0, count) } ?? count, count)
    switch groups {
    case .run(let run):
      return GroupSelection((run.lowerBound + start)..<(run.lowerBound + end))
    case .named(let named): return GroupSelection(Array(named[start..<end]))
    }
  }
}
