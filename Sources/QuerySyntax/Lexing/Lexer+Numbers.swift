import Diagnostics

extension Lexer {
  /// Digits beyond these are refused: no number of support data has them.
  private static var digitLimit: Int { 400 }

  /// Reads a number, percent, duration, period or time of day: all begin with a digit or `.5`.
  mutating func readNumber() {
    let start = position
    skipDigits()
    if position - start == 4, byte() == UInt8(ascii: "-"), byte(1).isDigit || byte(1).isLetter {
      return readPeriod(from: start)
    }
    if position - start <= 2, byte() == UInt8(ascii: ":"), byte(1).isDigit {
      return readTimeOfDay(from: start)
    }
    skipFraction()
    if isDurationUnit(at: position) { return readDuration(from: start) }
    skipExponent()
    let end = position
    if byte() == UInt8(ascii: "%") {
      position += 1
      if isFiniteNumber(SourceRange(start, end)) { append(.percent, from: start) }
    } else if wordCharacterLength(at: position) > 0 {
      rejectWordWithDigits(from: start)
    } else if isFiniteNumber(SourceRange(start, end)) {
      append(.number, from: start)
    }
  }

  mutating func skipDigits() {
    while byte().isDigit || (byte() == UInt8(ascii: "_") && byte(1).isDigit) { position += 1 }
  }

  private mutating func skipFraction() {
    if byte() == UInt8(ascii: "."), byte(1).isDigit {
      position += 1
      skipDigits()
    }
  }

  private mutating func skipExponent() {
    guard byte() | 0x20 == UInt8(ascii: "e") else { return }
    let isSigned = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
    guard byte(isSigned ? 2 : 1).isDigit else { return }
    position += isSigned ? 2 : 1
    while byte().isDigit { position += 1 }
  }

  /// Whether a number fits; reports it and adds an invalid token where not.
  private mutating func isFiniteNumber(_ range: SourceRange) -> Bool {
    let length = range.upper - range.lower
    // Three digits of exponent at least are needed to leave the range of Double.
    if length < 5 { return true }
    let digits = length <= Self.digitLimit ? source.text(of: range).filter { $0 != "_" } : ""
    if Double(digits)?.isFinite == true { return true }
    let word = DisplayText.quoted(source.text(of: range))
    report("number-too-large", "the number \(word) is too large", at: range)
    append(.invalid, from: range.lower)
    return false
  }

  private func isDurationUnit(at offset: Int) -> Bool {
    guard offset < source.bytes.count else { return false }
    guard DurationUnit(source.bytes[offset]) != nil else { return false }
    let next = offset + 1 < source.bytes.count ? source.bytes[offset + 1] : 0
    return next.isDigit || wordCharacterLength(at: offset + 1) == 0
  }

  /// Reads the rest of a duration: units, and digits before each further one.
  private mutating func readDuration(from start: Int) {
    while isDurationUnit(at: position) {
      position += 1
      guard byte().isDigit else { break }
      skipDigits()
      skipFraction()
    }
    let hasUnitAtEnd = !source.bytes[position - 1].isDigit
    if !hasUnitAtEnd || wordCharacterLength(at: position) > 0 {
      rejectWordWithDigits(from: start)
    } else if position - start > Self.digitLimit {
      report(
        "number-too-large", "this duration is too long to read", at: SourceRange(start, position))
      append(.invalid, from: start)
    } else {
      append(.duration, from: start)
    }
  }

  private mutating func readTimeOfDay(from start: Int) {
    position += 1
    skipDigits()
    let range = SourceRange(start, position)
    if TimeOfDay(source.text(of: range)) == nil {
      let word = DisplayText.quoted(source.text(of: range))
      report(
        "invalid-time", "\(word) is not a time of day", at: range,
        help: "write hours and minutes such as 09:30")
      append(.invalid, from: start)
    } else {
      append(.timeOfDay, from: start)
    }
  }

  /// Reports a word that begins like a number but is none, such as `2fa` or `90min`.
  private mutating func rejectWordWithDigits(from start: Int) {
    skipWord()
    let range = SourceRange(start, position)
    let word = source.text(of: range)
    let shown = DisplayText.quoted(word)
    let unit = word.drop { $0.isNumber || $0 == "." || $0 == "_" }
    let short = DurationUnit(longName: unit.lowercased())
    let help =
      if let short { "write \(word.dropLast(unit.count))\(short.rawValue)" } else {
        "put text in quotes and names in backticks"
      }
    report("malformed-number", "\(shown) is neither a number nor a name", at: range, help: help)
    append(.invalid, from: start)
  }
}

/// The units of a duration, by their letter.
enum DurationUnit: String, CaseIterable {
  case second = "s"
  case minute = "m"
  case hour = "h"
  case day = "d"
  case week = "w"

  /// The unit of a letter, in any case.
  init?(_ byte: UInt8) {
    guard byte.isLetter else { return nil }
    self.init(rawValue: String(Unicode.Scalar(byte | 0x20)))
  }

  /// The unit that people spell out, such as `min` or `hours`.
  init?(longName: String) {
    guard longName.utf8.count > 1 else { return nil }
    let known = ["seconds", "minutes", "hours", "days", "weeks", "hrs"]
    guard let name = known.first(where: { $0.hasPrefix(longName) }) else { return nil }
    self.init(rawValue: String(name.prefix(1)))
  }

  /// Its length in seconds.
  var seconds: Double {
    switch self {
    case .second: 1
    case .minute: 60
    case .hour: 3600
    case .day: 86_400
    case .week: 604_800
    }
  }
}

/// A time of day as minutes since midnight; `24:00` is the end of the day.
struct TimeOfDay {
  let minute: Int

  /// The time spelled `9:30` or `09:30`, nil where there is none.
  init?(_ spelling: String) {
    let parts = spelling.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2, let hour = Int(parts[0]),
      let minute = Int(parts[1]), minute < 60, hour < 24 || (hour == 24 && minute == 0)
    else { return nil }
    self.minute = hour * 60 + minute
  }
}
