import CKernels
import Testing

@Suite("Sort kernels")
struct SortKernelTests {
  private func keyed(_ keys: [UInt64]) -> [dq_keyed_row] {
    keys.enumerated().map { dq_keyed_row(key: $1, row: UInt32($0), number: 0) }
  }

  @Test(arguments: oddSizes)
  func packedCodes(count: Int) {
    var random = RandomNumbers(seed: UInt64(count))
    let narrow = random.values(count, in: UInt8(0)...255)
    let middle = random.values(count, in: UInt16(0)...UInt16.max)
    let wide = random.values(count, in: UInt32(0)...UInt32.max)
    var keys = [UInt64](repeating: 0, count: count)
    dq_pack_u8(narrow, count, 8, &keys)
    dq_pack_u16(middle, count, 20, &keys)
    dq_pack_u32(wide, count, 32, &keys)
    for row in 0..<count {
      let high = UInt64(narrow[row]) << 52 | UInt64(middle[row]) << 32
      #expect(keys[row] == high | UInt64(wide[row]))
    }
  }

  @Test(arguments: [0, 1, 2, 47, 48, 49, 1000, 30_011])
  func sortedRowsKeepTheirOrder(count: Int) {
    for largest: UInt64 in [0, 5, 70_000, .max] {
      var random = RandomNumbers(seed: UInt64(count) &+ largest)
      let keys = random.values(count, in: UInt64(0)...largest)
      var rows = keyed(keys)
      var scratch = rows
      dq_sort_keyed(&rows, count, &scratch)
      let wanted = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      #expect(rows.map { Int($0.row) } == wanted)
      #expect(rows.map(\.key) == wanted.map { keys[$0] })
    }
  }

  @Test func distinctKeysAreNumbered() {
    var rows = keyed([3, 3, 0x100, 0x105, 0x105, 0x200, 0x2FF])
    var distinct = [UInt64](repeating: 0, count: rows.count)
    #expect(dq_number_keyed(&rows, rows.count, [], 0, &distinct) == 5)
    #expect(distinct.prefix(5) == [3, 0x100, 0x105, 0x200, 0x2FF])
    #expect(rows.map(\.number) == [0, 0, 1, 2, 2, 3, 4])
    // With both bytes needed, what lacks one has no number.
    let none = UInt32.max
    #expect(dq_number_keyed(&rows, rows.count, [0xFF, 0xFF00], 2, &distinct) == 2)
    #expect(distinct.prefix(2) == [0x105, 0x2FF])
    #expect(rows.map(\.number) == [none, none, none, 0, 0, none, 1])
    var codes = [UInt32](repeating: 99, count: rows.count)
    dq_store_numbers(rows, rows.count, 10, &codes)
    #expect(codes == [0, 0, 0, 10, 10, 0, 11])
  }

  @Test(arguments: oddSizes)
  func rowsArePutIntoParts(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 7)
    let keys = random.values(count, in: UInt64(0)...1023)
    var next = [Int](repeating: 0, count: 4)
    dq_count_parts(keys, count, 8, &next)
    #expect(next == (0..<4).map { part in keys.count { $0 >> 8 == part } })
    var start = 0
    next = next.map { size in
      defer { start += size }
      return start
    }
    var rows = keyed(keys)
    dq_scatter_parts(keys, count, 100, 8, &next, &rows)
    let wanted = keys.indices.sorted { (keys[$0] >> 8, $0) < (keys[$1] >> 8, $1) }
    #expect(rows.map { Int($0.row) } == wanted.map { $0 + 100 })
  }
}
