import Diagnostics

/// How data is packed, by its first bytes.
enum Packing: String {
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
  func opener(_ packed: StreamOpener, path: String) -> StreamOpener {
    StreamOpener { () throws(Diagnostic) in
      let stream = try packed.open()
      return switch self {
      case .gzip: try InflateStream(stream, .gzip, path: path)
      case .zstd: try ZstdStream(stream, path: path)
      }
    }
  }
}
