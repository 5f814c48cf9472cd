import CKernels
import ColumnStore
import Testing

@Suite("Group kernels")
struct GroupKernelTests {
  private static let groupCount = 11

  @Test(arguments: oddSizes)
  func numbersOfGroups(count: Int) {
    var random = RandomNumbers(seed: UInt64(count))
    let narrow = random.values(count, in: UInt8(0)...255)
    let middle = random.values(count, in: UInt16(0)...UInt16.max)
    let wide = random.values(count, in: UInt32(0)...60_000)
    var groups = [UInt32](repeating: 9, count: count)
    dq_groups_set_u8(narrow, count, 3, &groups)
    dq_groups_add_u16(middle, count, 256, &groups)
    dq_groups_add_u32(wide, count, 2, &groups)
    #expect(
      groups
        == (0..<count).map { UInt32(narrow[$0]) * 3 + UInt32(middle[$0]) * 256 + wide[$0] * 2 })
    dq_groups_set_u16(middle, count, 2, &groups)
    dq_groups_add_u8(narrow, count, 1, &groups)
    #expect(groups == (0..<count).map { UInt32(middle[$0]) * 2 + UInt32(narrow[$0]) })
    dq_groups_set_u32(wide, count, 1, &groups)
    #expect(groups == wide)
  }

  @Test(arguments: oddSizes)
  func counts(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 1)
    let groups = random.values(count, in: UInt32(0)...UInt32(Self.groupCount - 1))
    var counts = [Int64](repeating: 5, count: Self.groupCount)
    dq_count(groups, count, &counts)
    #expect(
      counts
        == (0..<Self.groupCount).map { group in
          5 + Int64(groups.count { Int($0) == group })
        })

    for share in [0, 30, 100] {
      let bits = (0..<count).map { _ in Int.random(in: 0..<100, using: &random) < share }
      var masked = [Int64](repeating: 0, count: Self.groupCount)
      let mask = Bitmap(bits)
      withExtendedLifetime(mask) { dq_count_masked(groups, count, mask.words, &masked) }
      #expect(
        masked
          == (0..<Self.groupCount).map { group in
            Int64(groups.indices.count { bits[$0] && Int(groups[$0]) == group })
          })
    }
  }

  @Test(arguments: oddSizes, [0, 30, 100])
  func countsByPlace(count: Int, share: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 7)
    let groups = random.values(count, in: UInt32(0)...UInt32(Self.groupCount - 1))
    let values = random.values(count, in: Int8(-3)...5)
    let bits = (0..<4).map { part in
      (0..<count).map { _ in
        Int.random(in: 0..<100, using: &random) < (part == 0 ? share : 50)
      }
    }
    let masks = bits.map { Bitmap($0) }
    withExtendedLifetime(masks) {
      for lanes in [0, 2] {
        var cells = [Int64](repeating: 0, count: Self.groupCount * 9 << lanes)
        dq_count_values(groups, values, count, masks[0].words, -3, 9, UInt32(lanes), &cells)
        var wanted = [Int64](repeating: 0, count: Self.groupCount * 9)
        for row in groups.indices where bits[0][row] {
          wanted[Int(groups[row]) * 9 + Int(values[row]) + 3] += 1
        }
        #expect(Self.places(cells, lanes) == wanted)
        for parts in 0...3 {
          var cells = [Int64](repeating: 0, count: Self.groupCount << (parts + lanes))
          let pointers = masks.dropFirst().map { UnsafePointer<UInt64>?($0.words) }
          dq_count_codes(
            groups, count, masks[0].words, pointers, parts, UInt32(lanes), &cells)
          var wanted = [Int64](repeating: 0, count: Self.groupCount << parts)
          for row in groups.indices where bits[0][row] {
            let code = (0..<parts).reduce(0) { $0 | (bits[$1 + 1][row] ? 1 << $1 : 0) }
            wanted[Int(groups[row]) << parts | code] += 1
          }
          #expect(Self.places(cells, lanes) == wanted)
        }
      }
    }
  }

  /// The cells of each place together.
  private static func places(_ cells: [Int64], _ lanes: Int) -> [Int64] {
    stride(from: 0, to: cells.count, by: 1 << lanes).map { place in
      cells[place..<place + 1 << lanes].reduce(0, +)
    }
  }

  @Test(arguments: oddSizes)
  func valuesOfABlock(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 8)
    let values = random.values(count, in: Int8(-20)...40)
    let wanted = values.reduce(into: UInt64(0)) { $0 |= 1 << UInt64(Int($1) + 20) }
    #expect(dq_values_seen(values, count, -20) == wanted)
  }

  @Test(arguments: oddSizes)
  func sumsAndEnds(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 2)
    let all = random.values(count, in: Int64(-1_000_000_000_000)...1_000_000_000_000)
    let groups = random.values(count, in: UInt32(0)...UInt32(Self.groupCount - 1))
    let chosen = groups.indices.filter { _ in Bool.random(using: &random) }
    let positions = chosen.map { UInt16($0) }
    let packed = chosen.map { groups[$0] }

    check(all, groups: groups, rows: Array(groups.indices), positions: nil, packed: groups)
    check(all, groups: groups, rows: chosen, positions: positions, packed: packed)
  }

  private func check(
    _ values: [Int64], groups: [UInt32], rows: [Int], positions: [UInt16]?, packed: [UInt32]
  ) {
    var sums = [Int64](repeating: 0, count: Self.groupCount)
    var pairs = [Int64](repeating: 0, count: 2 * Self.groupCount)
    var low = [Int64](repeating: .max, count: Self.groupCount)
    var high = [Int64](repeating: .min, count: Self.groupCount)
    func run(_ positions: UnsafePointer<UInt16>?) {
      dq_sum(packed, positions, rows.count, values, &sums)
      dq_count_sum(packed, positions, rows.count, values, &pairs)
      dq_min(packed, positions, rows.count, values, &low)
      dq_max(packed, positions, rows.count, values, &high)
    }
    if let positions { run(positions) } else { run(nil) }
    for group in 0..<Self.groupCount {
      let own = rows.filter { Int(groups[$0]) == group }.map { values[$0] }
      #expect(sums[group] == own.reduce(0, +))
      #expect(pairs[2 * group] == Int64(own.count))
      #expect(pairs[2 * group + 1] == own.reduce(0, +))
      #expect(low[group] == own.min() ?? .max)
      #expect(high[group] == own.max() ?? .min)
    }
  }

  /// Plain addition gives 0 for the first and 999999.9998… for the second.
  @Test func compensatedSums() {
    func sum(_ values: [Double], positions: [UInt16]? = nil) -> Double {
      var pair = [0.0, 0.0]
      let groups = [UInt32](repeating: 0, count: values.count)
      if let positions {
        dq_sum_double(groups, positions, positions.count, values, &pair)
      } else {
        dq_sum_double(groups, nil, values.count, values, &pair)
      }
      return pair[0] + pair[1]
    }
    #expect(sum([1e16, 1, -1e16]) == 1)
    #expect(sum([1, 1e100, 1, -1e100]) == 2)
    #expect(sum([Double](repeating: 0.1, count: 1_000_000)) == 100_000)
    #expect(sum([5, 7, 9], positions: [0, 2]) == 14)
    #expect(sum([]) == 0)
  }

  @Test(arguments: oddSizes)
  func widening(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 3)
    var wide = [Int64](repeating: 0, count: count)
    let bytes = random.values(count, in: Int8.min...Int8.max)
    dq_widen_i8(bytes, count, &wide)
    #expect(wide == bytes.map(Int64.init))
    let words = random.values(count, in: Int16.min...Int16.max)
    dq_widen_i16(words, count, &wide)
    #expect(wide == words.map(Int64.init))
    let longs = random.values(count, in: Int32.min...Int32.max)
    dq_widen_i32(longs, count, &wide)
    #expect(wide == longs.map(Int64.init))
  }

  @Test(arguments: oddSizes)
  func groupsOfARange(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 21)
    let all = random.values(count, in: UInt32(0)...99)
    var groups = all
    let words = (count + 63) / 64
    var mask = [UInt64](repeating: 0xF0F0_FFFF_FFFF_FFFF, count: words)
    let before = mask
    dq_groups_within(&groups, count, 40, 20, &mask)
    #expect(groups == all.map { $0 &- 40 })
    for row in 0..<count {
      let bit = UInt64(1) << UInt64(row % 64)
      let isKept = before[row / 64] & bit != 0 && (40..<60).contains(all[row])
      #expect((mask[row / 64] & bit != 0) == isKept)
    }
  }

  @Test(arguments: oddSizes)
  func leastValuesOfEachGroup(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 22)
    let groups = random.values(count, in: UInt32(0)...UInt32(Self.groupCount - 1))
    let values = random.values(count, in: Int64(-9)...9)
    let positions = (0..<count).map { UInt16($0) }
    for kept in [1, 2, 5] {
      var least = [Int64](repeating: 0, count: Self.groupCount * kept)
      var rows = [UInt32](repeating: .max, count: Self.groupCount * kept)
      dq_keep_least(groups, positions, count, values, 1000, kept, &least, &rows)
      for group in 0..<Self.groupCount {
        let wanted = (0..<count).filter { groups[$0] == group }
          .sorted { (values[$0], $0) < (values[$1], $1) }.prefix(kept)
        let own = (group * kept)..<(group * kept + wanted.count)
        #expect(rows[own].map { Int($0) } == wanted.map { $0 + 1000 })
        #expect(Array(least[own]) == wanted.map { values[$0] })
        #expect(rows[own.upperBound..<((group + 1) * kept)].allSatisfy { $0 == .max })
      }
    }
  }

  @Test(arguments: oddSizes)
  func momentsInWideSums(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 23)
    let groups = random.values(count, in: UInt32(0)...UInt32(Self.groupCount - 1))
    let values = random.values(count, in: Int64(-1 << 40)...(1 << 40))
    var moments = [dq_moments](repeating: dq_moments(), count: Self.groupCount)
    dq_moments_add(groups, nil, count, values, &moments)
    for group in 0..<Self.groupCount {
      let own = values.indices.filter { groups[$0] == group }.map { Int128(values[$0]) }
      func wide(_ halves: (UInt64, UInt64)) -> Int128 {
        Int128(Int64(bitPattern: halves.1)) << 64 | Int128(halves.0)
      }
      #expect(moments[group].count == Int64(own.count))
      #expect(wide(moments[group].sum) == own.reduce(0, +))
      #expect(wide(moments[group].squares) == own.reduce(0) { $0 + $1 * $1 })
    }
  }

  @Test(arguments: oddSizes)
  func jointMoments(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 24)
    let groups = random.values(count, in: UInt32(0)...UInt32(Self.groupCount - 1))
    let x = random.values(count, in: Int64(-1000)...1000)
    let y = random.values(count, in: Int64(-1000)...1000)
    var moments = [dq_joint_moments](repeating: dq_joint_moments(), count: Self.groupCount)
    dq_joint_moments_add(groups, nil, count, x, y, &moments)
    for group in 0..<Self.groupCount {
      let own = x.indices.filter { groups[$0] == group }
      let found = moments[group]
      #expect(found.count == Int64(own.count))
      #expect(found.x == own.reduce(0) { $0 + x[$1] })
      #expect(found.yy == own.reduce(0) { $0 + y[$1] * y[$1] })
      #expect(found.xy == own.reduce(0) { $0 + x[$1] * y[$1] })
    }
  }
}
