/// A cell as programs read it; every machine format starts from here.
enum PlainValue {
  case missing
  case text(String)
  case integer(Int64)
  case number(Double)
  case boolean(Bool)
  /// A time that has become its ISO 8601 text.
  case instant(String)
  case list([String])

  /// The plain form of a cell in a column of that unit. What is not finite is missing.
  init(_ value: ResultValue, unit: ValueUnit) {
    switch value {
    case .missing: self = .missing
    case .text(let text), .label(let text): self = .text(text)
    case .boolean(let flag): self = .boolean(flag)
    case .list(let words): self = .list(words)
    case .integer(let integer):
      self = unit.isInstant ? Self.instant(Double(integer), unit) : .integer(integer)
    case .number(let number):
      if !number.isFinite {
        self = .missing
      } else {
        self = unit.isInstant ? Self.instant(number, unit) : .number(number)
      }
    case .time(let seconds): self = Self.instant(seconds, unit)
    }
  }

  private static func instant(_ seconds: Double, _ unit: ValueUnit) -> PlainValue {
    let text = unit == .date ? InstantText.date(seconds) : InstantText.instant(seconds)
    return text.isEmpty ? .missing : .instant(text)
  }
}

extension ValueUnit {
  /// Whether values are moments or days.
  var isInstant: Bool { self == .time || self == .date }

  /// Whether values line up on the right, as numbers do.
  var isNumeric: Bool {
    switch self {
    case .count, .number, .percent, .points, .duration: true
    case .text, .time, .date, .boolean: false
    }
  }
}
