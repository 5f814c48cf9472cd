/// What stands behind a backslash.
extension PatternParser {
  /// An escape outside brackets; the backslash is behind the cursor.
  mutating func escape() throws(PatternError) -> PatternNode {
    let start = position &- 1
    if take("b") { return .assertion(.wordBoundary) }
    if take("B") { return .assertion(.noWordBoundary) }
    if let kinds = takeKinds() { return .set(ScalarSet(kinds: kinds)) }
    if let scalar = peek, ("1"..."9").contains(scalar) || scalar == "k" {
      position &+= 1
      throw PatternError(
        "\(quoted(from: start)) refers back to a group, which is not supported because matching "
          + "is in linear time; write out what it should match.")
    }
    let scalar = try escapedScalar(from: start)
    return .set(ScalarSet(ranges: [scalar...scalar]))
  }

  /// `\d`, `\w`, `\s` and their opposites.
  mutating func takeKinds() -> ScalarKinds? {
    let kinds: ScalarKinds
    switch peek {
    case "d": kinds = .digit
    case "w": kinds = .word
    case "s": kinds = .space
    case "D": kinds = .all.subtracting(.digit)
    case "W": kinds = .all.subtracting(.word)
    case "S": kinds = .all.subtracting(.space)
    default: return nil
    }
    position &+= 1
    return kinds
  }

  /// An escape that stands for one scalar.
  mutating func escapedScalar(from start: Int) throws(PatternError) -> UInt32 {
    guard let scalar = peek else {
      throw PatternError(
        "The pattern ends with a single '\\'; write '\\\\' for the sign itself.")
    }
    position &+= 1
    switch scalar {
    case "n": return 0x0A
    case "t": return 0x09
    case "r": return 0x0D
    case "f": return 0x0C
    case "v": return 0x0B
    case "0": return 0
    case "x":
      return take("{")
        ? try hexadecimal(from: start, digits: 1...6, closing: "}")
        : try hexadecimal(from: start, digits: 2...2, closing: "")
    case "u":
      return take("{")
        ? try hexadecimal(from: start, digits: 1...6, closing: "}")
        : try hexadecimal(from: start, digits: 4...4, closing: "")
    default:
      let isLetter = ScalarKind(scalar.value).isWord && scalar != "_"
      if !isLetter { return scalar.value }
      throw PatternError(
        "\(quoted(from: start)) has no meaning here; write \(PatternError.quoted([scalar])) for "
          + "the letter, or one of \\d \\w \\s \\b \\n \\t.")
    }
  }

  private mutating func hexadecimal(
    from start: Int, digits: ClosedRange<Int>, closing: String
  ) throws(PatternError) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    while count < digits.upperBound, let digit = peek.flatMap({ Character($0).hexDigitValue }),
      peek.map({ $0.isASCII }) == true
    {
      value = value &<< 4 | UInt32(digit)
      count &+= 1
      position &+= 1
    }
    guard digits.contains(count), take(closing), Unicode.Scalar(value) != nil else {
      throw PatternError(
        "\(quoted(from: start)) is not the number of a character; "
          + "write it as '\\x41' or '\\u{1F600}'.")
    }
    return value
  }
}
