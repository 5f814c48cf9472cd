import Diagnostics

/// Delimited text in UTF-8 that can be read at any offset: a file as it stands, or what comes out
/// of a stream that unpacks, decodes or converts it.
final class TextSource: Sendable {
  /// The file, as the user wrote it.
  let path: String
  /// The size of the text; nil where only reading tells.
  let byteCount: Int?
  /// The size of the file itself.
  let fileByteCount: Int
  /// Whether places in the text are places in the file.
  var isFileItself: Bool { window == nil }
  private let file: ByteSource
  private let window: StreamWindow?

  /// A file that is such a text itself.
  init(_ file: ByteSource) {
    self.file = file
    path = file.path
    byteCount = file.byteCount
    fileByteCount = file.byteCount
    window = nil
  }

  /// What a stream makes of a file.
  init(_ file: ByteSource, _ opener: StreamOpener) {
    self.file = file
    path = file.path
    byteCount = nil
    fileByteCount = file.byteCount
    window = StreamWindow(opener)
  }

  /// Copies up to `count` bytes from `offset` on; gives how many, and whether the text ends
  /// behind them.
  func read(
    _ target: UnsafeMutableRawPointer, at offset: Int, count: Int
  ) throws(Diagnostic) -> (count: Int, isAtEnd: Bool) {
    if let window { return try window.read(target, at: offset, count: count) }
    let length = min(count, max(file.byteCount &- offset, 0))
    try file.read(target, at: offset, count: length)
    return (length, offset &+ length >= file.byteCount)
  }

  /// The first bytes from an offset on, at most so many, and whether there are no others.
  func bytes(
    from offset: Int, _ limit: Int
  ) throws(Diagnostic) -> (bytes: [UInt8], isWhole: Bool) {
    var got = (count: 0, isAtEnd: false)
    var failure: Diagnostic?
    let size = min(limit, byteCount.map { max($0 &- offset, 0) } ?? limit)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      do throws(Diagnostic) {
        got = try read(base, at: offset, count: size)
        count = got.count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return (bytes, got.isAtEnd || size == 0)
  }

  /// Says that nobody needs what lies before an offset for now.
  func discard(before offset: Int) { window?.discard(before: offset) }

  /// The last byte of the text, once it has been read.
  func lastByte() throws(Diagnostic) -> UInt8? {
    if let window { return window.lastByte }
    if file.byteCount == 0 { return nil }
    var byte: UInt8 = 0
    try file.read(&byte, at: file.byteCount &- 1, count: 1)
    return byte
  }
}
