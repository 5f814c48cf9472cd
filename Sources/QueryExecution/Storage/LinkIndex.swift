import ColumnStore

/// For each row of a child dataset the row of its parent, found once by equal keys.
final class LinkIndex: Sendable {
  /// Int32 row numbers of the parent, -1 where the key is missing or unknown there.
  let memory: ColumnMemory
  let count: Int

  var rows: UnsafeMutablePointer<Int32> { memory.pointer(as: Int32.self) }

  private init(memory: ColumnMemory, count: Int) {
    self.memory = memory
    self.count = count
  }

  /// A link that was found before.
  init(_ known: KnownLink) {
    let rows = known.rows.column
    count = rows.count
    if case .number(let numbers) = rows, numbers.width == .int32, numbers.validity == nil {
      memory = numbers.memory
    } else {
      // What stands in for a damaged column leads nowhere.
      memory = ColumnMemory(uninitializedByteCount: count &* 4)
      self.rows.initialize(repeating: -1, count: count)
    }
  }

  /// The link from a child's key column to a parent's; the first of equal parent keys counts.
  init(child: Column, parent: Column, threads: Int) {
    count = child.count
    memory = ColumnMemory(uninitializedByteCount: child.count &* 4)
    let rows = memory.pointer(as: Int32.self)
    if case .number(let children) = child, case .number(let parents) = parent,
      children.width != .float64, parents.width != .float64, children.scale == 0,
      parents.scale == 0
    {
      LinkIndex.linkNumbers(children, parents, self, threads)
    } else {
      LinkIndex.linkTexts(
        TextEncoding.dictionary(of: child, threads: threads, check: {}),
        TextEncoding.dictionary(of: parent, threads: threads, check: {}), rows)
    }
  }

  private static func linkNumbers(
    _ children: NumberColumn, _ parents: NumberColumn, _ link: LinkIndex, _ threads: Int
  ) {
    let rows = link.rows
    let (span, overflow) = parents.maximum.subtractingReportingOverflow(parents.minimum)
    if !overflow, span >= 0, span < Int64(parents.count) &* 8 &+ 1024 {
      let table = ColumnMemory(uninitializedByteCount: (Int(span) + 1) * 4)
      let rowOf = table.pointer(as: Int32.self)
      rowOf.update(repeating: -1, count: Int(span) + 1)
      for row in stride(from: parents.count - 1, through: 0, by: -1) where parents.isValid(row) {
        rowOf[Int(parents.stored(row) &- parents.minimum)] = Int32(truncatingIfNeeded: row)
      }
      let low = parents.minimum
      let high = parents.maximum
      Blocks.forEach(children.count, threads: threads) { block in
        let rowOf = table.pointer(as: Int32.self)
        for row in block.start..<block.start &+ block.count {
          let key = children.stored(row)
          link.rows[row] =
            children.isValid(row) && key >= low && key <= high ? rowOf[Int(key &- low)] : -1
        }
      }
    } else {
      var rowOf: [Int64: Int32] = [:]
      rowOf.reserveCapacity(parents.count)
      for row in stride(from: parents.count - 1, through: 0, by: -1) where parents.isValid(row) {
        rowOf[parents.stored(row)] = Int32(truncatingIfNeeded: row)
      }
      for row in 0..<children.count {
        rows[row] = children.isValid(row) ? rowOf[children.stored(row)] ?? -1 : -1
      }
    }
  }

  private static func linkTexts(
    _ children: DictionaryColumn, _ parents: DictionaryColumn, _ rows: UnsafeMutablePointer<Int32>
  ) {
    var rowOf = [Int32](repeating: -1, count: parents.dictionary.count + 1)
    for row in stride(from: parents.count - 1, through: 0, by: -1) {
      rowOf[parents.codes[row]] = Int32(truncatingIfNeeded: row)
    }
    rowOf[0] = -1
    // Both dictionaries are sorted by bytes, so one walk finds their common texts.
    var parentRow = [Int32](repeating: -1, count: children.dictionary.count + 1)
    var parent = 0
    for child in 0..<children.dictionary.count {
      let text = children.dictionary.utf8(child)
      while parent < parents.dictionary.count,
        ByteOrder.compare(parents.dictionary.utf8(parent), text) < 0
      {
        parent += 1
      }
      if parent < parents.dictionary.count,
        TextEncoding.equal(parents.dictionary.utf8(parent), text)
      {
        parentRow[child + 1] = rowOf[parent + 1]
      }
    }
    for row in 0..<children.count { rows[row] = parentRow[children.codes[row]] }
  }

  /// The link over both steps.
  func followed(by next: LinkIndex) -> LinkIndex {
    let joined = ColumnMemory(uninitializedByteCount: count &* 4)
    let target = joined.pointer(as: Int32.self)
    for row in 0..<count { target[row] = rows[row] < 0 ? -1 : next.rows[Int(rows[row])] }
    return LinkIndex(memory: joined, count: count)
  }
}
