/// What stands before each chunk of a file, whatever the order in which the chunks are counted.
struct RunningTotal {
  // What stands before each chunk, up to the first that is not counted.
  private var known: [Int]
  private var early: [Int: Int] = [:]

  /// A total that goes on from what stands before the file.
  init(from start: Int = 0) { known = [start] }

  /// Notes the count of a chunk.
  mutating func set(_ chunk: Int, _ count: Int) {
    early[chunk] = count
    while let next = early.removeValue(forKey: known.count &- 1) { known.append(total &+ next) }
  }

  /// The sum over all chunks before this one; nil while one of them is not counted.
  func before(_ chunk: Int) -> Int? { known.indices.contains(chunk) ? known[chunk] : nil }

  /// The sum over all chunks, up to the first that is not counted.
  var total: Int { known.last ?? 0 }
}
