import ColumnStore
import Testing

@Suite("The order of bytes")
struct ByteOrderTests {
  private struct Stopped: Error {}

  /// Texts that agree in many of their bytes, with ends, zero bytes and doubles among them.
  private func texts(_ count: Int, sharing shared: Int) -> [[UInt8]] {
    var random = RandomNumbers(seed: UInt64(count &* 100 &+ shared))
    return (0..<count).map { _ in
      let length = Int.random(in: 0...Int.random(in: 0...120, using: &random), using: &random)
      let letters: ClosedRange<UInt8> = Bool.random(using: &random) ? 0...1 : 0xFE...0xFF
      let start = Int.random(in: 0...length, using: &random)
      return [UInt8](repeating: 7, count: shared)
        + [UInt8](repeating: 1, count: start)
        + random.values(length - start, in: letters)
    }
  }

  private func sorted<Failure>(
    _ texts: [[UInt8]], shared: Int, check: () throws(Failure) -> Void
  ) throws(Failure) -> [Int] {
    let heap = texts.flatMap { $0 }
    let ends = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    return try heap.withUnsafeBufferPointer { heap throws(Failure) in
      try ByteOrder.sorted(
        count: texts.count, shared: shared,
        text: { UnsafeBufferPointer(rebasing: heap[ends[$0]..<ends[$0 + 1]]) }, check: check
      ).map { Int($0.row) }
    }
  }

  @Test(arguments: [0, 1, 2, 17, 400, 5000], [0, 3, 8])
  func textsAreSortedByTheirBytes(count: Int, shared: Int) {
    let texts = texts(count, sharing: shared)
    let wanted = texts.indices.sorted {
      texts[$0] == texts[$1] ? $0 < $1 : texts[$0].lexicographicallyPrecedes(texts[$1])
    }
    #expect(sorted(texts, shared: shared, check: {}) == wanted)
  }

  @Test func textsAlikeForLongAreSorted() {
    let texts = (0..<100).map { [UInt8](repeating: 9, count: 1000) + [UInt8(99 - $0)] }
    #expect(sorted(texts, shared: 0, check: {}) == Array((0..<100).reversed()))
  }

  @Test func aSortCanBeStopped() {
    #expect(throws: Stopped.self) {
      try sorted(texts(100, sharing: 0), shared: 0) { () throws(Stopped) in throw Stopped() }
    }
  }
}
