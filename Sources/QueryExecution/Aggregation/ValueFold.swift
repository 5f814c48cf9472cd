import CKernels
import ColumnStore
import Glibc
import QueryPlanning

/// Counts rows by their group and the value of a column that has few, so that what depends on that
/// value alone is worked out once for each value and not for each row.
final class ValueFold: GroupFold {
  /// A primitive that depends on the column alone.
  private struct Item {
    var filter: ConditionOperator?
    var accumulator: Accumulator
    /// For each value whether rows with it are taken in, and what the operand gives for it.
    var takes: [Bool]
    var values: [Int64]
  }

  private let column: NumberColumn
  private let least: Int
  /// How many values there are; one more place stands for a missing one.
  private let valueCount: Int
  private var items: [Item] = []
  /// Counts by group and value, and of missing values by group, where there are any.
  private var counts: PlaceCounts
  private var missing: PlaceCounts
  /// The values of which the items are known, as bits.
  private var known: UInt64 = 0
  private let present = MaskBuffer()
  private let scratch = MaskBuffer()

  private static let mostValues = 62

  /// Nil where the column has no few values, or with so many groups too many.
  init?(_ column: NumberColumn, groups: Int) {
    guard column.width == .int8 else { return nil }
    let count = Int(column.maximum) - Int(column.minimum) + 1
    guard count > 0, count <= Self.mostValues, let counts = PlaceCounts(groups * count),
      let missing = PlaceCounts(column.validity == nil ? 0 : groups)
    else { return nil }
    self.column = column
    least = Int(column.minimum)
    valueCount = count
    (self.counts, self.missing) = (counts, missing)
  }

  /// Adds a primitive that depends on the column alone and takes in rows of one value at once.
  func add(_ accumulator: Accumulator, filter: ConditionOperator?) {
    let places = valueCount + 1
    items.append(
      Item(
        filter: filter, accumulator: accumulator, takes: [Bool](repeating: false, count: places),
        values: [Int64](repeating: 0, count: places)))
  }

  var placesEach: Int { valueCount }

  var way: String { "by value" }

  func process(_ block: Block, groups: NarrowGroups, mask: UnsafePointer<UInt64>) {
    let values = column.memory.pointer(as: Int8.self) + block.start
    learn(block, values)
    divide(block, mask)
    if column.validity != nil { groups.count(scratch.words, placesEach: 1, into: &missing) }
    let bytes = column.memory.pointer(as: UInt8.self) + block.start
    groups.count(present.words, placesEach: valueCount, into: &counts) { places in
      dq_places_codes_u8(
        bytes, block.count, UInt32(UInt8(truncatingIfNeeded: least)),
        UInt32(truncatingIfNeeded: valueCount), places)
    }
  }

  func process(
    _ block: Block, groups: UnsafePointer<UInt32>, mask: UnsafePointer<UInt64>
  ) {
    let values = column.memory.pointer(as: Int8.self) + block.start
    learn(block, values)
    divide(block, mask)
    if column.validity != nil {
      let lanes = missing.lanes
      missing.add { dq_count_codes(groups, block.count, scratch.words, nil, 0, lanes, $0) }
    }
    let lanes = counts.lanes
    counts.add {
      dq_count_values(
        groups, values, block.count, present.words, Int8(truncatingIfNeeded: least),
        UInt32(truncatingIfNeeded: valueCount), lanes, $0)
    }
  }

  /// Marks the rows of a mask that have a value as present, and the others in `scratch`.
  private func divide(_ block: Block, _ mask: UnsafePointer<UInt64>) {
    guard let validity = column.validity else {
      return present.words.update(from: mask, count: block.wordCount)
    }
    let words = validity.words + block.start &>> 6
    for word in 0..<block.wordCount {
      present.words[word] = mask[word] & words[word]
      scratch.words[word] = mask[word] & ~words[word]
    }
  }

  /// Works out the items for values that have not been met, at the first row of each.
  private func learn(_ block: Block, _ values: UnsafePointer<Int8>) {
    let placeCount = column.validity == nil ? valueCount : valueCount + 1
    let all = (1 as UInt64) << UInt64(placeCount) - 1
    if known == all { return }
    var places = dq_values_seen(values, block.count, Int8(truncatingIfNeeded: least))
    if let validity = column.validity {
      let words = validity.words + block.start &>> 6
      if (0..<block.wordCount).contains(where: { words[$0] != ~0 }) {
        places |= 1 &<< UInt64(valueCount)
      }
    }
    var open = places & all & ~known
    if open == 0 { return }
    var rows: [(place: Int, row: Int)] = []
    while open != 0 {
      let place = open.trailingZeroBitCount
      open &= open - 1
      guard let row = firstRow(of: place, block, values) else { continue }
      known |= 1 &<< UInt64(place)
      rows.append((place, row))
    }
    guard let last = rows.map(\.row).max() else { return }
    let head = Block(start: block.start, count: last + 1)
    for index in items.indices { learn(&items[index], head, rows) }
  }

