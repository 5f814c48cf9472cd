import Synchronization

/// Large blocks of memory that nobody uses any more, kept for who asks next.
///
/// The system gives fresh pages more slowly than most queries fill them.
public enum MemoryPool {
  /// A block, with what it holds left over from its last use.
  struct Block: @unchecked Sendable {
    var base: UnsafeMutableRawPointer
    var byteCount: Int
  }

  /// Smaller blocks are the allocator's.
  static let leastByteCount = 1 << 20
  // The rows of the largest table that was met.
  private static let rowCount = Atomic(0)
  // The oldest first.
  private static let blocks = Mutex<[Block]>([])

  /// How much is kept at most: what a question about the largest table works with, and no less
  /// than 128 MB.
  static var limit: Int { max(128 << 20, rowCount.load(ordering: .relaxed) &* 12) }

  /// Lets as much be kept as questions about so many rows work with.
  public static func expect(rowCount count: Int) {
    _ = rowCount.max(count, ordering: .relaxed)
  }

  /// A block of at least so many bytes and at most a quarter more; nil where there is none.
  static func take(byteCount: Int) -> Block? {
    if byteCount < leastByteCount { return nil }
    return blocks.withLock { blocks in
      let fitting = blocks.indices.filter {
        byteCount <= blocks[$0].byteCount && blocks[$0].byteCount / 5 &* 4 <= byteCount
      }
      let best = fitting.min { blocks[$0].byteCount < blocks[$1].byteCount }
      return best.map { blocks.remove(at: $0) }
    }
  }

  /// Keeps a block, and frees the oldest where these become too many.
  static func keep(_ block: Block) {
    let freed = blocks.withLock { blocks in
      blocks.append(block)
      var total = blocks.reduce(0) { $0 &+ $1.byteCount }
      var freed: [Block] = []
      while total > limit, !blocks.isEmpty {
        let oldest = blocks.removeFirst()
        total &-= oldest.byteCount
        freed.append(oldest)
      }
      return freed
    }
    for block in freed { block.base.deallocate() }
  }

  /// How many bytes are kept.
  static var keptByteCount: Int { blocks.withLock { $0.reduce(0) { $0 &+ $1.byteCount } } }

  /// Frees all blocks that are kept.
  public static func empty() {
    let freed = blocks.withLock { blocks in
      defer { blocks = [] }
      return blocks
    }
    for block in freed { block.base.deallocate() }
  }
}
