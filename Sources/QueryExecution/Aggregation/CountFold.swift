import CKernels

/// Counts all rows and those of some conditions in one go: by their group and by which of the
/// conditions they meet.
final class CountFold {
  private struct Item {
    var filter: ConditionOperator?
    var accumulator: CountAccumulator
    var mask = MaskBuffer()
  }

  private let items: [Item]
  private let masks: UnsafeMutablePointer<UnsafePointer<UInt64>?>
  /// Counts by group and by the conditions met, a bit for each.
  private var counts: PlaceCounts

  private static let mostItems = 3

  /// Nil where there are too many conditions or groups.
  init?(_ items: [(filter: ConditionOperator?, accumulator: CountAccumulator)], groups: Int) {
    guard items.count <= Self.mostItems, let counts = PlaceCounts(groups << items.count) else {
      return nil
    }
    self.items = items.map { Item(filter: $0.filter, accumulator: $0.accumulator) }
    masks = .allocate(capacity: items.count)
    for (index, item) in self.items.enumerated() {
      (masks + index).initialize(to: UnsafePointer(item.mask.words))
    }
    self.counts = counts
  }

  deinit { masks.deallocate() }

  /// Takes in the rows of a block whose bit is 1.
  func process(_ block: Block, groups: UnsafePointer<UInt32>, mask: UnsafePointer<UInt64>) {
    for item in items { decide(item, block) }
    let lanes = counts.lanes
    counts.add { dq_count_codes(groups, block.count, mask, masks, items.count, lanes, $0) }
  }

  /// Marks the rows that an item counts: those that pass its filter and have its value.
  private func decide(_ item: Item, _ block: Block) {
    let mask = item.mask.words
    if let filter = item.filter {
      filter.evaluate(block, mask)
    } else {
      ConditionOperator.fill(mask, block, with: true)
    }
    guard let operand = item.accumulator.operand else { return }
    operand.evaluate(block)
    if operand.vector.allValid { return }
    for word in 0..<block.wordCount { mask[word] &= operand.vector.validity[word] }
  }

  /// Hands what has been counted to the items, and to what counts all rows; then the fold is empty.
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
