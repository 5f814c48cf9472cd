import CKernels

/// Counts all rows and those of some conditions in one go: by their group and by which of the
/// conditions they meet.
final class CountFold: GroupFold {
  private let items: [AggregationItem]
  /// The rows of a block that each item takes.
  private let taken: [MaskBuffer]
  private let scratch = MaskBuffer()
  private let masks: UnsafeMutablePointer<UnsafePointer<UInt64>?>
  /// Counts by group and by the conditions met, a bit for each.
  private var counts: PlaceCounts

  private static let mostItems = 3

  /// Nil where there are too many conditions or groups.
  init?(_ items: [AggregationItem], groups: Int) {
    guard items.count <= Self.mostItems, let counts = PlaceCounts(groups << items.count) else {
      return nil
    }
    self.items = items
    taken = items.map { _ in MaskBuffer() }
    masks = .allocate(capacity: items.count)
    for (index, mask) in taken.enumerated() {
      (masks + index).initialize(to: UnsafePointer(mask.words))
    }
    self.counts = counts
  }

  deinit { masks.deallocate() }

  var placesEach: Int { 1 << items.count }

  var way: String { "at once" }

  func process(_ block: Block, groups: NarrowGroups, mask: UnsafePointer<UInt64>) {
    take(block, mask)
    groups.count(mask, placesEach: placesEach, into: &counts) { places in
      for own in taken.reversed() { dq_places_bits(own.words, block.count, places) }
    }
  }

  func process(_ block: Block, groups: UnsafePointer<UInt32>, mask: UnsafePointer<UInt64>) {
    take(block, mask)
    let lanes = counts.lanes
    counts.add { dq_count_codes(groups, block.count, mask, masks, items.count, lanes, $0) }
  }

  private func take(_ block: Block, _ mask: UnsafePointer<UInt64>) {
    for (item, own) in zip(items, taken) {
      _ = item.take(block, of: mask, into: own.words, scratch)
    }
  }

  func finish(presence: CountAccumulator) {
    for place in 0..<counts.count {
      let times = counts[place]
      if times == 0 { continue }
      let group = place >> items.count
      presence.add(0, group: group, times: times)
      for (bit, item) in items.enumerated() where place >> bit & 1 == 1 {
        item.accumulator.add(0, group: group, times: times)
      }
    }
    counts.clear()
  }
}
