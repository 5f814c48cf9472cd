import CKernels
import ColumnStore

/// Joins the pieces of a column of lists.
enum TagsAssembly {
  /// The column of the pieces, which stand in the order of the file.
  static func column(
    _ pieces: inout [TagsPiece], tables: [StagedTexts], rowCount: Int, _ stop: CancellationFlag
  ) -> TagsColumn {
    let (heap, merged) = DictionaryMerge.merged(tables, stop)
    let total = pieces.reduce(0) { $0 &+ ($1.rowCount == 0 ? 0 : Int($1.ends[$1.rowCount &- 1])) }
    let width = CodeArray.byteWidth(largest: heap.count)
    let memory = ColumnMemory(uninitializedByteCount: total &* width)
    let offsets = ColumnMemory(uninitializedByteCount: (rowCount &+ 1) &* 4)
    let starts = offsets.pointer(as: UInt32.self)
    starts[0] = 0
    var row = 0
    var end = 0
    pieces.reverse()
    while !stop.isSet, let piece = pieces.popLast() {
      let remap = merged.ofTable(piece.table).codes
      let ends = starts + row + 1
      switch width {
      // Each code has a bit of a word.
      case 1 where heap.count < UInt64.bitWidth && piece.byteWidth == 1:
        var lists = CodeLists(
          ends: piece.ends, codes: piece.codes.assumingMemoryBound(to: UInt8.self),
          count: piece.rowCount)
        let target = memory.pointer(as: UInt8.self)
        end = dq_sort_lists(&lists, remap, target, end, total, ends)
      case 1: append(piece, remap, memory.pointer(as: UInt8.self), &end, ends)
      case 2: append(piece, remap, memory.pointer(as: UInt16.self), &end, ends)
      default: append(piece, remap, memory.pointer(as: UInt32.self), &end, ends)
      }
      row &+= piece.rowCount
    }
    let codes = CodeArray(memory: memory.shrunk(to: end &* width), byteWidth: width, count: end)
    return TagsColumn(offsets: offsets, codes: codes, dictionary: heap, count: rowCount)
  }

  /// Adds the lists of a piece, the codes of each row ascending and once.
  @inline(__always)
  private static func append<Code: FixedWidthInteger>(
    _ piece: TagsPiece, _ remap: UnsafePointer<UInt32>, _ target: UnsafeMutablePointer<Code>,
    _ end: inout Int, _ ends: UnsafeMutablePointer<UInt32>
  ) {
    var from = 0
    for row in 0..<piece.rowCount {
      let to = Int(piece.ends[row])
      let first = end
      for position in from..<to {
        let code = Code(
          truncatingIfNeeded: remap[TextPiece.code(piece.codes, piece.byteWidth, position)])
        // Lists are short, so that each code walks down to its place.
        var place = end
        while place > first, target[place &- 1] > code { place &-= 1 }
        if place > first, target[place &- 1] == code { continue }
        var moved = end
        while moved > place {
          target[moved] = target[moved &- 1]
          moved &-= 1
        }
        target[place] = code
        end &+= 1
      }
      from = to
      ends[row] = UInt32(truncatingIfNeeded: end)
    }
  }
}
