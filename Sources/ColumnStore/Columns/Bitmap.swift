import CKernels

/// One bit per row, in words of 64; bits behind the last row are 0.
public struct Bitmap: Sendable {
  /// The bytes of the values.
  public let memory: ColumnMemory
  /// How many rows there are.
  public let count: Int

  /// A bitmap over memory of `wordCount(count)` words.
  public init(memory: ColumnMemory, count: Int) {
    self.memory = memory
    self.count = count
  }

  /// A bitmap whose bits are all 0.
  public init(count: Int) {
    self.init(memory: ColumnMemory(byteCount: Bitmap.wordCount(count) &* 8), count: count)
  }

  /// A bitmap of the given bits.
  public init(_ bits: [Bool]) {
    self.init(count: bits.count)
    for (row, bit) in bits.enumerated() where bit { words[row &>> 6] |= 1 &<< UInt64(row & 63) }
  }

  /// How many words hold this many bits.
  @inlinable
  public static func wordCount(_ count: Int) -> Int { (count &+ 63) &>> 6 }

  /// The words; filled by whoever made the bitmap, and only read afterwards.
  @inlinable
  public var words: UnsafeMutablePointer<UInt64> { memory.pointer(as: UInt64.self) }

  /// The bit of a row.
  @inlinable
  public subscript(row: Int) -> Bool { words[row &>> 6] &>> UInt64(row & 63) & 1 == 1 }

  /// How many bits are 1.
  public var oneCount: Int { dq_count_bits(words, Bitmap.wordCount(count)) }
}
