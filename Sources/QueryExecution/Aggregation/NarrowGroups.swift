import CKernels
import ColumnStore

/// The groups of a block's rows as bytes, where the block has few: many keys have few values, and
/// a file in the order of time has few months or weeks in one block.
final class NarrowGroups {
  /// A key's codes in the block: `count` of them from `low` on.
  private struct Part {
    var low: Int
    var count: Int
    var stride: Int
  }

  private var block = Block(start: 0, count: 0)
  private var parts: [Part] = []
  /// How many groups the block may have.
  private var groupCount = 1
  private let groups: UnsafeMutablePointer<UInt8>
  private let places: UnsafeMutablePointer<UInt8>
  private let counts: UnsafeMutablePointer<UInt32>

  init() {
    groups = .allocate(capacity: NumberColumn.blockLength)
    places = .allocate(capacity: NumberColumn.blockLength)
    counts = .allocate(capacity: Int(DQ_NO_PLACE))
  }

  deinit {
    groups.deallocate()
    places.deallocate()
    counts.deallocate()
  }

  /// Numbers the groups of a block from its keys; false where they are too many to have so many
  /// places each.
  func fill(_ block: Block, _ keys: [GroupCodes], placesEach: Int) -> Bool {
    self.block = block
    groupCount = 1
    parts.removeAll(keepingCapacity: true)
    for key in keys {
      let codes = key.codes.bounds(block)
      groupCount *= codes.count
      if groupCount * placesEach > Int(DQ_NO_PLACE) { return false }
      parts.append(Part(low: codes.lowerBound, count: codes.count, stride: Int(key.stride)))
    }
    if groupCount * placesEach == 1 { return true }
    groups.update(repeating: 0, count: block.count)
    for (key, part) in zip(keys, parts) where part.count > 1 {
      key.codes.addPlaces(block, groups, low: part.low, count: part.count)
    }
    return true
  }

  /// Counts the block's rows whose bit is 1 by place, of which each group has so many; `divide`
  /// makes places of the groups.
  func count(
    _ mask: UnsafePointer<UInt64>, placesEach: Int, into total: inout PlaceCounts,
    divide: (UnsafeMutablePointer<UInt8>) -> Void = { _ in }
  ) {
    if groupCount * placesEach == 1 {
      return total.add(Int64(block.count(of: mask)), to: group(0))
    }
    let rowCount = block.count
    places.update(from: groups, count: rowCount)
    divide(places)
    dq_places_within(mask, rowCount, places)
    counts.update(repeating: 0, count: groupCount * placesEach)
    dq_count_places(places, rowCount, groupCount * placesEach, counts)
    for index in 0..<groupCount {
      let first = group(index) * placesEach
      for place in 0..<placesEach {
        let count = counts[index * placesEach + place]
        if count > 0 { total.add(Int64(count), to: first + place) }
      }
    }
  }

  /// The number among all groups of one of the block's.
  private func group(_ index: Int) -> Int {
    var (group, rest) = (0, index)
    for part in parts.reversed() {
      group += (part.low + rest % part.count) * part.stride
      rest /= part.count
    }
    return group
  }
}
