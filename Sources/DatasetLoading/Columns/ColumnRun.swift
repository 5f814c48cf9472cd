import ColumnStore
import Synchronization

/// How much a column may come to hold, as the size of its files tells.
struct ColumnCapacity {
  var rowCount: Int
  var byteCount: Int
}

/// Where a chunk stands in the file.
struct ChunkPosition {
  /// Its number among the chunks of all files.
  var chunk: Int
  /// The rows before it; nil where the load has failed.
  var firstRow: Int?
  private let indexInFile: Int
  private let turns: ScanTurns

  init(chunk: Int, firstRow: Int?, indexInFile: Int, turns: ScanTurns) {
    self.chunk = chunk
    self.firstRow = firstRow
    self.indexInFile = indexInFile
    self.turns = turns
  }

  /// The bytes that a column has before the chunk, in which it has so many; waits for the chunks
  /// before.
  func firstByte(ofColumn column: Int, adding count: Int) -> Int? {
    turns.bytes(before: indexInFile, column: column, adding: count)
  }

  /// Says that a column has no bytes in the chunk, for which others may wait.
  func skipBytes(ofColumn column: Int) { turns.setBytes(indexInFile, column: column, 0) }
}

extension NumberColumn.Width {
  /// The width of codes of 1, 2 or 4 bytes.
  static func ofCodes(byteWidth: Int) -> Self {
    switch byteWidth {
    case 1: .int8
    case 2: .int16
    default: .int32
    }
  }
}

/// Memory for all numbers or codes of a column, into which threads write each chunk where it
/// belongs, so that nothing is left to join.
///
/// It has room for more rows than the file is thought to hold; the system gives only what is used.
final class NumberRun: Sendable {
  private let rowCapacity: Int
  private let memory = Mutex<(block: PieceArena.Block, width: NumberColumn.Width)?>(nil)

  init(_ capacity: ColumnCapacity) { rowCapacity = capacity.rowCount }

  /// Where some rows belong that need a width, and the width that they get; nil without room.
  ///
  /// Numbers wider than all before begin new memory, into which the others are joined at the end.
  func place(
    row: Int, rowCount: Int, width: NumberColumn.Width
  ) -> (base: UnsafeMutableRawPointer, width: NumberColumn.Width, block: PieceArena.Block)? {
    guard row &+ rowCount <= rowCapacity else { return nil }
    return memory.withLock { memory in
      if (memory?.width.rawValue ?? 0) < width.rawValue || memory == nil {
        memory = PieceArena.Block(reserving: rowCapacity &* width.byteCount &+ 64)
          .map { ($0, width) }
      }
      guard let memory, memory.width == width || memory.width != .float64 else { return nil }
      return (memory.block.base + row &* memory.width.byteCount, memory.width, memory.block)
    }
  }

  /// The memory for a column of this width and length, once all threads are done; nil where there
  /// is none.
  func memory(width: NumberColumn.Width, rowCount: Int) -> ColumnMemory? {
    memory.withLock { memory in
      guard let memory, memory.width == width, rowCount <= rowCapacity else { return nil }
      return memory.block.trimmed(toByteCount: rowCount &* width.byteCount)
    }
  }
}

/// The same for texts and for where they end.
final class TextRun: Sendable {
  private let capacity: ColumnCapacity
  private let bytes: PieceArena.Block
  private let offsets: PieceArena.Block

  /// Nil where the system does not give the memory.
  init?(_ capacity: ColumnCapacity) {
    guard let bytes = PieceArena.Block(reserving: capacity.byteCount &+ 64),
      let offsets = PieceArena.Block(reserving: (capacity.rowCount &+ 1) &* 4 &+ 64)
    else { return nil }
    (self.capacity, self.bytes, self.offsets) = (capacity, bytes, offsets)
  }

  /// Where the bytes of some rows belong, and the offsets behind each; nil without room.
  func place(
    row: Int, rowCount: Int, byte: Int, byteCount: Int
  ) -> (bytes: UnsafeMutablePointer<UInt8>, ends: UnsafeMutablePointer<UInt32>)? {
    guard row &+ rowCount <= capacity.rowCount, byte &+ byteCount <= capacity.byteCount,
      byte &+ byteCount <= Int(UInt32.max)
    else { return nil }
    return (
      bytes.base.assumingMemoryBound(to: UInt8.self) + byte,
      offsets.base.assumingMemoryBound(to: UInt32.self) + row + 1
    )
  }

  /// The texts, once all threads are done and all rows are placed.
  func heap(rowCount: Int, byteCount: Int) -> TextHeap {
    TextHeap(
      bytes: bytes.trimmed(toByteCount: byteCount),
      offsets: offsets.trimmed(toByteCount: (rowCount &+ 1) &* 4), isWide: false, count: rowCount)
  }

  /// What pieces in this memory refer to.
  var block: PieceArena.Block { bytes }
}
