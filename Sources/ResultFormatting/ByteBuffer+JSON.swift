extension ByteBuffer {
  /// A JSON string in quotes. Whatever could move a terminal's cursor or turn its text around is
  /// escaped as well, so that JSON may be looked at unharmed.
  mutating func append(json text: String) {
    append(byte: UInt8(ascii: "\""))
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    if isPlain {
      append(text)
    } else {
      for scalar in text.unicodeScalars { append(jsonScalar: scalar) }
    }
    append(byte: UInt8(ascii: "\""))
  }

  private mutating func append(jsonScalar scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append("\\\"")
    case "\\": append("\\\\")
    case "\n": append("\\n")
    case "\r": append("\\r")
    case "\t": append("\\t")
    case _ where Printable.isHidden(scalar):
      // Every hidden scalar lies below U+10000, so four digits do.
      let digits = String(scalar.value, radix: 16)
      append("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    default: append(scalar)
    }
  }
}
