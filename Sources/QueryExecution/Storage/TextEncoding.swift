import ColumnStore
import Glibc

/// Texts as codes into a sorted dictionary.
enum TextEncoding {
  static func equal(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard left.count == right.count else { return false }
    guard let a = left.baseAddress, let b = right.baseAddress, left.count > 0 else { return true }
    return memcmp(a, b, left.count) == 0
  }

  /// Any column as a dictionary column; numbers by their decimal spelling.
  ///
  /// `check` is called now and then, and what it throws ends the work.
  static func dictionary<Failure>(
    of column: Column, threads: Int, check: @escaping @Sendable () throws(Failure) -> Void
  ) throws(Failure) -> DictionaryColumn {
    switch column {
    case .dictionary(let texts): return texts
    case .template(let texts) where texts.digits.byteCount == 0: return texts.templates
    case .text, .template:
      return try dictionary(ofTexts: column, threads: threads, check: check)
    case .number(let numbers):
      let isWhole = numbers.width != .float64 && numbers.scale == 0
      return try spelled(numbers.count, check) { row in
        if isWhole { return numbers.isValid(row) ? String(numbers.stored(row)) : nil }
        guard let value = numbers.double(row) else { return nil }
        return Int64(exactly: value).map { String($0) } ?? String(value)
      }
    case .tags(let tags):
      return try spelled(tags.count, check) { row in
        tags.run(row).isEmpty ? nil : tags.strings(row).joined(separator: ";")
      }
    }
  }

  private static func spelled<Failure>(
    _ count: Int, _ check: () throws(Failure) -> Void, _ text: (Int) -> String?
  ) throws(Failure) -> DictionaryColumn {
    var texts: [String?] = []
    for row in 0..<count {
      if row & 0xFFFF == 0 { try check() }
      texts.append(text(row))
    }
    return DictionaryColumn(texts)
  }

  /// Each thread finds the distinct texts of a run of rows; then all are put together and sorted.
  private static func dictionary<Failure>(
    ofTexts column: Column, threads: Int,
    check: @escaping @Sendable () throws(Failure) -> Void
  ) throws(Failure) -> DictionaryColumn {
    let rows = column.count
    let runs = Blocks.threads(rows, atMost: threads)
    let entryOf = ColumnMemory(uninitializedByteCount: rows &* 4)
    let found = ThreadSlots<DistinctTexts>(count: runs)
    Parallel.run(threads: runs) { run in
      let entries = entryOf.pointer(as: Int32.self)
      let own = DistinctTexts()
      let reader = column.textReader()
      for row in (rows * run / runs)..<(rows * (run + 1) / runs) {
        if row & 0xFFFF == 0 {
          do throws(Failure) { try check() } catch { break }
        }
        entries[row] = reader?.utf8(row).map { Int32(truncatingIfNeeded: own.entry($0)) } ?? -1
      }
      found[run] = own
    }
    try check()
    let tables = found.values.compactMap { $0 }
    let all = tables[0]
    var entriesOfRuns = [Array(0..<all.count)]
    for own in tables.dropFirst() {
      entriesOfRuns.append((0..<own.count).map { all.entry(own.text($0)) })
    }
    let order = try ByteOrder.sorted(count: all.count, text: all.text, check: check)
    var codeOf = [Int](repeating: 0, count: order.count)
    for (rank, entry) in order.enumerated() { codeOf[Int(entry.row)] = rank + 1 }
    let codesOfRuns = entriesOfRuns.map { $0.map { codeOf[$0] } }
    let codes = CodeArray(count: rows, largest: order.count)
    Parallel.run(threads: runs) { run in
      let entries = entryOf.pointer(as: Int32.self)
      let own = codesOfRuns[run]
      for row in (rows * run / runs)..<(rows * (run + 1) / runs) {
        codes.set(row, to: entries[row] < 0 ? 0 : own[Int(entries[row])])
      }
    }
    return DictionaryColumn(
      codes: codes,
      dictionary: TextHeap(order.map { String(decoding: all.text(Int($0.row)), as: UTF8.self) }))
  }
}
