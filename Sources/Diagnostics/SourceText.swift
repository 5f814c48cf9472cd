import Synchronization

/// A text of the language with its name: a script, a line of the REPL, a catalog.
///
/// It holds bytes, since a file may not be valid UTF-8; the lexer reports where it is not.
public final class SourceText: Sendable {
  /// The path or a word such as `query`, shown before the line number.
  public let name: String
  /// The bytes as they were read.
  public let bytes: [UInt8]
  private let cachedLineStarts = Mutex<[Int]?>(nil)

  /// A text of raw bytes.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// A text held as a string.
  public convenience init(name: String = "query", _ string: String) {
    self.init(name: name, bytes: Array(string.utf8))
  }

  /// The range of the whole text.
  public var range: SourceRange { SourceRange(0, bytes.count) }

  /// The offsets at which lines start, found on first use: most texts have no error to place.
  private var lineStarts: [Int] {
    cachedLineStarts.withLock { cache in
      if let starts = cache { return starts }
      let starts = Self.lineStarts(in: bytes)
      cache = starts
      return starts
    }
  }

  private static func lineStarts(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for index in bytes.indices {
      let isCarriageReturnAlone =
        bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      if bytes[index] == 0x0A || isCarriageReturnAlone { starts.append(index + 1) }
    }
    return starts
  }

  /// The number of the line, from 0, that holds an offset.
  private func lineIndex(at offset: Int, in starts: [Int]) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The line and column of an offset; offsets off the text are taken to its nearest end.
  public func location(at offset: Int) -> SourceLocation {
    let place = min(max(offset, 0), bytes.count)
    let starts = lineStarts
    let line = lineIndex(at: place, in: starts)
    return SourceLocation(line: line + 1, column: characterCount(starts[line], place) + 1)
  }

  /// The range of the line that holds an offset, without its line end.
  public func lineRange(at offset: Int) -> SourceRange {
    let place = min(max(offset, 0), bytes.count)
    let starts = lineStarts
    let line = lineIndex(at: place, in: starts)
    var end = line + 1 < starts.count ? starts[line + 1] : bytes.count
    while end > starts[line], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return SourceRange(starts[line], end)
  }

  /// The text of a range; bytes that are not UTF-8 become U+FFFD.
  public func text(of range: SourceRange) -> String {
    let lower = min(max(range.lower, 0), bytes.count)
    let upper = min(max(range.upper, lower), bytes.count)
    return String(unsafeUninitializedCapacity: upper - lower) { buffer in
      var count = 0
      for byte in bytes[lower..<upper] {
        buffer[count] = byte
        count &+= 1
      }
      return count
    }
  }

  /// The Unicode scalar that starts at an offset and its length in bytes, nil where the bytes are
  /// not valid UTF-8.
  public func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard bytes.indices.contains(offset) else { return nil }
    let first = bytes[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let smallest: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard first >= 0xC2, first <= 0xF4, offset + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[(offset + 1)..<(offset + length)] {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    // The smallest value keeps overlong spellings out; Unicode.Scalar refuses surrogates.
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  private func characterCount(_ lower: Int, _ upper: Int) -> Int {
    // Finding the borders of characters costs too much in a line of megabytes, so long lines are
    // counted in code points.
    if upper - lower > 4096 {
      return bytes[lower..<upper].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
    return text(of: SourceRange(lower, upper)).count
  }
}
