import CKernels

/// The first records of a delimited text, one after another.
enum HeadRecords {
  /// A record with its place.
  struct Record {
    fileprivate let bytes: UnsafePointer<UInt8>
    fileprivate let ends: UnsafePointer<UInt32>
    /// Where it starts, and where the next one does.
    let start: Int
    let behind: Int
    let fieldCount: Int
    /// Whether there is text behind a closing quote.
    let isBroken: Bool
    /// Whether a quote stands inside a field without quotes.
    let hasStrayQuote: Bool

    /// Whether it is a line with nothing on it.
    var isBlank: Bool { (start..<behind).allSatisfy { bytes[$0] == 0x0A || bytes[$0] == 0x0D } }

    /// Line ends within it, the last one with them.
    var lineCount: Int {
      (start..<behind).count { bytes[$0] == 0x0A || (bytes[$0] == 0x0D && bytes[$0 &+ 1] != 0x0A) }
    }

    /// The texts of its fields, without quotes.
    var fields: [[UInt8]] {
      var texts: [[UInt8]] = []
      let unquoter = Unquoter()
      var from = start
      for index in 0..<fieldCount {
        var to = Int(ends[index])
        let next = to &+ 1
        if index == fieldCount &- 1, to > from, bytes[to &- 1] == 0x0D { to &-= 1 }
        let isQuoted = to &- from >= 2 && bytes[from] == 0x22
        texts.append(
          Array(
            isQuoted
              ? unquoter.text(bytes + from + 1, to &- from &- 2)
              : UnsafeBufferPointer(start: bytes + from, count: to &- from)))
        from = next
      }
      return texts
    }
  }

  /// Calls `body` with each of the first records, blank lines too; a last one that the end of a
  /// part may have cut off is left out. Positions count from the slice's own start.
  static func forEach(
    _ text: ArraySlice<UInt8>, _ dialect: CSVDialect, isWhole: Bool, limit: Int,
    _ body: (Record) -> Void
  ) {
    // The scan reads whole words past the end.
    let padded = Array(text) + [UInt8](repeating: 0, count: 64)
    let ends = UnsafeMutablePointer<UInt32>.allocate(capacity: text.count &+ 65)
    defer { ends.deallocate() }
    padded.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return }
      var from = 0
      var count = 0
      while from < text.count, count < limit {
        var scan = StructuralScan.starting(bytes: bytes, ends: ends, dialect: dialect)
        let next = structural_scan_row(&scan, from, text.count)
        let isBroken = scan.errorAt != .nowhere
        if next == .nowhere, !isWhole, !isBroken { return }
        let behind = next == .nowhere ? text.count : next
        if next == .nowhere {
          // The end of the text ends a field too.
          ends[scan.endCount] = UInt32(text.count)
          scan.endCount &+= 1
        }
        body(
          Record(
            bytes: bytes, ends: ends, start: from, behind: behind, fieldCount: scan.endCount,
            isBroken: isBroken || (isWhole && scan.state == UInt32(SCAN_QUOTED)),
            hasStrayQuote: scan.strayQuoteCount > 0))
        if isBroken { return }
        from = behind
        count &+= 1
      }
    }
  }
}
