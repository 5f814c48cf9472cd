/// Text under construction, as UTF-8 bytes.
struct ByteBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append(byte: UInt8) {
    bytes.append(byte)
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  mutating func appendSpaces(_ count: Int) {
    if count > 0 { bytes.append(contentsOf: repeatElement(0x20, count: count)) }
  }

  /// Keeps the memory for the next piece.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func append(integer: Int64) {
    if integer < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = integer.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// The shortest text that reads back as the same number; a whole number has no `.0`.
  mutating func append(number: Double) {
    if let integer = Int64(exactly: number), integer.magnitude < 1 << 53 {
      append(integer: integer)
      return
    }
    var text = number.description[...]
    if text.hasSuffix(".0") { text = text.dropLast(2) }
    bytes.append(contentsOf: text.utf8)
  }
}
