import ColumnStore
import Diagnostics

/// How data is packed, by its first bytes.
enum Packing {
  case gzip, zstd

  init?(_ head: [UInt8]) {
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else {
      return nil
    }
  }

  /// The unpacked data.
  func opener(
    _ packed: StreamOpener, path: String, _ flag: CancellationFlag
  ) -> StreamOpener {
    StreamOpener { () throws(Diagnostic) in
      let stream = CancellableStream(try packed.open(), flag)
      return switch self {
      case .gzip: try InflateStream(stream, .gzip, path: path)
      case .zstd: try ZstdStream(stream, path: path)
      }
    }
  }
}

/// A stream that ends with an error once the load is to stop.
final class CancellableStream: ByteStream {
  private let stream: any ByteStream
  private let flag: CancellationFlag

  init(_ stream: any ByteStream, _ flag: CancellationFlag) {
    self.stream = stream
    self.flag = flag
  }

  func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int {
    if flag.isSet { throw LoadErrors.cancelled() }
    return try stream.read(target, count: count)
  }
}
