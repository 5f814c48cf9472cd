import CZstd
import Diagnostics

/// Unpacks zstd data, which may have several frames.
final class ZstdStream: ByteStream {
  private let input: StreamBuffer
  private let path: String
  private let context: OpaquePointer
  private var isInFrame = true
  private var isFlushed = true

  init(_ stream: any ByteStream, path: String) throws(Diagnostic) {
    input = StreamBuffer(stream)
    self.path = path
    guard let context = ZSTD_createDStream() else { throw LoadErrors.noMemory(path) }
    self.context = context
  }

  deinit { ZSTD_freeDStream(context) }

  func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int {
    if count == 0 { return 0 }
    var output = ZSTD_outBuffer(dst: target, size: count, pos: 0)
    while output.pos == 0 {
      if input.count == 0 { try input.refill() }
      if input.count == 0, isFlushed {
        if isInFrame { throw LoadErrors.truncatedData(path, "zstd data") }
        return 0
      }
      var source = ZSTD_inBuffer(src: input.base + input.start, size: input.count, pos: 0)
      let result = ZSTD_decompressStream(context, &output, &source)
      input.start &+= source.pos
      if ZSTD_isError(result) != 0 {
        let reason = ZSTD_getErrorName(result).map { String(cString: $0) } ?? "error"
        throw LoadErrors.damagedData(path, "zstd data", reason)
      }
      // Without input, a finished frame is not begun anew.
      if source.pos > 0 || output.pos > 0 { isInFrame = result != 0 }
      // A full target means that there may be more of what was read already.
      isFlushed = output.pos < output.size
    }
    return output.pos
  }
}
