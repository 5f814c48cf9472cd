import ColumnStore
import Glibc

/// Texts as codes into a sorted dictionary.
enum TextEncoding {
  static func precedes(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let common = min(left.count, right.count)
    if common > 0, let a = left.baseAddress, let b = right.baseAddress {
      let order = memcmp(a, b, common)
      if order != 0 { return order < 0 }
    }
    return left.count < right.count
  }

  static func equal(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard left.count == right.count else { return false }
    guard let a = left.baseAddress, let b = right.baseAddress, left.count > 0 else { return true }
    return memcmp(a, b, left.count) == 0
  }

  /// Any column as a dictionary column; numbers by their decimal spelling.
  static func dictionary(of column: Column) -> DictionaryColumn {
    switch column {
    case .dictionary(let texts): return texts
    case .text(let texts): return dictionary(of: texts)
    case .number(let numbers):
      return DictionaryColumn(
        (0..<numbers.count).map { row in
          guard let value = numbers.double(row) else { return nil }
          return Int64(exactly: value).map { String($0) } ?? String(value)
        })
    case .tags(let tags):
      return DictionaryColumn(
        (0..<tags.count).map { row in
          tags.run(row).isEmpty ? nil : tags.strings(row).joined(separator: ";")
        })
    }
  }

  /// The distinct texts of a heap, found by a table of row numbers hashed with a seed of this
  /// process, then sorted.
  private static func dictionary(of column: TextColumn) -> DictionaryColumn {
    let heap = column.heap
    var capacity = 1024
    var slots = [Int32](repeating: -1, count: capacity)
    var firstRows: [Int32] = []
    var hashes: [Int] = []
    let entryOf = ColumnMemory(byteCount: column.count &* 4)
    let entries = entryOf.pointer(as: Int32.self)
    for row in 0..<column.count {
      if let validity = column.validity, !validity[row] {
        entries[row] = -1
        continue
      }
      let text = heap.utf8(row)
      var hasher = Hasher()
      hasher.combine(bytes: UnsafeRawBufferPointer(text))
      let hash = hasher.finalize()
      var slot = hash & (capacity - 1)
      while slots[slot] >= 0 {
        let entry = Int(slots[slot])
        if hashes[entry] == hash, equal(heap.utf8(Int(firstRows[entry])), text) { break }
        slot = (slot + 1) & (capacity - 1)
      }
      if slots[slot] < 0 {
        slots[slot] = Int32(truncatingIfNeeded: firstRows.count)
        firstRows.append(Int32(truncatingIfNeeded: row))
        hashes.append(hash)
      }
      entries[row] = slots[slot]
      if firstRows.count &* 2 > capacity {
        capacity &*= 2
        slots = [Int32](repeating: -1, count: capacity)
        for (entry, hash) in hashes.enumerated() {
          var slot = hash & (capacity - 1)
          while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
          slots[slot] = Int32(truncatingIfNeeded: entry)
        }
      }
    }
    let order = firstRows.indices.sorted {
      precedes(heap.utf8(Int(firstRows[$0])), heap.utf8(Int(firstRows[$1])))
    }
    var codeOf = [Int](repeating: 0, count: order.count)
    for (rank, entry) in order.enumerated() { codeOf[entry] = rank + 1 }
    let codes = CodeArray(count: column.count, largest: order.count)
    for row in 0..<column.count where entries[row] >= 0 {
      codes.set(row, to: codeOf[Int(entries[row])])
    }
    return DictionaryColumn(
      codes: codes, dictionary: TextHeap(order.map { heap.string(Int(firstRows[$0])) }))
  }
}
