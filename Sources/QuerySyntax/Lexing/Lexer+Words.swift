import Diagnostics

extension Lexer {
  /// Reads a word and finds the keyword it may be.
  mutating func readWord() {
    let start = position
    skipWord()
    append(.word(Keyword(source.bytes[start..<position])), from: start)
  }

  /// Reads `$name`.
  mutating func readParameter() {
    let start = position
    position += 1
    let nameStart = position
    skipWord()
    if position == nameStart {
      report(
        "parameter-without-name", "'$' must be followed by the name of a parameter",
        at: SourceRange(start, position), help: "write a name such as '$month'")
      append(.invalid, from: start)
    } else {
      append(.parameter, from: start)
    }
  }

  /// Moves behind the letters, digits, inner hyphens and inner points of a word.
  mutating func skipWord() {
    while position < source.bytes.count {
      let length = wordCharacterLength(at: position)
      if length > 0 {
        position += length
      } else if joinsWord() {
        position += 1
      } else {
        return
      }
    }
  }

  /// Whether the hyphen or point at the position has word characters on both sides; a hyphen needs
  /// letters, since before a digit it is a minus.
  private func joinsWord() -> Bool {
    guard position > 0, wordCharacterLength(at: position + 1) > 0 else { return false }
    let before = source.bytes[position - 1]
    switch byte() {
    case UInt8(ascii: "-"): return !before.isDigit && !byte(1).isDigit && before != 0x5F
    case UInt8(ascii: "."): return before != UInt8(ascii: "$")
    default: return false
    }
  }

  /// The length in bytes of the letter, digit or `_` at an offset, 0 where there is none.
  func wordCharacterLength(at offset: Int) -> Int {
    guard offset < source.bytes.count else { return 0 }
    let first = source.bytes[offset]
    if first < 0x80 { return first.isLetter || first.isDigit ? 1 : 0 }
    guard let (scalar, length) = source.scalar(at: offset) else { return 0 }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
      return length
    default: return 0
    }
  }
}
