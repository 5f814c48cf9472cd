import CZlib
import Diagnostics

/// Unpacks gzip data, which may have several members, or raw deflate data as in zip files.
final class InflateStream: ByteStream {
  /// How the data is wrapped.
  enum Wrapping {
    case gzip
    /// Deflate data with nothing around it, whose unpacked size is known.
    case raw
  }

  private let input: StreamBuffer
  private let path: String
  private let wrapping: Wrapping
  private var state = z_stream()
  private var isInMember = true
  private var isEnded = false

  init(_ stream: any ByteStream, _ wrapping: Wrapping, path: String) throws(Diagnostic) {
    input = StreamBuffer(stream)
    self.path = path
    self.wrapping = wrapping
    // 15 is the largest window; 16 more asks for gzip, a negative one for no wrapping.
    let bits: Int32 = wrapping == .gzip ? 15 + 16 : -15
    let size = Int32(MemoryLayout<z_stream>.size)
    if inflateInit2_(&state, bits, ZLIB_VERSION, size) != Z_OK { throw LoadErrors.noMemory(path) }
  }

  deinit { inflateEnd(&state) }

  func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int {
    if isEnded || count == 0 { return 0 }
    state.next_out = target.assumingMemoryBound(to: UInt8.self)
    state.avail_out = UInt32(truncatingIfNeeded: min(count, 1 << 30))
    let room = Int(state.avail_out)
    while Int(state.avail_out) == room {
      if input.count == 0 { try input.refill() }
      if !isInMember, try !startMember() { return 0 }
      if input.count == 0 { throw LoadErrors.truncatedData(path, "gzip data") }
      state.next_in = input.base + input.start
      state.avail_in = UInt32(truncatingIfNeeded: input.count)
      let result = inflate(&state, Z_NO_FLUSH)
      input.start = input.end &- Int(state.avail_in)
      if result == Z_STREAM_END {
        isInMember = false
        if wrapping == .raw { isEnded = true }
        if isEnded { break }
      } else if result != Z_OK && result != Z_BUF_ERROR {
        let reason = state.msg.map { String(cString: $0) } ?? "error \(result)"
        throw LoadErrors.damagedData(path, "gzip data", reason)
      }
    }
    return room &- Int(state.avail_out)
  }

  /// Goes to the next member; false at the end of the data.
  private func startMember() throws(Diagnostic) -> Bool {
    if input.count < 2 { try input.refill() }
    // Archivers fill up the last block with zeros.
    while input.count > 0, input.base[input.start] == 0 {
      input.start &+= 1
      if input.count == 0 { try input.refill() }
    }
    if input.count == 0 {
      isEnded = true
      return false
    }
    if input.count < 2 { try input.refill() }
    guard input.base[input.start] == 0x1F, input.base[input.start &+ 1] == 0x8B else {
      throw LoadErrors.damagedData(path, "gzip data", "other data follows it")
    }
    inflateReset(&state)
    isInMember = true
    return true
  }
}
