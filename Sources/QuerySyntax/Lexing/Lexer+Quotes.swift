import Diagnostics

extension Lexer {
  /// Reads text or a name in quotes. It ends on its line, so that a forgotten quote is reported
  /// where it was forgotten and spoils nothing behind that line.
  mutating func readQuoted(_ kind: Token.Kind, what: String) {
    let start = position
    let quote = byte()
    position += 1
    var isClosed = false
    while position < source.bytes.count, byte() != 0x0A, byte() != 0x0D {
      if byte() == quote {
        position += 1
        if byte() != quote || position >= source.bytes.count {
          isClosed = true
          break
        }
      }
      position += 1
    }
    let sign = Character(Unicode.Scalar(quote))
    if !isClosed {
      report(
        "unclosed-quote", "this quote is not closed on its line",
        at: SourceRange(start, start + 1), help: "close it with \(sign)")
    } else if kind == .quotedName, position - start == 2 {
      report("empty-name", "there is no name in these backticks", at: SourceRange(start, position))
    }
    append(isValidQuoted(start) ? kind : .invalid, from: start)
  }

  /// Whether the bytes from an offset to the position are UTF-8 without NUL; reports where not.
  private mutating func isValidQuoted(_ start: Int) -> Bool {
    let content = source.bytes[start..<position]
    if let zero = content.firstIndex(of: 0) {
      reportByte(at: zero)
      return false
    }
    guard content.contains(where: { $0 >= 0x80 }),
      String(validating: content, as: UTF8.self) == nil
    else { return true }
    var offset = start
    while let decoded = source.scalar(at: offset) { offset += decoded.length }
    reportByte(at: offset)
    return false
  }

  /// Reports a byte that no text may hold.
  mutating func reportByte(at offset: Int) {
    let byte = source.bytes[offset]
    if byte == 0 {
      report(
        "nul-byte", "the text holds a NUL byte (U+0000)", at: SourceRange(offset, offset + 1),
        help: "remove it")
    } else {
      let digits = String(byte, radix: 16, uppercase: true)
      report(
        "invalid-utf8", "the byte 0x\(digits) is not valid UTF-8",
        at: SourceRange(offset, offset + 1), help: "save the text as UTF-8")
    }
  }
}
