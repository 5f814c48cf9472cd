import Glibc

/// Room for the text of quoted fields, whose doubled quotes become single ones.
final class Unquoter {
  private var scratch: UnsafeMutablePointer<UInt8>
  private var capacity = 256
  // More than this, so that words and short vectors may be loaded at the last character.
  private static let padding = 16

  init() { scratch = .allocate(capacity: capacity &+ Unquoter.padding) }

  deinit { scratch.deallocate() }

  /// The text of a field without its outer quotes; the bytes live until the next call.
  @inline(__always)
  func text(_ start: UnsafePointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    if memchr(start, 0x22, count) == nil { return UnsafeBufferPointer(start: start, count: count) }
    return undoubled(start, count)
  }

  private func undoubled(
    _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> UnsafeBufferPointer<UInt8> {
    if count > capacity {
      scratch.deallocate()
      capacity = count &* 2
      scratch = .allocate(capacity: capacity &+ Unquoter.padding)
    }
    // The scan has checked that quotes inside a field come in pairs.
    var index = 0
    var length = 0
    while index < count {
      scratch[length] = start[index]
      length &+= 1
      index &+= start[index] == 0x22 ? 2 : 1
    }
    return UnsafeBufferPointer(start: scratch, count: length)
  }
}
