import ColumnStore
import Testing

@Suite("Columns")
struct ColumnTests {
  @Test(arguments: [
    ([Int64(-128), 127], NumberColumn.Width.int8), ([-129, 0], .int16), ([0, 32_767], .int16),
    ([0, 32_768], .int32), ([-2_147_483_648, 2_147_483_647], .int32), ([0, 2_147_483_648], .int64),
    ([.min, .max], .int64), ([], .int8),
  ])
  func asNarrowAsTheValuesAllow(values: [Int64], width: NumberColumn.Width) {
    let column = NumberColumn(values + [nil])
    #expect(column.width == width)
    #expect(values.indices.map { column.stored($0) } == values)
    #expect(column.minimum == values.min() ?? 0)
    #expect(column.maximum == values.max() ?? 0)
    #expect(!column.isValid(values.count))
    #expect(column.double(values.count) == nil)
  }

  @Test func decimalsAreExact() {
    let column = NumberColumn([1999, nil, -5], scale: 2)
    #expect(column.double(0) == 19.99)
    #expect(column.double(2) == -0.05)
    #expect(Column.number(column).isMissing(1))
    let doubles = NumberColumn(doubles: [0.1, nil])
    #expect(doubles.double(0) == 0.1)
    #expect(doubles.double(1) == nil)
    #expect(doubles.blockBounds.isEmpty)
  }

  @Test func boundsOfBlocks() {
    let length = NumberColumn.blockLength
    var random = RandomNumbers(seed: 7)
    var values: [Int64?] = random.values(2 * length + 3, in: Int64(-500)...500)
    for row in length..<(2 * length) { values[row] = nil }
    values[3] = nil
    let column = NumberColumn(values)
    let first = values[..<length].compactMap(\.self)
    let last = values[(2 * length)...].compactMap(\.self)
    #expect(
      column.blockBounds == [
        first.min() ?? 0, first.max() ?? 0, .max, .min, last.min() ?? 0, last.max() ?? 0,
      ])
  }

  @Test func bitmaps() {
    for count in oddSizes {
      var random = RandomNumbers(seed: UInt64(count))
      let bits = (0..<count).map { _ in Bool.random(using: &random) }
      let bitmap = Bitmap(bits)
      #expect(bits.indices.map { bitmap[$0] } == bits)
      #expect(bitmap.oneCount == bits.count { $0 })
      #expect(Bitmap(count: count).oneCount == 0)
    }
  }

  @Test func dictionaries() {
    let texts: [String?] = ["web", nil, "", "email", "Éclair", "web", "chat"]
    let column = DictionaryColumn(texts)
    #expect(texts.indices.map { column.string($0) } == texts)
    // Codes order as the bytes do.
    let entries = (0..<column.dictionary.count).map { column.dictionary.string($0) }
    #expect(entries == ["", "chat", "email", "web", "Éclair"])
    #expect(column.codes[1] == 0)
  }

  @Test func codesAreAsWideAsTheirDictionary() {
    for (size, width) in [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4)] {
      let codes = CodeArray(count: 3, largest: size)
      #expect(codes.byteWidth == width)
      codes.set(1, to: size)
      #expect(codes[0] == 0 && codes[1] == size && codes[2] == 0)
    }
  }

  @Test func heaps() {
    let texts = ["", "é", "a\nb", "🙂", ""]
    let heap = TextHeap(texts)
    #expect(texts.indices.map { heap.string($0) } == texts)
    #expect(heap.offset(texts.count) == texts.reduce(0) { $0 + $1.utf8.count + 1 })
    for index in texts.indices { #expect(heap.utf8(index).count == texts[index].utf8.count) }
  }

  @Test func names() {
    let schema = Schema(columns: [
      ColumnInfo(name: "created", header: "Opened At", type: .time),
      ColumnInfo(name: "opened_at", header: "x", type: .text),
    ])
    #expect(schema.index(of: "CREATED") == 0)
    #expect(schema.index(of: "opened at") == 1, "known names win over headers")
    #expect(schema.index(of: "Opened-At") == 1)
    #expect(schema.index(of: "closed") == nil)
  }

  @Test func memoryMayBeReadBehindItsEnd() {
    let memory = ColumnMemory(uninitializedByteCount: 5)
    let bytes = memory.pointer(as: UInt8.self)
    #expect((5..<69).allSatisfy { bytes[$0] == 0 })
    #expect(UInt(bitPattern: memory.base) % 64 == 0)
  }

  @Test func everyIndexIsDoneOnce() {
    for threads in [1, 2, 7] {
      for count in [0, 1, 5, 1000] {
        let done = CodeArray(count: count, largest: 255)
        Parallel.forEach(count, threads: threads) { done.set($0, to: done[$0] + 1) }
        #expect((0..<count).allSatisfy { done[$0] == 1 })
      }
    }
  }
}