  /// The first row of a block that has a value, or none where the place stands for that.
  private func firstRow(
    of place: Int, _ block: Block, _ values: UnsafePointer<Int8>
  ) -> Int? {
    if place == valueCount, let validity = column.validity {
      let words = validity.words + block.start &>> 6
      return (0..<block.wordCount).first { words[$0] != ~0 }
        .map { $0 &* 64 &+ (~words[$0]).trailingZeroBitCount }
    }
    var row = 0
    while let found = memchr(values + row, Int32(least + place), block.count - row) {
      row = UnsafePointer(found.assumingMemoryBound(to: Int8.self)) - values
      if column.isValid(block.start + row) { return row }
      row += 1
    }
    return nil
  }

  private func learn(_ item: inout Item, _ block: Block, _ rows: [(place: Int, row: Int)]) {
    item.filter?.evaluate(block, scratch.words)
    let operand = item.accumulator.operand
    operand?.evaluate(block)
    for (place, row) in rows {
      let passes = item.filter == nil || scratch.words[row &>> 6] &>> UInt64(row & 63) & 1 == 1
      item.takes[place] = passes && operand?.vector.isValid(row) != false
      item.values[place] = operand?.vector.integers[row] ?? 0
    }
  }

  func finish(presence: CountAccumulator) {
    let all = [Bool](repeating: true, count: valueCount + 1)
    let sums = counts.sums
    hand(sums, to: presence, takes: all, values: [Int64](repeating: 0, count: valueCount + 1))
    for item in items { hand(sums, to: item.accumulator, takes: item.takes, values: item.values) }
    counts.clear()
    missing.clear()
  }

  private func hand(
    _ sums: [Int64], to accumulator: Accumulator, takes: [Bool], values: [Int64]
  ) {
    let places = (0..<valueCount).filter { takes[$0] }
    let isAlike = places.allSatisfy { values[$0] == values[places[0]] }
    for group in 0..<(valueCount > 0 ? sums.count / valueCount : 0) {
      let first = group &* valueCount
      if isAlike {
        let times = places.reduce(0) { $0 &+ sums[first &+ $1] }
        if times > 0 { accumulator.add(values[places[0]], group: group, times: times) }
      } else {
        for place in places where sums[first &+ place] > 0 {
          accumulator.add(values[place], group: group, times: sums[first &+ place])
        }
      }
    }
    guard takes[valueCount] else { return }
    for group in 0..<missing.count where missing[group] > 0 {
      accumulator.add(values[valueCount], group: group, times: missing[group])
    }
  }
}

extension Primitive {
  /// The one column that it depends on, and on nothing else of the row or of other rows.
  var onlyColumn: ColumnPath? {
    var paths: Set<ColumnPath> = []
    for operand in operands {
      guard operand.expression.collect(&paths) else { return nil }
    }
    if let filter, !filter.collect(&paths) { return nil }
    return paths.count == 1 ? paths.first : nil
  }
}

extension RowExpression {
  /// Adds every column that the value depends on; false where it depends on other rows.
  fileprivate func collect(_ paths: inout Set<ColumnPath>) -> Bool {
    switch self {
    case .column(let path):
      paths.insert(path)
      return true
    case .integer, .number, .text, .missing: return true
    case .arithmetic(_, let left, let right):
      return left.collect(&paths) && right.collect(&paths)
    case .elapsed(let from, let to), .businessElapsed(let from, let to):
      return from.collect(&paths) && to.collect(&paths)
    case .negated(let operand), .absolute(let operand), .rounded(let operand, _),
      .bucket(_, let operand, _), .part(_, let operand, _), .lowercased(let operand),
      .uppercased(let operand), .length(let operand):
      return operand.collect(&paths)
    case .choose(let condition, let first, let second):
      return condition.collect(&paths) && first.collect(&paths) && second.collect(&paths)
    case .coalesce(let operands): return operands.allSatisfy { $0.collect(&paths) }
    case .condition(let condition): return condition.collect(&paths)
    case .sincePrevious, .childValues: return false
    }
  }
}

extension RowCondition {
  /// Adds every column that the condition depends on; false where it depends on other rows.
  fileprivate func collect(_ paths: inout Set<ColumnPath>) -> Bool {
    switch self {
    case .always: return true
    case .all(let parts), .any(let parts): return parts.allSatisfy { $0.collect(&paths) }
    case .not(let part): return part.collect(&paths)
    case .compare(_, let left, let right), .textCompare(_, let left, let right):
      return left.collect(&paths) && right.collect(&paths)
    case .inSpan(let operand, _, _), .textOneOf(let operand, _), .textMatch(_, let operand, _),
      .numberOneOf(let operand, _), .isMissing(let operand):
      return operand.collect(&paths)
    case .tagOneOf(let path, _), .tagMatch(_, let path, _):
      paths.insert(path)
      return true
    case .exists: return false
    }
  }
}
