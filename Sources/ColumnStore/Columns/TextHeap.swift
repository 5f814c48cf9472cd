/// Many texts in one run of bytes, each followed by the separator 0xFF, which no UTF-8 holds, so
/// that a search over the whole heap never matches across two texts.
public final class TextHeap: Sendable {
  /// The texts and their separators.
  public let bytes: ColumnMemory
  /// `count + 1` offsets into `bytes`, as UInt32 or, where the heap is 4 GiB or larger, UInt64.
  public let offsets: ColumnMemory
  /// Whether the offsets are 64 bits wide.
  public let isWide: Bool
  /// How many there are.
  public let count: Int

  /// A heap over filled memory.
  public init(bytes: ColumnMemory, offsets: ColumnMemory, isWide: Bool, count: Int) {
    self.bytes = bytes
    self.offsets = offsets
    self.isWide = isWide
    self.count = count
  }

  /// A heap of the given texts.
  public convenience init(_ texts: [String]) {
    var all: [UInt8] = []
    var starts: [UInt64] = [0]
    for text in texts {
      all.append(contentsOf: text.utf8)
      all.append(0xFF)
      starts.append(UInt64(all.count))
    }
    let bytes = ColumnMemory(byteCount: all.count)
    all.withUnsafeBytes { source in
      if let base = source.baseAddress {
        bytes.base.copyMemory(from: base, byteCount: source.count)
      }
    }
    let offsets = ColumnMemory(byteCount: starts.count &* 8)
    for (index, start) in starts.enumerated() { offsets.pointer(as: UInt64.self)[index] = start }
    self.init(bytes: bytes, offsets: offsets, isWide: true, count: texts.count)
  }

  /// The offset of a text; `offset(count)` is the end of the heap.
  @inlinable
  public func offset(_ index: Int) -> Int {
    isWide
      ? Int(truncatingIfNeeded: offsets.pointer(as: UInt64.self)[index])
      : Int(truncatingIfNeeded: offsets.pointer(as: UInt32.self)[index])
  }

  /// The bytes of a text.
  @inlinable
  public func utf8(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = offset(index)
    return UnsafeBufferPointer(
      start: bytes.pointer(as: UInt8.self) + start, count: offset(index &+ 1) &- start &- 1)
  }

  /// A text; loaders let only valid UTF-8 in.
  public func string(_ index: Int) -> String { String(decoding: utf8(index), as: UTF8.self) }
}
