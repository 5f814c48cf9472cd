import Diagnostics
import Glibc
import Synchronization

/// The part of a stream that a load is working on, readable at any offset by several threads.
///
/// What lies before the part is given back; whoever goes back there makes the stream start anew.
final class StreamWindow: @unchecked Sendable {
  private let opener: StreamOpener
  private let mutex = Mutex(())
  // All below belong to whoever holds the mutex.
  private var stream: (any ByteStream)?
  private var blocks: [UnsafeMutableRawPointer] = []
  private var spare: [UnsafeMutableRawPointer] = []
  private var firstBlock = 0
  private var end = 0
  private var isEnded = false
  private var lastByteRead: UInt8?

  private static let blockSize = 1 << 18

  init(_ opener: StreamOpener) { self.opener = opener }

  deinit {
    for block in blocks { block.deallocate() }
    for block in spare { block.deallocate() }
  }

  /// The last byte, once the stream has been read to its end.
  var lastByte: UInt8? { mutex.withLock { _ in isEnded ? lastByteRead : nil } }

  /// Copies up to `count` bytes from `offset` on; gives how many, and whether the stream ends
  /// behind them.
  func read(
    _ target: UnsafeMutableRawPointer, at offset: Int, count: Int
  ) throws(Diagnostic) -> (count: Int, isAtEnd: Bool) {
    try mutex.withLock { _ throws(Diagnostic) in
      if stream == nil || offset < firstBlock &* StreamWindow.blockSize { try restart() }
      // One byte more tells whether the stream ends here.
      while end <= offset &+ count, !isEnded { try produce() }
      let available = min(max(end &- offset, 0), count)
      var done = 0
      while done < available {
        let position = offset &+ done &- firstBlock &* StreamWindow.blockSize
        let within = position % StreamWindow.blockSize
        let length = min(available &- done, StreamWindow.blockSize &- within)
        (target + done).copyMemory(
          from: blocks[position / StreamWindow.blockSize] + within, byteCount: length)
        done &+= length
      }
      return (available, isEnded && offset &+ available >= end)
    }
  }

  /// Gives back what lies before an offset.
  func discard(before offset: Int) {
    mutex.withLock { _ in
      let keep = min(offset / StreamWindow.blockSize, firstBlock &+ blocks.count)
      while firstBlock < keep {
        spare.append(blocks.removeFirst())
        firstBlock &+= 1
      }
    }
  }

  private func restart() throws(Diagnostic) {
    spare += blocks
    blocks = []
    firstBlock = 0
    end = 0
    isEnded = false
    stream = try opener.open()
  }

  /// Reads on into the last block, or into a new one where that is full.
  private func produce() throws(Diagnostic) {
    let within = end % StreamWindow.blockSize
    if within == 0 {
      blocks.append(
        spare.popLast() ?? .allocate(byteCount: StreamWindow.blockSize, alignment: 64))
    }
    guard let stream, let block = blocks.last else { return }
    let got = try stream.read(block + within, count: StreamWindow.blockSize &- within)
    if got == 0 {
      isEnded = true
      if within == 0, let unused = blocks.popLast() { spare.append(unused) }
    } else {
      lastByteRead = block.load(fromByteOffset: within &+ got &- 1, as: UInt8.self)
    }
    end &+= got
  }
}
