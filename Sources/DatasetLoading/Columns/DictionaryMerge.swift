import CKernels
import ColumnStore
import Glibc

/// The final codes of the texts that several threads have met.
final class MergedCodes {
  /// For each table, the final code of each of its codes; code 0 stays 0.
  fileprivate let codes: [UnsafeMutablePointer<UInt32>]
  /// The final codes of numbered texts.
  fileprivate let ofNumbers: UnsafeMutablePointer<UInt32>

  fileprivate init(_ tables: [StagedTexts], largestNumber: Int) {
    codes = tables.map { texts in
      let codes = UnsafeMutablePointer<UInt32>.allocate(capacity: texts.table.count &+ 1)
      codes[0] = 0
      return codes
    }
    ofNumbers = .allocate(capacity: largestNumber &+ 1)
  }

  deinit {
    for codes in codes { codes.deallocate() }
    ofNumbers.deallocate()
  }

  /// The final codes of the texts of one thread, as long as all are kept.
  struct OfTable {
    let codes: UnsafePointer<UInt32>
    let ofNumbers: UnsafePointer<UInt32>

    @inline(__always)
    subscript(code: Int) -> UInt32 {
      NumberedTexts.isNumbered(code) ? ofNumbers[NumberedTexts.number(code)] : codes[code]
    }
  }

  func ofTable(_ index: Int) -> OfTable { OfTable(codes: codes[index], ofNumbers: ofNumbers) }
}

/// Joins the dictionaries of several threads to one that is sorted by bytes.
struct DictionaryMerge {
  private let tables: [StringTable]
  /// The numbered texts of all threads.
  private let numbers: NumberedTexts?
  private let merged: MergedCodes
  /// How many bytes all texts of the tables begin with alike.
  private let shared: Int
  private let bytes: ColumnMemory
  private let offsets: ColumnMemory
  private let isWide: Bool
  private var count = 0
  private var end = 0
  /// The texts of each table in their order, and how many of them are taken.
  private var orders: [[dq_keyed_row]] = []
  private var heads: [Int] = []

  /// The sorted entries and the final codes.
  static func merged(
    _ tables: [StagedTexts], _ stop: CancellationFlag
  ) -> (heap: TextHeap, codes: MergedCodes) {
    var merge = DictionaryMerge(tables)
    merge.run(stop)
    return (merge.heap, merge.merged)
  }

  private init(_ texts: [StagedTexts]) {
    tables = texts.map(\.table)
    numbers = DictionaryMerge.union(texts)
    merged = MergedCodes(texts, largestNumber: numbers?.largest ?? 0)
    shared = DictionaryMerge.sharedPrefix(tables)
    let numberCount = numbers?.count ?? 0
    let entries = tables.reduce(numberCount) { $0 &+ $1.count }
    let longest = numbers.map { $0.form.length($0.largest) } ?? 0
    let total = tables.reduce(numberCount &* longest &+ entries) { $0 &+ $1.byteCount }
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

  /// The numbers of all threads, and of those of their texts that are of the form but were met
  /// before it was chosen; nil where no form was.
  private static func union(_ texts: [StagedTexts]) -> NumberedTexts? {
    guard let union = texts.lazy.compactMap(\.numbers).first else { return nil }
    for texts in texts {
      if let numbers = texts.numbers, numbers !== union { union.formUnion(numbers) }
      for code in stride(from: 1, through: texts.table.count, by: 1) {
        let text = texts.table.text(code)
        if let start = text.baseAddress { _ = union.code(start, text.count) }
      }
    }
    return union
  }

  private mutating func run(_ stop: CancellationFlag) {
    orders = tables.map { sorted($0, stop) }
    heads = orders.map { _ in 0 }
    if let numbers { takeNumbers(numbers, stop) }
    takeTexts(before: nil, stop)
    guard let form = numbers?.form else { return }
    for (table, codes) in zip(tables, merged.codes) {
      for code in stride(from: 1, through: table.count, by: 1) {
        let text = table.text(code)
        guard let start = text.baseAddress, let number = form.number(start, text.count) else {
          continue
        }
        codes[code] = merged.ofNumbers[number]
      }
    }
  }

  /// Takes the numbered texts, and between them the others that come first.
  private mutating func takeNumbers(_ numbers: NumberedTexts, _ stop: CancellationFlag) {
    let hasOthers = orders.contains { !$0.isEmpty }
    let target = bytes.pointer(as: UInt8.self)
    numbers.forEach { number in
      var length = numbers.form.write(number, to: target + end)
      if hasOthers {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberedForm.longest) { text in
          guard let base = text.baseAddress else { return }
          memcpy(base, target + end, length)
          takeTexts(before: UnsafeBufferPointer(start: base, count: length), stop)
        }
        length = numbers.form.write(number, to: target + end)
      }
      endText(length)
      merged.ofNumbers[number] = UInt32(truncatingIfNeeded: count)
      return count & 0xFFFF != 0 || !stop.isSet
    }
  }

  /// Takes the least of the tables' next texts until none is left, or none that comes before a text.
  private mutating func takeTexts(
    before limit: UnsafeBufferPointer<UInt8>?, _ stop: CancellationFlag
  ) {
    while !stop.isSet {
      var least: (table: Int, item: dq_keyed_row)?
      for index in tables.indices where heads[index] < orders[index].count {
        let item = orders[index][heads[index]]
        if let other = least, compare(item, index, other.item, other.table) >= 0 { continue }
        least = (index, item)
      }
      guard let least else { return }
      let text = tables[least.table].text(Int(least.item.row) &+ 1)
      if let limit, ByteOrder.compare(text, limit) > 0 { return }
      append(text)
      for index in tables.indices where heads[index] < orders[index].count {
        let item = orders[index][heads[index]]
        if compare(item, index, least.item, least.table) == 0 {
          merged.codes[index][Int(item.row) &+ 1] = UInt32(truncatingIfNeeded: count)
          heads[index] &+= 1
        }
      }
    }
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    if let source = text.baseAddress { memcpy(bytes.base + end, source, text.count) }
    endText(text.count)
  }

  /// Ends a text of so many bytes, which stand already.
  private mutating func endText(_ length: Int) {
    bytes.pointer(as: UInt8.self)[end &+ length] = 0xFF
    end &+= length &+ 1
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

  /// The texts of a table that are not numbered, in their order, its code 1 as 0; none where the
  /// load is stopped.
  private func sorted(_ table: StringTable, _ stop: CancellationFlag) -> [dq_keyed_row] {
    let rows = try? ByteOrder.sorted(
      count: table.count, shared: shared, text: { table.text($0 &+ 1) },
      check: { () throws(Stopped) in if stop.isSet { throw Stopped() } })
    guard let rows, let form = numbers?.form else { return rows ?? [] }
    return rows.filter { row in
      let text = table.text(Int(row.row) &+ 1)
      return text.baseAddress.flatMap { form.number($0, text.count) } == nil
    }
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
