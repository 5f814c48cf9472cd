import Diagnostics

/// Values that are gone over, or kept as JSON text without blanks.
extension JSONReader {
  /// Goes over a value of any kind and appends it as JSON; what is not wanted the caller takes
  /// back.
  func value(depth: Int) throws(Diagnostic) {
    switch try next() {
    case 0x7B: try object(depth: depth)
    case 0x5B: try array(depth: depth)
    case 0x22: try quoted()
    case 0x74: try word("true")
    case 0x66: try word("false")
    case 0x6E: try word("null")
    case nil: throw failure("the text ends where a value should stand")
    default: try number()
    }
    if isSkipping { text.removeAll() }
  }

  /// Throws where values are nested too deeply.
  func checkDepth(_ depth: Int) throws(Diagnostic) {
    if depth > JSONReader.depthLimit {
      throw failure("values are nested more than \(JSONReader.depthLimit) deep")
    }
  }

  private func object(depth: Int) throws(Diagnostic) {
    try checkDepth(depth)
    try expect(0x7B, "{")
    text.append(0x7B)
    if try next() != 0x7D {
      while true {
        if try next() != 0x22 { throw failure("a key in quotes is missing") }
        try quoted()
        try expect(0x3A, "a colon")
        text.append(0x3A)
        try value(depth: depth &+ 1)
        if try next() != 0x2C { break }
        advance()
        text.append(0x2C)
      }
    }
    try expect(0x7D, "a comma or }")
    text.append(0x7D)
  }

  private func array(depth: Int) throws(Diagnostic) {
    try checkDepth(depth)
    try expect(0x5B, "[")
    text.append(0x5B)
    if try next() != 0x5D {
      while true {
        try value(depth: depth &+ 1)
        if try next() != 0x2C { break }
        advance()
        text.append(0x2C)
      }
    }
    try expect(0x5D, "a comma or ]")
    text.append(0x5D)
  }

  /// Appends a string as JSON writes it.
  private func quoted() throws(Diagnostic) {
    let start = text.count
    try string()
    let length = text.count &- start
    let bytes = Array(UnsafeBufferPointer(start: text.base + start, count: length))
    text.truncate(to: start)
    text.append(0x22)
    for byte in bytes {
      switch byte {
      case 0x22, 0x5C:
        text.append(0x5C)
        text.append(byte)
      case 0x0A: text.append("\\n")
      case 0x0D: text.append("\\r")
      case 0x09: text.append("\\t")
      case 0..<0x20:
        text.append("\\u00")
        text.append(byte < 0x10 ? 0x30 : 0x31)
        text.append(String(byte & 15, radix: 16))
      default: text.append(byte)
      }
    }
    text.append(0x22)
  }
}
