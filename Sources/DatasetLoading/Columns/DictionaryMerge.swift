import CKernels
import ColumnStore
import Glibc

/// Joins the dictionaries of several threads to one that is sorted by bytes.
struct DictionaryMerge {
  private let tables: [StringTable]
  /// How many bytes all texts begin with alike.
  private let shared: Int
  private let bytes: ColumnMemory
  private let offsets: ColumnMemory
  private let isWide: Bool
  private var count = 0
  private var end = 0

  /// The sorted entries and, for each table, the final code of each of its codes; code 0 stays 0.
  static func merged(
    _ tables: [StringTable], _ stop: CancellationFlag
  ) -> (heap: TextHeap, codes: [UnsafeMutablePointer<UInt32>]) {
    var merge = DictionaryMerge(tables)
    let codes = merge.run(stop)
    return (merge.heap, codes)
  }

  private init(_ tables: [StringTable]) {
    self.tables = tables
    shared = DictionaryMerge.sharedPrefix(tables)
    let total = tables.reduce(0) { $0 &+ $1.byteCount &+ $1.count }
    let entries = tables.reduce(0) { $0 &+ $1.count }
    isWide = total > Int(UInt32.max)
    bytes = ColumnMemory(uninitializedByteCount: total)
    offsets = ColumnMemory(uninitializedByteCount: (entries &+ 1) &* (isWide ? 8 : 4))
    setOffset()
  }

  private var heap: TextHeap {
    TextHeap(
      bytes: bytes.shrunk(to: end), offsets: offsets.shrunk(to: (count &+ 1) &* (isWide ? 8 : 4)),
      isWide: isWide, count: count)
  }

  /// Takes the least of the tables' next texts until none is left.
  private mutating func run(_ stop: CancellationFlag) -> [UnsafeMutablePointer<UInt32>] {
    let orders = tables.map { sorted($0, stop) }
    let codes = tables.map { table in
      let remap = UnsafeMutablePointer<UInt32>.allocate(capacity: table.count &+ 1)
      remap[0] = 0
      return remap
    }
    var heads = [Int](repeating: 0, count: tables.count)
    while !stop.isSet {
      var least: (table: Int, item: dq_keyed_row)?
      for index in tables.indices where heads[index] < orders[index].count {
        let item = orders[index][heads[index]]
        if let other = least, compare(item, index, other.item, other.table) >= 0 { continue }
        least = (index, item)
      }
      guard let least else { break }
      append(tables[least.table].text(Int(least.item.row) &+ 1))
      for index in tables.indices where heads[index] < orders[index].count {
        let item = orders[index][heads[index]]
        if compare(item, index, least.item, least.table) == 0 {
          codes[index][Int(item.row) &+ 1] = UInt32(truncatingIfNeeded: count)
          heads[index] &+= 1
        }
      }
    }
    return codes
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    if let source = text.baseAddress { memcpy(bytes.base + end, source, text.count) }
    bytes.pointer(as: UInt8.self)[end &+ text.count] = 0xFF
    end &+= text.count &+ 1
    count &+= 1
    setOffset()
  }

  private func setOffset() {
    if isWide {
      offsets.pointer(as: UInt64.self)[count] = UInt64(end)
    } else {
      offsets.pointer(as: UInt32.self)[count] = UInt32(truncatingIfNeeded: end)
    }
  }

  /// The order of two texts by their bytes, from their keys where these hold all that differs.
  @inline(__always)
  private func compare(_ a: dq_keyed_row, _ first: Int, _ b: dq_keyed_row, _ second: Int) -> Int {
    if a.key != b.key { return a.key < b.key ? -1 : 1 }
    if ByteOrder.isWhole(a.key) { return 0 }
    return ByteOrder.compare(
      tables[first].text(Int(a.row) &+ 1), tables[second].text(Int(b.row) &+ 1))
  }

  /// The texts of a table in their order, its code 1 as 0; none where the load is stopped.
  private func sorted(_ table: StringTable, _ stop: CancellationFlag) -> [dq_keyed_row] {
    let rows = try? ByteOrder.sorted(
      count: table.count, shared: shared, text: { table.text($0 &+ 1) },
      check: { () throws(Stopped) in if stop.isSet { throw Stopped() } })
    return rows ?? []
  }

  private struct Stopped: Error {}

  private static func sharedPrefix(_ tables: [StringTable]) -> Int {
    guard let first = tables.first(where: { $0.count > 0 })?.text(1) else { return 0 }
    var shared = first.count
    for table in tables {
      for code in stride(from: 1, through: table.count, by: 1) where shared > 0 {
        let text = table.text(code)
        shared = min(shared, text.count)
        var same = 0
        while same < shared, text[same] == first[same] { same &+= 1 }
        shared = same
      }
    }
    return shared
  }
}

extension ColumnMemory {
  /// The same memory with fewer values; what is cut off stays allocated.
  func shrunk(to byteCount: Int) -> ColumnMemory {
    if byteCount == self.byteCount { return self }
    if byteCount &* 8 > self.byteCount &* 7 {
      memset(base + byteCount, 0, min(64, self.byteCount &- byteCount &+ 64))
      return ColumnMemory(borrowing: base, byteCount: byteCount, owner: self)
    }
    let smaller = ColumnMemory(uninitializedByteCount: byteCount)
    memcpy(smaller.base, base, byteCount)
    return smaller
  }
}
