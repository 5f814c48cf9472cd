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
    let (low, high) = (parents.minimum, parents.maximum)
    let (span, overflow) = high.subtractingReportingOverflow(low)
    if !overflow, low >= 0, span == Int64(parents.count) &- 1, parents.isRising {
      // Numbered without gaps, so that the key tells the row.
      look(up: children, low, high, nil, link, threads)
    } else if !overflow, span >= 0, span < Int64(parents.count) &* 8 &+ 1024 {
      let rowOf = ColumnMemory(uninitializedByteCount: (Int(span) + 1) * 4)
      rowOf.pointer(as: Int32.self).update(repeating: -1, count: Int(span) + 1)
      for row in stride(from: parents.count - 1, through: 0, by: -1) where parents.isValid(row) {
        rowOf.pointer(as: Int32.self)[Int(parents.stored(row) &- low)] = Int32(
          truncatingIfNeeded: row)
      }
      look(up: children, low, high, rowOf, link, threads)
    } else {
      var rowOf: [Int64: Int32] = [:]
      rowOf.reserveCapacity(parents.count)
      for row in stride(from: parents.count - 1, through: 0, by: -1) where parents.isValid(row) {
        rowOf[parents.stored(row)] = Int32(truncatingIfNeeded: row)
      }
      for row in 0..<children.count {
        link.rows[row] = children.isValid(row) ? rowOf[children.stored(row)] ?? -1 : -1
      }
    }
  }

  /// Finds the parents' rows by the distance of a key from the lowest, which is the row or its
  /// place in a table of rows.
  private static func look(
    up children: NumberColumn, _ low: Int64, _ high: Int64, _ rowOf: ColumnMemory?,
    _ link: LinkIndex, _ threads: Int
  ) {
    Blocks.forEach(children.count, threads: threads) { block in
      switch children.width {
      case .int8: look(up: children, as: Int8.self, low, high, rowOf, link, block)
      case .int16: look(up: children, as: Int16.self, low, high, rowOf, link, block)
      case .int32: look(up: children, as: Int32.self, low, high, rowOf, link, block)
      case .int64, .float64: look(up: children, as: Int64.self, low, high, rowOf, link, block)
      }
    }
  }

  @inline(__always)
  private static func look<T: FixedWidthInteger & BitwiseCopyable>(
    up children: NumberColumn, as type: T.Type, _ low: Int64, _ high: Int64,
    _ rowOf: ColumnMemory?, _ link: LinkIndex, _ block: Block
  ) {
    let (keys, rows) = (children.memory.pointer(as: type), link.rows)
    let end = block.start &+ block.count
    if let table = rowOf?.pointer(as: Int32.self) {
      for row in block.start..<end {
        let key = Int64(truncatingIfNeeded: keys[row])
        rows[row] = key >= low && key <= high ? table[Int(key &- low)] : -1
      }
    } else {
      for row in block.start..<end {
        let key = Int64(truncatingIfNeeded: keys[row])
        rows[row] = key >= low && key <= high ? Int32(truncatingIfNeeded: key &- low) : -1
      }
    }
    guard children.validity != nil else { return }
    for row in block.start..<end where !children.isValid(row) { rows[row] = -1 }
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
