import CKernels
import ColumnStore

/// What the numbers and clock times of a column of durations mean.
struct DurationStyle: Hashable, Sendable {
  /// The seconds of a number without a unit; 0 where it is refused.
  var unit: Int64
  /// How many decimals of a second a number counts: 3 for milliseconds.
  var decimals = 0
  /// Whether decimals stand behind a comma.
  var hasDecimalComma = false
  /// Whether `5:30` is minutes and seconds rather than hours and minutes.
  var isMinutes = false
  /// Whether lengths below zero are refused.
  var isPositive = false

  /// Takes numbers as so many seconds each.
  mutating func set(unit seconds: Double) {
    unit = max(Int64(seconds), 1)
    decimals = seconds >= 1 ? 0 : seconds < 0.001 ? 6 : 3
  }

  /// The seconds of a number without a unit.
  var seconds: Double { Double(unit) / PowersOfTen.double(decimals) }
}

/// Reads durations as seconds: `1:02:03`, `3h 20m`, `2 days`, ISO `PT2H30M`, or a number.
struct DurationParser: ValueParser {
  static var isDouble: Bool { false }
  private(set) var scale: Int
  let style: DurationStyle
  /// How many were written with units or as clock times, and how many of these had two parts or
  /// three.
  private(set) var textCount = 0
  private(set) var shortClockCount = 0
  private(set) var longClockCount = 0
  /// How whole numbers are read; nil where the scale matters.
  private let whole: NumberForm?

  init(scale: Int = 0, style: DurationStyle) {
    self.scale = max(scale, style.decimals)
    self.style = style
    whole =
      self.scale == 0 && style.unit != 0
      ? NumberForm(scale: 0, unit: style.unit, isIdentifier: false) : nil
  }

  func parse(_ fields: FieldRun, into found: FoundValues) -> FoundValues.Counts? {
    whole?.read(fields, into: found)
  }

  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let value = long(start, count)
    return style.isPositive && value < 0 && !ParseMark.isMark(value) ? ParseMark.misfit : value
  }

  private mutating func long(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    if let plain = DurationParser.plainNumber(text, style) {
      return ParsedText.with(plain) { number($0, $1) }
    }
    if NumberText(text) != nil { return number(start, count) }
    guard let duration = DurationText(text.trimmed, isMinutes: style.isMinutes) else {
      return ParseMark.misfit
    }
    let needed = duration.milliseconds % 1_000 == 0 ? 0 : 3
    if needed > scale {
      scale = needed
      return ParseMark.finer
    }
    textCount &+= 1
    if duration.clockParts == 2 { shortClockCount &+= 1 }
    if duration.clockParts == 3 { longClockCount &+= 1 }
    if scale <= 3 { return duration.milliseconds / PowersOfTen.integer(3 &- scale) }
    let (value, overflows) = duration.milliseconds.multipliedReportingOverflow(
      by: PowersOfTen.integer(scale &- 3))
    return overflows ? ParseMark.needsDouble : value
  }

  /// A number without a unit.
  private mutating func number(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    // Nothing lasts as long in every unit.
    if style.unit == 0 {
      return NumberText(UnsafeBufferPointer(start: start, count: count))?.mantissa == 0
        ? 0 : ParseMark.misfit
    }
    var number = DecimalParser(scale: scale &- style.decimals, unit: style.unit)
    let value = number.parse(start, count)
    let needed = number.scale &+ style.decimals
    if needed > DurationParser.mostDecimals { return ParseMark.needsDouble }
    scale = needed
    return value
  }

  private static let mostDecimals = 18

  /// A number with a decimal comma or with marks between thousands, written without them; nil for
  /// other texts.
  static func plainNumber(
    _ text: UnsafeBufferPointer<UInt8>, _ style: DurationStyle
  ) -> [UInt8]? {
    guard text.contains(where: { $0 == 0x2C || (style.hasDecimalComma && $0 == 0x2E) }),
      text.trimmed.allSatisfy({ ($0 >= 0x2C && $0 <= 0x2E) || ($0 >= 0x30 && $0 <= 0x39) })
    else { return nil }
    return DressedNumber.undressed(text, NumberStyle(hasDecimalComma: style.hasDecimalComma))
  }
}

/// Reads the same as doubles, numbers alone.
struct DurationDoubleParser: ValueParser {
  static var isDouble: Bool { true }
  var scale: Int { 0 }
  let style: DurationStyle

  func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    let text = UnsafeBufferPointer(start: start, count: count)
    let number = DoubleParser(unit: style.seconds)
    var value: Int64
    if let plain = DurationParser.plainNumber(text, style) {
      value = ParsedText.with(plain) { number.parse($0, $1) }
    } else if NumberText(text) != nil {
      value = style.unit == 0 ? ParseMark.misfit : number.parse(start, count)
    } else if let duration = DurationText(text.trimmed, isMinutes: style.isMinutes) {
      value = Int64(bitPattern: (Double(duration.milliseconds) / 1_000).bitPattern)
    } else {
      return ParseMark.misfit
    }
    if ParseMark.isMark(value) || !style.isPositive { return value }
    return Double(bitPattern: UInt64(bitPattern: value)) < 0 ? ParseMark.misfit : value
  }
}
