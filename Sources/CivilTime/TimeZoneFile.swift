/// The parts of a TZif file (RFC 9636) that tell the offset from UTC: its 64-bit transitions and
/// the rule for the time after them.
struct TimeZoneFile {
  static let magic = Array("TZif".utf8)

  /// The transitions' instants, ascending, and the offset in force from each of them on.
  var transitions: [(instant: Int64, offset: Int64)] = []
  /// The offset before the first transition.
  var initialOffset: Int64
  /// The footer's rule; nil where the file has none.
  var rule: PosixTimeZoneRule?

  /// Reads a file of version 2 or later; nil when it is cut short or inconsistent.
  init?(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes: bytes)
    // The first block repeats the second with 32-bit times, for readers of old.
    guard let old = Header(&reader), old.version >= UInt8(ascii: "2"),
      reader.skip(old.bodySize(timeSize: 4)), let header = Header(&reader),
      header.typeCount > 0
    else { return nil }

    var instants: [Int64] = []
    for _ in 0..<header.timeCount {
      guard let instant = reader.integer(size: 8) else { return nil }
      instants.append(instant)
    }
    guard let typeOfTransition = reader.take(header.timeCount) else { return nil }
    var offsetOfType: [Int64] = []
    for _ in 0..<header.typeCount {
      guard let offset = reader.integer(size: 4), reader.skip(2) else { return nil }
      offsetOfType.append(offset)
    }
    guard
      reader.skip(header.nameBytes + header.leapCount * 12 + header.standardCount + header.utcCount)
    else { return nil }

    initialOffset = offsetOfType[0]
    for (instant, type) in zip(instants, typeOfTransition) {
      guard Int(type) < offsetOfType.count, instant > transitions.last?.instant ?? .min else {
        return nil
      }
      transitions.append((instant, offsetOfType[Int(type)]))
    }
    guard let footer = reader.footer() else { return nil }
    if !footer.isEmpty {
      guard let rule = PosixTimeZoneRule(footer) else { return nil }
      self.rule = rule
    }
  }

  private struct Header {
    var version: UInt8
    var utcCount: Int
    var standardCount: Int
    var leapCount: Int
    var timeCount: Int
    var typeCount: Int
    var nameBytes: Int

    init?(_ reader: inout ByteReader) {
      guard reader.take(4).map(Array.init) == TimeZoneFile.magic,
        let version = reader.take(1)?.first, reader.skip(15)
      else { return nil }
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = reader.integer(size: 4), (0...1_000_000).contains(count) else {
          return nil
        }
        counts.append(Int(count))
      }
      self.version = version
      (utcCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
      (timeCount, typeCount, nameBytes) = (counts[3], counts[4], counts[5])
    }

    func bodySize(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + nameBytes + leapCount * (timeSize + 4)
        + standardCount + utcCount
    }
  }
}

/// Takes big-endian integers and runs of bytes off the front of a file.
private struct ByteReader {
  let bytes: [UInt8]
  var position = 0

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= bytes.count - position else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  /// A signed integer of 4 or 8 bytes.
  mutating func integer(size: Int) -> Int64? {
    guard let field = take(size) else { return nil }
    let value = field.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 4
      ? Int64(Int32(truncatingIfNeeded: value)) : Int64(truncatingIfNeeded: value)
  }

  /// The text between the two newlines that close the file.
  mutating func footer() -> ArraySlice<UInt8>? {
    let newline = UInt8(ascii: "\n")
    guard take(1)?.first == newline, let end = bytes[position...].firstIndex(of: newline) else {
      return nil
    }
    return bytes[position..<end]
  }
}
