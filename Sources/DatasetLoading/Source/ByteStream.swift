import Diagnostics

/// Bytes that come in order, once; a stream belongs to one thread at a time.
protocol ByteStream: AnyObject {
  /// Writes up to `count` bytes and gives how many; 0 only at the end.
  func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int
}

/// Opens a stream at its start, as often as a load reads it.
struct StreamOpener: Sendable {
  let open: @Sendable () throws(Diagnostic) -> any ByteStream

  init(_ open: @escaping @Sendable () throws(Diagnostic) -> any ByteStream) { self.open = open }
}

/// The bytes of a source in order.
final class SourceStream: ByteStream {
  private let source: ByteSource
  private var offset: Int
  private let end: Int

  /// All bytes of a source.
  init(_ source: ByteSource) {
    self.source = source
    offset = 0
    end = source.byteCount
  }

  /// Some bytes of a source, all of which lie within it.
  init(_ source: ByteSource, from offset: Int, count: Int) {
    self.source = source
    self.offset = offset
    end = offset &+ count
  }

  func read(_ target: UnsafeMutableRawPointer, count: Int) throws(Diagnostic) -> Int {
    let length = min(count, end &- offset)
    try source.read(target, at: offset, count: length)
    offset &+= length
    return length
  }
}

/// Room for what one stream gives before the next takes it.
final class StreamBuffer {
  /// The bytes; 64 behind the last are zero.
  let base: UnsafeMutablePointer<UInt8>
  let capacity: Int
  /// The bytes that are left: from `start` up to `end`.
  var start = 0
  private(set) var end = 0
  /// Whether the stream has no more behind `end`.
  private(set) var isLast = false
  private let stream: any ByteStream

  init(_ stream: any ByteStream, capacity: Int = 1 << 16) {
    self.stream = stream
    self.capacity = capacity
    base = .allocate(capacity: capacity &+ StreamBuffer.padding)
    (base + capacity).initialize(repeating: 0, count: StreamBuffer.padding)
  }

  deinit { base.deallocate() }

  private static let padding = 64

  var count: Int { end &- start }

  /// Moves what is left to the front and reads more behind it, until the buffer is full or the
  /// stream ends.
  func refill() throws(Diagnostic) {
    if start > 0 {
      base.update(from: base + start, count: end &- start)
      end &-= start
      start = 0
    }
    while end < capacity, !isLast {
      let got = try stream.read(base + end, count: capacity &- end)
      if got == 0 { isLast = true }
      end &+= got
    }
    (base + end).update(repeating: 0, count: StreamBuffer.padding)
  }
}

extension StreamOpener {
  /// The first bytes of a stream, at most so many.
  func head(_ count: Int) throws(Diagnostic) -> [UInt8] {
    let buffer = StreamBuffer(try open(), capacity: count)
    try buffer.refill()
    return Array(UnsafeBufferPointer(start: buffer.base, count: buffer.end))
  }
}
