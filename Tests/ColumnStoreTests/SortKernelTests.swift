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

  @Test(arguments: oddSizes)
  func setsOfNumbers(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 41)
    for largest in [3, 40_000, UInt64.max] {
      var first = random.values(count, in: 0...largest)
      var second = random.values(count / 2 + 3, in: 0...largest)
      let (a, b) = (Set(first), Set(second))
      var scratch = [UInt64](repeating: 0, count: count + 3)
      let firstCount = dq_sort_distinct(&first, first.count, &scratch)
      let secondCount = dq_sort_distinct(&second, second.count, &scratch)
      #expect(Array(first[..<firstCount]) == a.sorted())
      #expect(Array(second[..<secondCount]) == b.sorted())
      var united = [UInt64](repeating: 0, count: firstCount + secondCount)
      let unitedCount = dq_unite(first, firstCount, second, secondCount, &united)
      #expect(Array(united[..<unitedCount]) == a.union(b).sorted())
    }
  }

  @Test(arguments: oddSizes)
  func pairsOfGroupsAndCodes(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 42)
    let groups = random.values(count, in: UInt32(0)...UInt32.max)
    let (bytes, words, longs) = (
      random.values(count, in: UInt8(0)...3), random.values(count, in: UInt16(0)...3),
      random.values(count, in: UInt32(0)...3)
    )
    let domain: UInt64 = 1 << 31
    func pairs(_ codes: [some FixedWidthInteger], _ rows: [Int], _ groups: [UInt32]) -> [UInt64] {
      zip(rows, groups).filter { codes[$0.0] != 0 }.map {
        UInt64($0.1) * domain + UInt64(codes[$0.0])
      }
    }
    var out = [UInt64](repeating: 0, count: count)
    let rows = Array(0..<count)
    var found = dq_pair_u8(groups, bytes, nil, count, domain, &out)
    #expect(Array(out[..<found]) == pairs(bytes, rows, groups))
    found = dq_pair_u32(groups, longs, nil, count, domain, &out)
    #expect(Array(out[..<found]) == pairs(longs, rows, groups))
    let chosen = rows.filter { _ in Bool.random(using: &random) }
    let packed = chosen.map { groups[$0] }
    let positions = chosen.map { UInt16($0) }
    found = dq_pair_u16(packed, words, positions, chosen.count, domain, &out)
    #expect(Array(out[..<found]) == pairs(words, chosen, packed))
  }
}
