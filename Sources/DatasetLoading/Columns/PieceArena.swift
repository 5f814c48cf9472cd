import ColumnStore
import Glibc

/// Memory for the pieces of one column that one thread fills, in blocks that go back to the
/// system as soon as nothing refers to them.
final class PieceArena {
  private var block = Block(byteCount: 0)
  private var used = 0
  private var blockSize = 1 << 14

  /// A stretch of memory; every piece in it refers to it.
  ///
  /// It is cut when the threads that write to it are done.
  final class Block: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    private(set) var byteCount: Int
    private let isMapped: Bool

    init(byteCount: Int) {
      self.byteCount = byteCount
      // Large blocks come straight from the system, to which they then return.
      let mapped =
        byteCount < 1 << 18
        ? MAP_FAILED
        : mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      if let mapped, mapped != MAP_FAILED {
        base = mapped
        isMapped = true
      } else {
        base = .allocate(byteCount: max(byteCount, 16), alignment: 16)
        isMapped = false
      }
    }

    /// Zeros of which the system gives only the pages that are written to; nil where it gives no
    /// room for them.
    init?(reserving byteCount: Int) {
      let mapped = mmap(
        nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      guard let mapped, mapped != MAP_FAILED else { return nil }
      (base, isMapped, self.byteCount) = (mapped, true, byteCount)
    }

    deinit {
      if isMapped { munmap(base, byteCount) } else { base.deallocate() }
    }

    /// The first bytes of reserved memory as those of a column; the pages behind go back.
    func trimmed(toByteCount count: Int) -> ColumnMemory {
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let kept = (count &+ 64 &+ page &- 1) / page &* page
      if isMapped, kept < byteCount {
        munmap(base + kept, byteCount &- kept)
        byteCount = kept
      }
      return ColumnMemory(borrowing: base, byteCount: count, owner: self)
    }
  }

  /// A copy of some bytes, and the block that it lies in.
  func copy(
    of bytes: UnsafeBufferPointer<UInt8>
  ) -> (bytes: UnsafeBufferPointer<UInt8>, block: Block) {
    let (base, block) = allocate(bytes.count)
    if let source = bytes.baseAddress { memcpy(base, source, bytes.count) }
    let target = base.assumingMemoryBound(to: UInt8.self)
    return (UnsafeBufferPointer(start: target, count: bytes.count), block)
  }

  /// Memory for a piece, aligned to 8 bytes, and the block that it lies in.
  func allocate(_ byteCount: Int) -> (base: UnsafeMutableRawPointer, block: Block) {
    let size = (byteCount &+ 15) & ~7
    if used &+ size > block.byteCount {
      block = Block(byteCount: max(size, blockSize))
      blockSize = min(blockSize &* 4, 1 << 18)
      used = 0
    }
    let base = block.base + used
    used &+= size
    return (base, block)
  }
}
