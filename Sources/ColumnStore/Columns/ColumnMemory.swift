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

  /// Fresh memory of this many bytes, zeroed.
  public init(byteCount: Int) {
    self.byteCount = byteCount
    let capacity = (byteCount &+ 64 &+ 63) & ~63
    base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
    memset(base, 0, capacity)
    owner = nil
  }

  /// Fresh memory whose values the caller fills; only the 64 bytes behind them are zeroed.
  public init(uninitializedByteCount byteCount: Int) {
    self.byteCount = byteCount
    let capacity = (byteCount &+ 64 &+ 63) & ~63
    base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
    memset(base + byteCount, 0, capacity &- byteCount)
    owner = nil
  }

  /// Memory that belongs to `owner`, such as a mapped file.
  public init(borrowing base: UnsafeMutableRawPointer, byteCount: Int, owner: AnyObject) {
    self.base = base
    self.byteCount = byteCount
    self.owner = owner
  }

  deinit {
    if owner == nil { base.deallocate() }
  }

  /// The memory as values of a type.
  @inlinable
  public func pointer<T: BitwiseCopyable>(as type: T.Type) -> UnsafeMutablePointer<T> {
    base.assumingMemoryBound(to: type)
  }
}
