import Diagnostics

extension Parser {
  /// The number, or number before a percent sign, that a token spells.
  func number(of token: Token) -> NumberNode {
    var spelling = text(of: token)
    if token.kind == .percent { spelling.removeLast() }
    let digits = spelling.utf8.contains(0x5F) ? spelling.filter { $0 != "_" } : spelling
    let integer = Int64(digits)
    let value = integer.map { Double($0) } ?? Double(digits) ?? 0
    return NumberNode(value: value, integer: integer, spelling: spelling, range: token.range)
  }

  /// The duration that a token spells.
  func duration(of token: Token) throws(ParseFailure) -> DurationNode {
    let spelling = text(of: token)
    var seconds = 0.0
    var digits = ""
    for byte in spelling.utf8 where byte != 0x5F {
      if let unit = DurationUnit(byte) {
        seconds += (Double(digits) ?? 0) * unit.seconds
        digits = ""
      } else {
        digits.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    guard seconds.isFinite else {
      throw ParseFailure(
        "number-too-large", "the duration \(quoted(token)) is too long", at: token.range)
    }
    return DurationNode(seconds: seconds, spelling: spelling, range: token.range)
  }

  /// Reads a whole number from 1 (or 0) up to a limit, or a parameter that holds one.
  ///
  ///     count = NUMBER | PARAMETER
  func parseCount(
    after word: String, from smallest: Int = 1
  ) throws(ParseFailure) -> CountNode {
    let token = current
    if token.kind == .parameter {
      index += 1
      return CountNode(form: .parameter(name(of: token)), range: token.range)
    }
    let count = try parseWholeNumber(after: word, in: smallest...1_000_000_000)
    return CountNode(form: .literal(count), range: token.range)
  }

  /// Reads a whole number within bounds.
  func parseWholeNumber(
    after word: String, in bounds: ClosedRange<Int>
  ) throws(ParseFailure) -> Int {
    let token = current
    guard token.kind == .number else {
      throw expected("a whole number", help: "write a number such as '\(word) 10'")
    }
    guard let value = number(of: token).integer.flatMap({ Int(exactly: $0) }),
      bounds.contains(value)
    else {
      let range = "\(bounds.lowerBound) to \(bounds.upperBound)"
      throw ParseFailure(
        "number-out-of-range",
        "'\(word)' takes a whole number from \(range), not \(quoted(token))", at: token.range)
    }
    index += 1
    return value
  }
}
