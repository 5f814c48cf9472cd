import CKernels
import Glibc

/// The first records of a delimited text, one after another.
final class HeadRecords {
  /// A record with its place, as long as it is the one at hand.
  struct Record {
    fileprivate let bytes: UnsafePointer<UInt8>
    fileprivate let ends: UnsafePointer<UInt32>
    /// Where it starts, and where the next one does.
    let start: Int
    let behind: Int
    let fieldCount: Int
    /// Whether there is text behind a closing quote.
    let isBroken: Bool

    /// Whether it is a line with nothing on it.
    var isBlank: Bool { (start..<behind).allSatisfy { bytes[$0] == 0x0A || bytes[$0] == 0x0D } }

    /// Line ends within it, the last one with them.
    var lineCount: Int {
      var count = 0
      visit(0x0A) { _ in count &+= 1 }
      visit(0x0D) { place in count &+= place[1] == 0x0A ? 0 : 1 }
      return count
    }

    private func visit(_ byte: Int32, _ body: (UnsafePointer<UInt8>) -> Void) {
      var place = bytes + start
      let end = bytes + behind
      while let found = memchr(place, byte, end - place) {
        let next = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
        body(next)
        place = next + 1
      }
    }

    /// Its fields, with their quotes.
    func forEachField(_ body: (Field) -> Void) {
      var from = start
      for index in 0..<fieldCount {
        var to = Int(ends[index])
        let next = to &+ 1
        if index == fieldCount &- 1, to > from, bytes[to &- 1] == 0x0D { to &-= 1 }
        body(Field(start: UInt32(from), end: UInt32(to)))
        from = next
      }
    }
  }

  /// Where a field stands, with its quotes.
  struct Field {
    fileprivate var start: UInt32
    fileprivate var end: UInt32
  }

  private let bytes: [UInt8]
  private let count: Int
  private let isWhole: Bool
  private let ends: UnsafeMutablePointer<UInt32>
  private let unquoter = Unquoter()

  /// The records of a text's first bytes; `isWhole` where there are no others.
  init(_ text: ArraySlice<UInt8>, isWhole: Bool) {
    count = text.count
    self.isWhole = isWhole
    // The scan reads whole words past the end.
    bytes = text.withUnsafeBufferPointer { $0.padded(by: HeadRecords.padding) }
    ends = .allocate(capacity: text.count &+ HeadRecords.padding &+ 1)
  }

  deinit { ends.deallocate() }

  private static let padding = 64

  /// The text of a field, without quotes.
  func text(_ field: Field) -> ArraySlice<UInt8> {
    let (inside, isQuoted) = inside(field)
    let raw = bytes[inside]
    if !isQuoted || !raw.contains(0x22) { return raw }
    return raw.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { Array(unquoter.text($0, buffer.count))[...] } ?? []
    }
  }

  /// Whether the text of a field is empty.
  func isEmpty(_ field: Field) -> Bool { inside(field).range.isEmpty }

  /// Whether digits make up most of a field, which quotes are not part of.
  func isFigure(_ field: Field) -> Bool {
    bytes.withUnsafeBufferPointer { FieldShape.isFigure($0[inside(field).range]) }
  }

  /// Whether the text of a field is this one; mostly its length tells.
  func isText(_ field: Field, _ text: ArraySlice<UInt8>) -> Bool {
    let (inside, isQuoted) = inside(field)
    return isQuoted ? self.text(field) == text : inside.count == text.count && bytes[inside] == text
  }

  /// Where a field stands without the quotes around it.
  private func inside(_ field: Field) -> (range: Range<Int>, isQuoted: Bool) {
    let (start, end) = (Int(field.start), Int(field.end))
    let isQuoted = end &- start >= 2 && bytes[start] == 0x22
    return (isQuoted ? start &+ 1..<end &- 1 : start..<end, isQuoted)
  }

  /// Calls `body` with each of the first records in a dialect, blank lines too, as long as it asks
  /// for more; a last one that the end of a part may have cut off is left out. Positions count from
  /// the text's own start.
  func forEach(in dialect: CSVDialect, limit: Int, _ body: (Record) -> Bool) {
    bytes.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return }
      var from = 0
      var number = 0
      while from < count, number < limit {
        var scan = StructuralScan.starting(bytes: bytes, ends: ends, dialect: dialect)
        let next = structural_scan_row(&scan, from, count)
        let isBroken = scan.errorAt != .nowhere
        if next == .nowhere, !isWhole, !isBroken { return }
        let behind = next == .nowhere ? count : next
        if next == .nowhere {
          // The end of the text ends a field too.
          ends[scan.endCount] = UInt32(count)
          scan.endCount &+= 1
        }
        let record = Record(
          bytes: bytes, ends: ends, start: from, behind: behind, fieldCount: scan.endCount,
          isBroken: isBroken || (isWhole && scan.state == UInt32(SCAN_QUOTED)))
        if !body(record) || isBroken { return }
        from = behind
        number &+= 1
      }
    }
  }
}
