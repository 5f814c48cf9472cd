/// A primitive aggregate with the rows that it takes in.
struct AggregationItem {
  var filter: ConditionOperator?
  var accumulator: Accumulator
  /// Whether a fold takes in the rows.
  var isFolded = false

  /// Marks the rows of a block that it takes: selected, passing its own filter, with a value. Gives
  /// whether any is left.
  func take(
    _ block: Block, of selected: UnsafePointer<UInt64>, into mask: UnsafeMutablePointer<UInt64>,
    _ scratch: MaskBuffer
  ) -> Bool {
    if let filter {
      filter.evaluate(block, mask)
      for word in 0..<block.wordCount { mask[word] &= selected[word] }
    } else {
      mask.update(from: selected, count: block.wordCount)
    }
    if let known = (accumulator as? KnownTextAccumulator)?.condition {
      known.evaluate(block, scratch.words)
      for word in 0..<block.wordCount { mask[word] &= scratch.words[word] }
    }
    guard (0..<block.wordCount).contains(where: { mask[$0] != 0 }) else { return false }
    if let operand = accumulator.operand {
      operand.evaluate(block)
      if !operand.vector.allValid {
        for word in 0..<block.wordCount { mask[word] &= operand.vector.validity[word] }
      }
    }
    return true
  }
}
