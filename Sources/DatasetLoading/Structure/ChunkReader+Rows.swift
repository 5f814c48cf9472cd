import CKernels
import Diagnostics

/// From the ends of fields to rows of equal length.
extension ChunkReader {
  /// The first row that begins in the chunk: where, and the index of its first end.
  func firstRow(_ scan: StructuralScan, _ state: UInt32) -> (start: Int, end: Int)? {
    if state == UInt32(SCAN_ROW_START) { return (ChunkReader.lead, 0) }
    for index in 0..<scan.endCount where isLineEnd(Int(ends[index])) {
      let start = Int(ends[index]) &+ 1
      return start < ownEnd ? (start, index &+ 1) : nil
    }
    return nil
  }

  /// Scans on behind the chunk to the end of its last row.
  func finishLastRow(_ scan: inout StructuralScan) -> ScanTurns.ChunkFailure? {
    if scan.state == UInt32(SCAN_ROW_START) { return nil }
    var from = ownEnd
    while true {
      scan.ends = ends
      scan.bytes = UnsafePointer(bytes)
      // A line feed may follow a return that was read last, so that is left for later.
      let to = isAtEnd ? readEnd : readEnd &- 1
      if structural_scan_row(&scan, from, to) != .nowhere { return nil }
      if scan.errorAt != .nowhere {
        return counted(place(scan.errorAt, row: 0, LoadErrors.textAfterQuote), scan)
      }
      if isAtEnd { break }
      from = to
      if readEnd &- ownEnd > ChunkReader.recordLimit {
        return counted(
          place(lastRowStart(scan), row: 0) {
            LoadErrors.recordTooLong($0, limit: ChunkReader.recordLimit)
          }, scan)
      }
      do throws(Diagnostic) {
        try readFurther()
      } catch {
        let reason = error
        return place(ownEnd, row: 0) { _ in reason }
      }
    }
    if scan.state == UInt32(SCAN_QUOTED) {
      return counted(place(openingQuote(scan), row: 0, LoadErrors.unterminatedQuote), scan)
    }
    ends[scan.endCount] = UInt32(readEnd)
    scan.endCount &+= 1
    scan.rowEndCount &+= 1
    return nil
  }

  private func lastRowStart(_ scan: StructuralScan) -> Int {
    for index in stride(from: scan.endCount &- 1, through: 0, by: -1)
    where isLineEnd(Int(ends[index])) {
      return Int(ends[index]) &+ 1
    }
    return ChunkReader.lead
  }

  private func openingQuote(_ scan: StructuralScan) -> Int {
    // The field that never ends starts behind the last end, with its quote.
    scan.endCount == 0 ? ChunkReader.lead : Int(ends[scan.endCount &- 1]) &+ 1
  }

  func grid(rowCount: Int, firstEnd: Int = 0) -> FieldGrid {
    FieldGrid(
      bytes: bytes, ends: ends + firstEnd, rowStarts: rowStarts, rowCount: rowCount,
      columnCount: header.names.count, places: places)
  }

  func grid(
    _ scan: StructuralScan, firstEnd: Int, start: Int, chunk: Int
  ) -> FieldGrid? {
    let columns = header.names.count
    let endCount = scan.endCount &- firstEnd
    let rowCount = endCount / columns
    // The ends before the first row hold one line end, if there are any.
    let lineEnds = scan.rowEndCount &- (firstEnd > 0 ? 1 : 0)
    if rowCount &* columns == endCount, lineEnds == rowCount, columns > 1,
      alignedRows(firstEnd: firstEnd, start: start, rowCount: rowCount)
    {
      turns.setRows(chunk, rowCount)
      return grid(rowCount: rowCount, firstEnd: firstEnd)
    }
    return compactedRows(scan, firstEnd: firstEnd, start: start, chunk: chunk)
  }

  /// Takes the ends as rows of equal length; false where a row does not end with a line end.
  private func alignedRows(firstEnd: Int, start: Int, rowCount: Int) -> Bool {
    let columns = header.names.count
    rowStarts[0] = UInt32(start)
    let shortest = structural_rows(
      bytes, readEnd, ends + firstEnd, columns, rowCount, rowStarts)
    if shortest == .nowhere { return false }
    if shortest > longestEmpty &+ 1 { return true }
    for row in 0..<rowCount {
      let end = ends[firstEnd &+ (row &+ 1) &* columns &- 1]
      if isEmpty(Int(rowStarts[row]), Int(end)) { emptyRecords &+= 1 }
    }
    return true
  }

  /// How long a record of empty fields is at most, with quotes in each.
  private var longestEmpty: Int { 3 &* header.names.count &- 1 }

  /// Whether a record holds delimiters alone, or with empty quotes between them.
  @inline(__always)
  private func isEmpty(_ start: Int, _ end: Int) -> Bool {
    let columns = header.names.count
    let length = end &- start
    if length > longestEmpty || columns == 1 { return false }
    return length == columns &- 1 || isEmptyQuoted(start, end)
  }

  private func isEmptyQuoted(_ start: Int, _ end: Int) -> Bool {
    (start..<end).allSatisfy { bytes[$0] == 0x22 || bytes[$0] == header.dialect.delimiter }
  }

  /// Goes from end to end: leaves out blank lines and finds rows of a wrong length.
  private func compactedRows(
    _ scan: StructuralScan, firstEnd: Int, start: Int, chunk: Int
  ) -> FieldGrid? {
    let columns = header.names.count
    var rowStart = start
    var rowFirst = firstEnd
    var kept = firstEnd
    var row = 0
    for index in firstEnd..<scan.endCount {
      let end = Int(ends[index])
      guard isLineEnd(end) else { continue }
      let isFeed = end < readEnd && bytes[end] == 0x0A
      let trimmed = isFeed && end > rowStart && bytes[end &- 1] == 0x0D ? end &- 1 : end
      let count = index &- rowFirst &+ 1
      if count == 1, trimmed == rowStart {
        blankLines &+= 1
      } else if count == 1, let footer = footer(from: rowStart) {
        turns.end(behind: chunk, footer)
        break
      } else if count != columns {
        turns.fail(
          chunk,
          place(rowStart, row: row) { LoadErrors.ragged($0, got: count, expected: columns) })
        return nil
      } else {
        rowStarts[row] = UInt32(rowStart)
        for field in rowFirst..<index {
          ends[kept] = ends[field]
          kept &+= 1
        }
        ends[kept] = UInt32(trimmed)
        kept &+= 1
        row &+= 1
        if isEmpty(rowStart, trimmed) { emptyRecords &+= 1 }
      }
      rowStart = end &+ 1
      rowFirst = index &+ 1
    }
    turns.setRows(chunk, row)
    return grid(rowCount: row, firstEnd: firstEnd)
  }
}
