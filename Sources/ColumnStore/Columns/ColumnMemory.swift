import Glibc

/// A block of memory that holds the values of a column, filled once and then only read.
///
/// It is aligned to 64 bytes and followed by 64 readable bytes, so that kernels may load whole
/// vectors past the last value.
public final class ColumnMemory: @unchecked Sendable {
  /// The first byte.
  public let base: UnsafeMutableRawPointer
  /// How many bytes of values there are.
  public let byteCount: Int
  private let owner: AnyObject?
  private let capacity: Int

  /// Fresh memory of this many bytes, zeroed.
  public convenience init(byteCount: Int) {
    self.init(uninitializedByteCount: byteCount)
    memset(base, 0, byteCount)
  }

  /// Memory whose values the caller fills; only the 64 bytes behind them are zeroed.
  public init(uninitializedByteCount byteCount: Int) {
    self.byteCount = byteCount
    let needed = (byteCount &+ 64 &+ 63) & ~63
    let block =
      MemoryPool.take(byteCount: needed)
      ?? MemoryPool.Block(
        base: .allocate(byteCount: needed, alignment: 64), byteCount: needed)
    (base, capacity) = (block.base, block.byteCount)
    memset(base + byteCount, 0, needed &- byteCount)
    owner = nil
  }

  /// Memory that belongs to `owner`, such as a mapped file.
  public init(borrowing base: UnsafeMutableRawPointer, byteCount: Int, owner: AnyObject) {
    self.base = base
    self.byteCount = byteCount
    self.owner = owner
    capacity = 0
  }

  deinit {
    if owner != nil { return }
    if capacity >= MemoryPool.leastByteCount {
      MemoryPool.keep(MemoryPool.Block(base: base, byteCount: capacity))
    } else {
      base.deallocate()
    }
  }

  /// The memory as values of a type.
  @inlinable
  public func pointer<T: BitwiseCopyable>(as type: T.Type) -> UnsafeMutablePointer<T> {
    base.assumingMemoryBound(to: type)
  }
}
