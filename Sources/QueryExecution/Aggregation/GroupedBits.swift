import CKernels
import ColumnStore

/// The distinct codes of each group as bits.
struct GroupedBits: Sendable {
  private let memory: ColumnMemory
  /// Where the bits of each group begin, in words.
  private let starts: [Int]
  private let wordsPerGroup: Int
  /// How many codes each group has by itself.
  private let counts: [Int64]

  /// The bits of some groups, which several threads have gathered in memory of their own: that of
  /// the first takes in the others'.
  init(
    _ parts: [ColumnMemory], domain: Int, wordsPerGroup: Int, groups: GroupSelection, threads: Int
  ) {
    let first = parts[0]
    let words = domain * wordsPerGroup
    if parts.count > 1 {
      Blocks.forEach(words, threads: threads) { block in
        let target = first.pointer(as: UInt64.self)
        for part in parts.dropFirst() {
          let source = part.pointer(as: UInt64.self)
          for word in block.start..<block.start + block.count { target[word] |= source[word] }
        }
      }
    }
    let starts = groups.map { $0 * wordsPerGroup }
    memory = first
    self.starts = starts
    self.wordsPerGroup = wordsPerGroup
    counts = Parallel.array(
      count: starts.count, threads: Blocks.threads(words, atMost: threads),
      runLength: max(starts.count / 64, 1)
    ) { own, target in
      for group in own {
        let bits = first.pointer(as: UInt64.self) + starts[group]
        target[group] = Int64(dq_count_bits(bits, wordsPerGroup))
      }
    }
  }

  /// How many codes some groups have together.
  func count(_ groups: some Collection<Int>) -> Int64 {
    if groups.count == 1, let group = groups.first { return counts[group] }
    let bits = memory.pointer(as: UInt64.self)
    var total: Int64 = 0
    for word in 0..<wordsPerGroup {
      let all = groups.reduce(UInt64(0)) { $0 | bits[starts[$1] + word] }
      total &+= Int64(all.nonzeroBitCount)
    }
    return total
  }
}
