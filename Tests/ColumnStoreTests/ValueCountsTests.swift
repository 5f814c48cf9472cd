import ColumnStore
import Testing

@Suite("Counts of values")
struct ValueCountsTests {
  private struct Pair: Hashable {
    var text: String?
    var value: Int64
  }

  /// Ratings of few and of many values, beside few and many texts, over several blocks.
  @Test(arguments: [
    (-5...5 as ClosedRange<Int64>, 3), (0...1, 0), (-128...127, 2), (1...100, 40), (-900...900, 4),
  ])
  func eachPairOnce(values: ClosedRange<Int64>, texts: Int) {
    var random = RandomNumbers(seed: 3)
    let count = 2 * NumberColumn.blockLength + 77
    let numbers: [Int64?] = random.values(count, in: values).map { number in
      Int.random(in: 0..<9, using: &random) == 0 ? nil : number
    }
    let beside: [String?] = random.values(count, in: 0...texts).map { text in
      text == 0 ? nil : "t\(100 + text)"
    }
    let found = ValueCounts(
      of: NumberColumn(numbers), by: texts == 0 ? nil : DictionaryColumn(beside))
    var wanted: [Pair: Int] = [:]
    for (number, text) in zip(numbers, beside) {
      if let number { wanted[Pair(text: text, value: number), default: 0] += 1 }
    }
    let order = wanted.keys.sorted { ($0.text ?? "", $0.value) < ($1.text ?? "", $1.value) }
    let expected = order.map {
      ValueCounts.Entry(text: $0.text, value: Double($0.value), count: wanted[$0] ?? 0)
    }
    #expect(found.entries == expected)
  }

  @Test func numbersThatAreAllMissing() {
    let none = ValueCounts(of: NumberColumn([nil, nil] as [Int64?]), by: nil)
    #expect(none.entries.isEmpty)
  }
}
