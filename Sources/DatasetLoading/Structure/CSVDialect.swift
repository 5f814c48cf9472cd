/// How a delimited text is written.
struct CSVDialect: Sendable {
  var delimiter: UInt8
  var quote = UInt8(ascii: "\"")

  /// The delimiters that are told apart, the likeliest first.
  static let delimiters: [UInt8] = [
    UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
  ]

  /// The dialect of a header line: the delimiter that stands most often outside its quotes.
  static func sniffed(from text: UnsafeBufferPointer<UInt8>) -> CSVDialect {
    let quote = UInt8(ascii: "\"")
    var counts = [Int](repeating: 0, count: delimiters.count)
    var isQuoted = false
    var hasText = false
    for byte in text {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D {
        if hasText { break }
        continue
      }
      hasText = true
      if let index = delimiters.firstIndex(of: byte) { counts[index] &+= 1 }
    }
    var best = 0
    for index in delimiters.indices where counts[index] > counts[best] { best = index }
    return CSVDialect(delimiter: delimiters[best])
  }
}
