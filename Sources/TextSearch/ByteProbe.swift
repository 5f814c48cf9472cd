import CKernels

/// A run of bytes, each in one or two forms, whose occurrence in a text tells something about it.
struct ByteProbe: Sendable {
  private let low: [UInt8]
  private let high: [UInt8]
  /// Whether an occurrence is a match; otherwise the text has to be looked at more closely.
  let isExact: Bool

  /// A probe of at least one byte; `low` and `high` are equally long.
  init(low: [UInt8], high: [UInt8], isExact: Bool) {
    self.low = low
    self.high = high
    self.isExact = isExact
  }

  /// A probe for one form only.
  init(_ bytes: [UInt8], isExact: Bool) {
    self.init(low: bytes, high: bytes, isExact: isExact)
  }

  /// A probe for the UTF-8 of a scalar.
  init(scalar: UInt32, isExact: Bool) {
    var bytes: [UInt8] = []
    CaseFolding.appendUTF8(scalar, to: &bytes)
    self.init(bytes, isExact: isExact)
  }

  var count: Int { low.count }

  /// The same probe, whose occurrences are no matches by themselves.
  var inexact: ByteProbe { ByteProbe(low: low, high: high, isExact: false) }

  /// Fills `positions` with the occurrences wholly inside `range`, ascending, and returns how many
  /// there are; when the buffer is full, the search goes on behind the last one.
  func find(
    in bytes: UnsafePointer<UInt8>, range: Range<Int>,
    positions: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    low.withUnsafeBufferPointer { low in
      high.withUnsafeBufferPointer { high in
        var probe = TextScanProbe(
          low: low.baseAddress, high: high.baseAddress, length: low.count)
        return text_scan_find(
          &probe, bytes, range.lowerBound, range.upperBound, positions.baseAddress,
          positions.count)
      }
    }
  }

  /// Whether the probe occurs in a text.
  func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return false }
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 1) { positions in
      find(in: base, range: 0..<text.count, positions: positions) > 0
    }
  }
}
