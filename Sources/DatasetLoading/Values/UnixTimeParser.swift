import ColumnStore

/// Reads seconds, milliseconds or microseconds since 1970; seconds may have decimals.
struct UnixTimeParser: ValueParser {
  static var isDouble: Bool { false }
  private(set) var scale = 0

  // Each range is 1973 to 2286, so that digits such as `20240701100000` are no milliseconds.
  mutating func parse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
    guard let text = NumberText(UnsafeBufferPointer(start: start, count: count)),
      let number = text.mantissa, text.exponent == 0, text.decimals <= 6, !text.hasLeadingZero
    else { return ParseMark.misfit }
    let whole = PowersOfTen.integer(text.decimals)
    let microseconds: Int64
    switch number / whole {
    case 100_000_000..<10_000_000_000: microseconds = number &* (1_000_000 / whole)
    case 100_000_000_000..<10_000_000_000_000 where whole == 1: microseconds = number &* 1_000
    case 100_000_000_000_000..<10_000_000_000_000_000 where whole == 1: microseconds = number
    default: return ParseMark.misfit
    }
    let needed = microseconds % 1_000_000 == 0 ? 0 : microseconds % 1_000 == 0 ? 3 : 6
    if needed > scale {
      scale = needed
      return ParseMark.finer
    }
    return microseconds / PowersOfTen.integer(6 &- scale)
  }
}
