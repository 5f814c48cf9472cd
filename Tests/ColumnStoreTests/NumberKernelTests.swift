import CKernels
import ColumnStore
import Testing

@Suite("Number kernels")
struct NumberKernelTests {
  @Test(arguments: oddSizes)
  func choices(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 11)
    let first = random.values(count, in: Int64.min...Int64.max)
    let second = random.values(count, in: Int64.min...Int64.max)
    let bits = (0..<count).map { _ in Bool.random(using: &random) }
    let mask = Bitmap(bits)
    var chosen = [Int64](repeating: 7, count: count)
    var numbers = chosen
    withExtendedLifetime(mask) {
      dq_choose(mask.words, first, second, count, &chosen)
      dq_bits(mask.words, count, &numbers)
    }
    #expect(chosen == (0..<count).map { bits[$0] ? first[$0] : second[$0] })
    #expect(numbers == bits.map { $0 ? 1 : 0 })
  }

  @Test(arguments: oddSizes)
  func negativesAreDropped(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 12)
    let values = random.values(count, in: Int64(-5)...5)
    let bits = (0..<count).map { _ in Bool.random(using: &random) }
    let mask = Bitmap(bits)
    var kept = [Int64](repeating: 7, count: count)
    withExtendedLifetime(mask) { dq_not_negative(values, count, &kept, mask.words) }
    #expect(kept == values.map { max($0, 0) })
    #expect((0..<count).map { mask[$0] } == (0..<count).map { bits[$0] && values[$0] >= 0 })
  }

  @Test(arguments: oddSizes)
  func rangesOfWhatIsThere(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 14)
    for (width, limit) in [(1, Int64(127)), (2, 32_767), (4, 1 << 31 - 1), (8, Int64.max)] {
      let missing = Int64.min &+ 5
      let range = width == 8 ? Int64.min &+ 6...limit : -limit - 1...limit
      var values = random.values(count, in: range)
      for row in values.indices where Int.random(in: 0..<3, using: &random) == 0 {
        values[row] = missing
      }
      let known = values.filter { $0 != missing }
      let ends = [known.min() ?? Int64.max, known.max() ?? Int64.min]
      var low: Int64 = 0
      var high: Int64 = 0
      dq_range(values, count, missing, &low, &high)
      #expect([low, high] == ends)
      let stored = ColumnMemory(byteCount: count * width)
      dq_narrow(values, count, missing, Int32(width), stored.base)
      let column = NumberColumn(
        width: [1: .int8, 2: .int16, 4: .int32][width] ?? .int64, memory: stored, count: count)
      #expect((0..<count).map { column.stored($0) } == values.map { $0 == missing ? 0 : $0 })
      let validity = Bitmap(values.map { $0 != missing })
      dq_stored_range(stored.base, Int32(width), count, validity.words, &low, &high)
      #expect([low, high] == ends)
      let all = values.map { $0 == missing ? 0 : $0 }
      dq_stored_range(stored.base, Int32(width), count, nil, &low, &high)
      #expect([low, high] == [all.min() ?? Int64.max, all.max() ?? Int64.min])
    }
  }

  /// Few and many values, narrow and wide, in clusters, with ties: as sorting finds them.
  @Test(arguments: [1, 2, 3, 100, 2_048, 2_049, 5_000, 40_000])
  func neighbours(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 13)
    for range in [
      Int64(0)...0, 0...3, -100...100_000, -1_000_000...1_000_000_000, Int64.min...Int64.max,
    ] {
      var values = random.values(count, in: range)
      // Some far off, so that most fall into one bucket.
      if range.upperBound > 3 {
        for index in values.indices where index % 97 != 0 { values[index] = values[index] / 1_000 }
      }
      let sorted = values.sorted()
      for index in Set([0, count / 3, count / 2, count * 9 / 10, count - 1]) {
        check(values, sorted, index)
      }
    }
  }

  private func check(_ values: [Int64], _ sorted: [Int64], _ index: Int) {
    var scratch = values
    var lower: Int64 = 0
    var upper: Int64 = 0
    dq_neighbours_i64(values, values.count, index, &scratch, &lower, &upper)
    #expect(lower == sorted[index])
    if index + 1 < sorted.count { #expect(upper == sorted[index + 1]) }
    let narrow = values.compactMap { Int32(exactly: $0) }
    guard narrow.count == values.count else { return }
    var small = narrow
    dq_neighbours_i32(narrow, narrow.count, index, &small, &lower, &upper)
    #expect(lower == sorted[index])
    if index + 1 < sorted.count { #expect(upper == sorted[index + 1]) }
  }

  @Test func valuesByGroup() {
    var random = RandomNumbers(seed: 14)
    let groups = random.values(500, in: UInt32(0)...4)
    let values = random.values(500, in: Int64(-9)...9)
    let positions = (0..<500).filter { $0 % 3 != 0 }.map { UInt16($0) }
    var taken = [Int32](repeating: 0, count: positions.count)
    dq_take_i32(values, positions, positions.count, &taken)
    #expect(taken == positions.map { Int32(values[Int($0)]) })
    let order = groups.indices.sorted { (groups[$0], $0) < (groups[$1], $1) }
    let starts = (0..<5).map { group in groups.count { $0 < UInt32(group) } }
    for width in [1, 2, 4] {
      var kept = [UInt8](repeating: 0, count: 500 * width)
      var counts = (0..<5).map { Int64($0) }
      dq_keep_groups(groups, 500, 5, Int32(width), &kept, &counts)
      let own = (0..<5).map { group in groups.count { $0 == group } }
      #expect(counts == own.enumerated().map { Int64($0 + $1) })
      var next = starts
      var together = [Int64](repeating: 0, count: 500)
      dq_scatter(kept, Int32(width), values, 8, 500, &next, &together)
      #expect(together == order.map { values[$0] })
      next = starts
      var narrow = [Int32](repeating: 0, count: 500)
      dq_scatter(kept, Int32(width), values.map { Int32($0) }, 4, 500, &next, &narrow)
      #expect(narrow == order.map { Int32(values[$0]) })
      #expect(next == (1...5).map { group in groups.count { $0 < UInt32(group) } })
    }
  }

  @Test func rowsWithSeveralCodes() {
    let starts: [UInt32] = [0, 2, 2, 5]
    // Three more than are theirs must be readable.
    let codes: [UInt8] = [3, 1, 2, 2, 9, 77, 77, 77]
    let rows: [UInt16] = [0, 1, 2]
    let groups: [UInt32] = [100, 200, 300]
    var wideRows = [UInt16](repeating: 0, count: 9)
    var wideGroups = [UInt32](repeating: 0, count: 9)
    let count = dq_expand_u8(rows, groups, 3, starts, codes, 10, &wideRows, &wideGroups)
    #expect(Array(wideRows[..<count]) == [0, 0, 1, 2, 2, 2])
    #expect(Array(wideGroups[..<count]) == [130, 110, 200, 320, 320, 390])
  }

  @Test func wideIntegersAsDoubles() {
    for value: Int128 in [0, 1, -1, .max, .min, 1 << 64, -(1 << 64) - 1, 1 << 100 + 1] {
      let high = Int64(truncatingIfNeeded: value >> 64)
      #expect(dq_wide_double(UInt64(truncatingIfNeeded: value), high) == Double(value))
    }
  }
}
