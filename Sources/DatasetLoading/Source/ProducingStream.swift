import Diagnostics

/// Bytes that grow at their end.
final class OutputBuffer {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 1 << 12) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for more bytes and gives where they go; `advance` then takes them.
  @inline(__always)
  func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if count &+ more > capacity { grow(more) }
    return base + count
  }

  @inline(__always)
  func advance(_ more: Int) { count &+= more }

  @inline(__always)
  func append(_ byte: UInt8) {
    room(1).pointee = byte
    count &+= 1
  }

  @inline(__always)
  func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    room(length).update(from: bytes, count: length)
    count &+= length
  }

  func append(_ text: String) {
    for byte in text.utf8 { append(byte) }
  }

  func removeAll() { count = 0 }

  /// Takes back what was appended behind a place.
  func truncate(to length: Int) { count = min(count, length) }

  private func grow(_ more: Int) {
    capacity = max(capacity &* 2, count &+ more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}

/// A stream that makes its bytes in pieces of any size.
class ProducingStream: ByteStream {
  /// What was made and not read yet.
  let output = OutputBuffer()
  private var taken = 0
  private var isEnded = false

  /// Appends a piece to `output`; false where there is none left.
  func produce() throws(Diagnostic) -> Bool { false }

  final func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int {
    if count == 0 { return 0 }
    while taken == output.count, !isEnded {
      output.removeAll()
      taken = 0
      if try !produce() { isEnded = true }
    }
    let length = min(count, output.count &- taken)
    target.copyMemory(from: output.base + taken, byteCount: length)
    taken &+= length
    return length
  }
}
