import CKernels
import ColumnStore
import Testing

@Suite("Mask kernels")
struct MaskKernelTests {
  /// Bit by bit, and 0 behind the last row.
  private func expect(
    _ words: [UInt64], are bits: [Bool], _ source: SourceLocation = #_sourceLocation
  ) {
    var wanted = [UInt64](repeating: 0, count: Bitmap.wordCount(bits.count))
    for (row, bit) in bits.enumerated() where bit { wanted[row / 64] |= 1 << UInt64(row % 64) }
    #expect(Array(words.prefix(wanted.count)) == wanted, sourceLocation: source)
    #expect(words.dropFirst(wanted.count).allSatisfy { $0 == .max }, sourceLocation: source)
  }

  /// Words that a kernel must overwrite, and one behind them that it must not touch.
  private func mask(_ count: Int) -> [UInt64] {
    [UInt64](repeating: .max, count: Bitmap.wordCount(count) + 1)
  }

  private func checkRange<T: FixedWidthInteger>(
    _ count: Int, _ type: T.Type,
    _ kernel: (UnsafePointer<T>?, Int, T, T, UnsafeMutablePointer<UInt64>?) -> Void
  ) {
    var random = RandomNumbers(seed: UInt64(count))
    var values = random.values(count, in: T.min...T.max)
    // The borders themselves belong to the range.
    let edges = [T.min, T.max, 0, 1]
    for index in values.indices where index % 5 == 0 { values[index] = edges[index % 4] }
    for (low, high) in [(T.min, T.max), (0, 0), (T.min, 0), (1, T.max), (T.max, T.min)] {
      var found = mask(count)
      kernel(values, count, low, high, &found)
      expect(found, are: values.map { $0 >= low && $0 <= high })
    }
  }

  @Test(arguments: oddSizes)
  func ranges(count: Int) {
    checkRange(count, Int8.self) { dq_range_mask_i8($0, $1, $2, $3, $4) }
    checkRange(count, Int16.self) { dq_range_mask_i16($0, $1, $2, $3, $4) }
    checkRange(count, Int32.self) { dq_range_mask_i32($0, $1, $2, $3, $4) }
    checkRange(count, Int64.self) { dq_range_mask_i64($0, $1, $2, $3, $4) }
  }

  @Test(arguments: oddSizes)
  func comparisons(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 3)
    var left = random.values(count, in: Int32.min...Int32.max)
    let right = random.values(count, in: Int32.min...Int32.max)
    for index in left.indices where index % 3 == 0 { left[index] = right[index] }
    for index in left.indices where index % 7 == 0 { left[index] = index % 2 == 0 ? .min : .max }
    var found = mask(count)
    dq_greater_mask_i32(left, right, count, &found)
    expect(found, are: zip(left, right).map { $0 > $1 })
  }

  private func checkNarrowing<T: FixedWidthInteger>(
    _ count: Int, _ type: T.Type,
    _ kernel: (UnsafePointer<T>?, Int, T, T, UnsafeMutablePointer<UInt64>?) -> Void
  ) {
    var random = RandomNumbers(seed: UInt64(count) &+ 9)
    var values = random.values(count, in: T.min...T.max)
    let edges = [T.min, T.max, 0, 1]
    for index in values.indices where index % 5 == 0 { values[index] = edges[index % 4] }
    for share in [0, 2, 60, 100] {
      let given = values.map { _ in Int.random(in: 0..<100, using: &random) < share }
      for (low, high) in [(T.min, T.max), (0, 0), (T.min, 0), (1, T.max), (T.max, T.min)] {
        var found = mask(count)
        for word in 0..<Bitmap.wordCount(count) { found[word] = 0 }
        for row in given.indices where given[row] { found[row / 64] |= 1 << UInt64(row % 64) }
        kernel(values, count, low, high, &found)
        expect(found, are: zip(values, given).map { $1 && $0 >= low && $0 <= high })
      }
    }
  }

  @Test(arguments: oddSizes)
  func rangesOfRowsLeft(count: Int) {
    checkNarrowing(count, Int8.self) { dq_range_narrow_i8($0, $1, $2, $3, $4) }
    checkNarrowing(count, Int16.self) { dq_range_narrow_i16($0, $1, $2, $3, $4) }
    checkNarrowing(count, Int32.self) { dq_range_narrow_i32($0, $1, $2, $3, $4) }
    checkNarrowing(count, Int64.self) { dq_range_narrow_i64($0, $1, $2, $3, $4) }
  }

  @Test(arguments: oddSizes)
  func tables(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 1)
    let table = random.values(300, in: UInt8(0)...1)
    let narrow = random.values(count, in: UInt8(0)...255)
    var found = mask(count)
    dq_table_mask_u8(narrow, count, table, table.count, &found)
    expect(found, are: narrow.map { table[Int($0)] != 0 })
    #expect(
      dq_count_bits(found, found.count) == found.reduce(0) { $0 + $1.nonzeroBitCount })
    for entries in [1, 2, 15, 16, 17] {
      let few = random.values(count, in: UInt8(0)...UInt8(entries - 1))
      found = mask(count)
      dq_table_mask_u8(few, count, table, entries, &found)
      expect(found, are: few.map { table[Int($0)] != 0 })
    }

    let middle = random.values(count, in: UInt16(0)...299)
    found = mask(count)
    dq_table_mask_u16(middle, count, table, &found)
    expect(found, are: middle.map { table[Int($0)] != 0 })

    let wide = random.values(count, in: UInt32(0)...299)
    found = mask(count)
    dq_table_mask_u32(wide, count, table, &found)
    expect(found, are: wide.map { table[Int($0)] != 0 })
  }

  @Test(arguments: oddSizes)
  func positions(count: Int) {
    var random = RandomNumbers(seed: UInt64(count) &+ 2)
    for share in [0, 1, 50, 99, 100] {
      let bits = (0..<count).map { _ in Int.random(in: 0..<100, using: &random) < share }
      let bitmap = Bitmap(bits)
      var found = [UInt16](repeating: .max, count: count + 1)
      let length = withExtendedLifetime(bitmap) { dq_positions(bitmap.words, count, &found) }
      #expect(found.prefix(length).map(Int.init) == bits.indices.filter { bits[$0] })
      #expect(bitmap.oneCount == length)
      #expect(found[count] == .max)
      let groups = random.values(count, in: UInt32(0)...UInt32.max)
      var packed = [UInt32](repeating: .max, count: length + 1)
      withExtendedLifetime(bitmap) { dq_pack_groups(groups, bitmap.words, count, &packed) }
      #expect(packed == bits.indices.filter { bits[$0] }.map { groups[$0] } + [.max])
    }
  }
}
