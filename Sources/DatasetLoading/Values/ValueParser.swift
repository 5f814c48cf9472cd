import CKernels

/// Reads the texts of one kind of value.
///
/// A value is an integer at the parser's scale, or the bits of a double. Three bit patterns stand
/// for something else; as doubles they are NaN, which no text is read as, and a text that gives
/// just such an integer counts as a misfit.
protocol ValueParser {
  /// Decimal digits behind the point of the integers that it gives.
  var scale: Int { get }
  /// Whether it gives the bits of doubles.
  static var isDouble: Bool { get }
  /// The value of a text of at least one byte; 8 bytes behind it are readable.
  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64
  /// Reads the plainly written fields of a column at once; nil where each must be looked at.
  mutating func parse(_ fields: FieldRun, into found: FoundValues) -> FoundValues.Counts?
}

extension ValueParser {
  func parse(_ fields: FieldRun, into found: FoundValues) -> FoundValues.Counts? { nil }
}

/// Where the values of many fields go.
struct FoundValues {
  /// A value for each row, `ParseMark.missing` for empty fields.
  let values: UnsafeMutablePointer<Int64>
  /// The rows whose fields must be looked at one by one.
  let others: UnsafeMutablePointer<UInt32>

  /// How many fields are to be looked at, and how many are empty.
  struct Counts {
    var others = 0
    var empty = 0
  }
}

/// Texts for parsers that stand in no file.
enum ParsedText {
  /// Bytes behind a text, since parsers load whole words.
  static let padding = 16

  /// Calls `body` with a copy of a text that has zeros behind it.
  static func with<Result>(
    _ text: some Collection<UInt8>, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result {
    body(Array(text) + [UInt8](repeating: 0, count: padding), text.count)
  }
}

/// The patterns that are no values.
enum ParseMark {
  static let missing = Int64(bitPattern: 0xFFF8_0000_0000_5EED)
  /// The text is no value of the kind.
  static let misfit = missing &+ 1
  /// The text needs more decimal digits than the parser's scale; it has raised it.
  static let finer = missing &+ 2
  /// The text is a number that no scaled integer holds.
  static let needsDouble = missing &+ 3
  /// The text looks like a number, but as one it would lose what it is, such as a leading zero.
  static let identifier = missing &+ 4

  @inline(__always)
  static func isMark(_ value: Int64) -> Bool { UInt64(bitPattern: value &- missing) <= 4 }
}

/// Reading of ASCII digits.
enum Digits {
  /// 8 bytes as a little-endian word.
  @inline(__always)
  static func word(_ start: UnsafePointer<UInt8>) -> UInt64 {
    UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
  }

  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// The number of 1 to 9 digits at the start of a text, with how many there are.
  static func leading(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> (value: Int, count: Int)? {
    var value = 0
    var count = 0
    for byte in text.prefix(9) {
      guard isDigit(byte) else { break }
      value = value &* 10 &+ Int(byte &- 0x30)
      count &+= 1
    }
    return count == 0 ? nil : (value, count)
  }
}
