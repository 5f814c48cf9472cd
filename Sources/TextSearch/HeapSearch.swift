import ColumnStore

/// Marks rows by searching the bytes of the heap as one text.
///
/// No probe holds the separator 0xFF, so no occurrence reaches from one row into the next.
struct HeapSearch {
  private let heap: TextHeap
  private let rows: Range<Int>
  private let words: UnsafeMutablePointer<UInt64>
  /// The row of the last occurrence, and where the next row starts.
  private var row: Int
  private var rowEnd = 0
  /// The last row that was found not to match in spite of an occurrence.
  private var rejected = -1

  // Where there are several probes, the second finds the bytes of the first still in the cache.
  private static let sliceByteCount = 1 << 17
  private static let batchCount = 512

  /// A search that starts with all bits of `words` at 0.
  init(heap: TextHeap, rows: Range<Int>, words: UnsafeMutablePointer<UInt64>) {
    self.heap = heap
    self.rows = rows
    self.words = words
    row = rows.lowerBound
    words.update(repeating: 0, count: Bitmap.wordCount(rows.count))
  }

  /// Marks the rows that contain an exact probe, and those that contain another one and that
  /// `confirm` agrees to.
  mutating func markRows(
    containing probes: [ByteProbe], confirm: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    if rows.isEmpty { return }
    let end = heap.offset(rows.upperBound)
    var start = heap.offset(rows.lowerBound)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: HeapSearch.batchCount) { positions in
      while start < end {
        let sliceEnd = min(start &+ HeapSearch.sliceByteCount, end)
        let firstRow = row
        for probe in probes {
          row = firstRow
          rowEnd = heap.offset(row &+ 1)
          // An occurrence belongs to the slice where it starts.
          let range = start..<min(sliceEnd &+ probe.count &- 1, end)
          mark(probe, range, positions, confirm)
        }
        start = sliceEnd
      }
    }
  }

  private mutating func mark(
    _ probe: ByteProbe, _ range: Range<Int>, _ positions: UnsafeMutableBufferPointer<Int>,
    _ confirm: (UnsafeBufferPointer<UInt8>) -> Bool
  ) {
    let bytes = UnsafePointer(heap.bytes.pointer(as: UInt8.self))
    var start = range.lowerBound
    while start < range.upperBound {
      let found = probe.find(
        in: bytes, range: start..<range.upperBound, positions: positions)
      for index in 0..<found {
        move(to: positions[index])
        let offset = row &- rows.lowerBound
        let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: offset)
        if words[offset &>> 6] & bit != 0 { continue }
        if !probe.isExact {
          if row == rejected { continue }
          if !confirm(heap.utf8(row)) {
            rejected = row
            continue
          }
        }
        words[offset &>> 6] |= bit
      }
      if found < positions.count { return }
      start = positions[found &- 1] &+ 1
    }
  }

  /// Steps forward to the row that holds the position.
  @inline(__always)
  private mutating func move(to position: Int) {
    while position >= rowEnd {
      row &+= 1
      rowEnd = heap.offset(row &+ 1)
    }
  }
}
