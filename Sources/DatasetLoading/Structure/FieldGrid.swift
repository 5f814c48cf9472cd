import CKernels

/// The fields of the rows of one chunk: where each ends, over the chunk's bytes.
///
/// Every row has `columnCount` ends; a field starts behind the end before it, and the first of a
/// row at its row start, since blank lines may lie between rows.
struct FieldGrid {
  let bytes: UnsafePointer<UInt8>
  let ends: UnsafePointer<UInt32>
  let rowStarts: UnsafePointer<UInt32>
  let rowCount: Int
  let columnCount: Int
  /// Where each column of the dataset stands in the rows, -1 where it is absent; nil where all
  /// stand in their own place.
  let places: [Int]?

  /// The bytes of the first rows, at most so many, and no more than a sample mostly has.
  func head(rowLimit: Int) -> UnsafeBufferPointer<UInt8> {
    let count = min(rowCount, rowLimit)
    guard count > 0, columnCount > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    let start = Int(rowStarts[0])
    let size = Int(ends[count &* columnCount &- 1]) &- start
    return UnsafeBufferPointer(start: bytes + start, count: min(size, 1 << 18))
  }

  /// The raw bytes of a field of the file: quotes and doubled quotes are still there.
  @inline(__always)
  func field(row: Int, column: Int) -> (start: UnsafePointer<UInt8>, count: Int) {
    let index = row &* columnCount &+ column
    let start = Int(column == 0 ? rowStarts[row] : ends[index &- 1] &+ 1)
    return (bytes + start, Int(ends[index]) &- start)
  }

  /// The raw fields of a column as kernels read them; nil where the file does not have it.
  func run(ofColumn column: Int) -> FieldRun? {
    let place = places.map { $0[column] } ?? column
    if place < 0 { return nil }
    let isFirst = place == 0
    return FieldRun(
      bytes: bytes, before: isFirst ? rowStarts : ends + (place &- 1),
      beforeStep: isFirst ? 1 : columnCount, skip: isFirst ? 0 : 1, ends: ends + place,
      step: columnCount, count: rowCount)
  }

  /// The bytes of one field of a run, without the quotes around it.
  func field(
    row: Int, of run: FieldRun
  ) -> (start: UnsafePointer<UInt8>, count: Int, isQuoted: Bool) {
    let start = Int(run.before[row &* run.beforeStep] &+ run.skip)
    let count = Int(run.ends[row &* run.step]) &- start
    let isQuoted = count >= 2 && bytes[start] == UInt8(ascii: "\"")
    return isQuoted ? (bytes + (start &+ 1), count &- 2, true) : (bytes + start, count, false)
  }

  /// Calls `body` with the bytes of each field of a column, without the quotes around it; doubled
  /// quotes are still doubled, which `isQuoted` warns of.
  @inline(__always)
  func forEachField(
    column: Int,
    _ body: (_ row: Int, _ start: UnsafePointer<UInt8>, _ count: Int, _ isQuoted: Bool) -> Bool
  ) {
    let place = places.map { $0[column] } ?? column
    var index = place
    for row in 0..<rowCount {
      if place < 0 {
        if !body(row, bytes, 0, false) { return }
        continue
      }
      let start = Int(place == 0 ? rowStarts[row] : ends[index &- 1] &+ 1)
      let count = Int(ends[index]) &- start
      index &+= columnCount
      let pointer = bytes + start
      if count >= 2, pointer[0] == UInt8(ascii: "\"") {
        if !body(row, pointer + 1, count &- 2, true) { return }
      } else if !body(row, pointer, count, false) {
        return
      }
    }
  }
}
