import ColumnStore
import Glibc

/// Joins the dictionaries of several threads to one that is sorted by bytes.
enum DictionaryMerge {
  /// The sorted entries and, for each table, the final code of each of its codes; code 0 stays 0.
  static func merged(
    _ tables: [StringTable]
  ) -> (heap: TextHeap, codes: [UnsafeMutablePointer<UInt32>]) {
    let orders = tables.map(sortedCodes)
    defer { for order in orders { order.deallocate() } }
    var codes: [UnsafeMutablePointer<UInt32>] = []
    for table in tables {
      let remap = UnsafeMutablePointer<UInt32>.allocate(capacity: table.count &+ 1)
      remap[0] = 0
      codes.append(remap)
    }
    var heads = [Int](repeating: 0, count: tables.count)
    let total = tables.reduce(0) { $0 &+ $1.byteCount &+ $1.count }
    let isWide = total > Int(UInt32.max)
    let bytes = ColumnMemory(uninitializedByteCount: total)
    let entryLimit = tables.reduce(0) { $0 &+ $1.count }
    let offsets = ColumnMemory(uninitializedByteCount: (entryLimit &+ 1) &* (isWide ? 8 : 4))
    var entry = 0
    var end = 0
    func setOffset() {
      if isWide {
        offsets.pointer(as: UInt64.self)[entry] = UInt64(end)
      } else {
        offsets.pointer(as: UInt32.self)[entry] = UInt32(truncatingIfNeeded: end)
      }
    }
    setOffset()
    while true {
      var least: UnsafeBufferPointer<UInt8>?
      for index in tables.indices where heads[index] < tables[index].count {
        let text = tables[index].text(Int(orders[index][heads[index]]))
        if least.map({ compare(text, $0) < 0 }) ?? true { least = text }
      }
      guard let least else { break }
      entry &+= 1
      if let source = least.baseAddress { memcpy(bytes.base + end, source, least.count) }
      end &+= least.count
      bytes.pointer(as: UInt8.self)[end] = 0xFF
      end &+= 1
      setOffset()
      for index in tables.indices where heads[index] < tables[index].count {
        let code = Int(orders[index][heads[index]])
        if compare(tables[index].text(code), least) == 0 {
          codes[index][code] = UInt32(truncatingIfNeeded: entry)
          heads[index] &+= 1
        }
      }
    }
    let heap = TextHeap(
      bytes: bytes.shrunk(to: end), offsets: offsets.shrunk(to: (entry &+ 1) &* (isWide ? 8 : 4)),
      isWide: isWide, count: entry)
    return (heap, codes)
  }

  /// The order of texts by their bytes.
  @inline(__always)
  private static func compare(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> Int {
    guard let first = a.baseAddress, let second = b.baseAddress else { return a.count &- b.count }
    let order = Int(memcmp(first, second, min(a.count, b.count)))
    return order != 0 ? order : a.count &- b.count
  }

  /// The codes of a table in the order of their texts.
  private static func sortedCodes(_ table: StringTable) -> UnsafeMutablePointer<UInt32> {
    let count = table.count
    let codes = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
    let shared = sharedPrefix(table)
    var keyed = [KeyedCode]()
    keyed.reserveCapacity(count)
    for code in stride(from: 1, through: count, by: 1) {
      keyed.append(
        KeyedCode(
          key: prefix(table.text(code), from: shared), code: UInt32(truncatingIfNeeded: code)))
    }
    RadixSort.sort(&keyed)
    // Texts that agree in the key are put in order by what follows.
    var start = 0
    while start < count {
      var end = start &+ 1
      while end < count, keyed[end].key == keyed[start].key { end &+= 1 }
      if end &- start > 1 {
        keyed[start..<end].sort { compare(table.text(Int($0.code)), table.text(Int($1.code))) < 0 }
      }
      start = end
    }
    for index in 0..<count { codes[index] = keyed[index].code }
    return codes
  }

  /// How many bytes all texts begin with alike, so that keys hold what tells them apart.
  private static func sharedPrefix(_ table: StringTable) -> Int {
    guard table.count > 1 else { return 0 }
    let first = table.text(1)
    var shared = first.count
    for code in 2...table.count where shared > 0 {
      let text = table.text(code)
      shared = min(shared, text.count)
      var same = 0
      while same < shared, text[same] == first[same] { same &+= 1 }
      shared = same
    }
    return shared
  }

  /// Up to 8 bytes as a number that orders as they do.
  private static func prefix(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
    var key: UInt64 = 0
    for index in 0..<8 {
      key = key &<< 8
      if start &+ index < text.count { key |= UInt64(text[start &+ index]) }
    }
    return key
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
