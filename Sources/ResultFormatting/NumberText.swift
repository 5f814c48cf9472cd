/// Numbers for people.
enum NumberText {
  /// The number with that many decimals, and commas between thousands where asked for:
  /// `1,204.5`. Half rounds away from zero.
  static func fixed(_ number: Double, decimals: Int, isGrouped: Bool = true) -> String {
    let scale = decimalScale(decimals)
    let scaled = (number.magnitude * scale).rounded(.toNearestOrAwayFromZero)
    guard let digits = UInt64(exactly: scaled), digits < 1 << 53 else { return number.description }
    let divisor = UInt64(scale)
    var text = isGrouped ? grouped(digits / divisor) : String(digits / divisor)
    if decimals > 0 {
      let fraction = String(digits % divisor)
      text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
    return number < 0 && digits > 0 ? "-" + text : text
  }

  /// `1,204`
  static func grouped(_ number: Int64) -> String {
    (number < 0 ? "-" : "") + grouped(number.magnitude)
  }

  /// How many decimals a column needs whose largest value is `magnitude`: about four digits that
  /// matter.
  static func decimals(forMagnitude magnitude: Double) -> Int {
    switch magnitude {
    case 1000...: 1
    case 1..<1000: 2
    case 0.01..<1: 4
    default: 6
    }
  }

  /// The most decimals that tell of a number that was written down rather than computed.
  static let mostDecimals = 4

  /// How many decimals a number has, up to one more than `mostDecimals`.
  static func decimals(of number: Double) -> Int {
    var scaled = number
    for decimals in 0...mostDecimals {
      // A sum of a million cents is off by some units in its last place.
      if (scaled - scaled.rounded()).magnitude <= scaled.magnitude * 1e-12 { return decimals }
      scaled *= 10
    }
    return mostDecimals + 1
  }

  private static func decimalScale(_ decimals: Int) -> Double {
    (0..<max(0, decimals)).reduce(1) { scale, _ in scale * 10 }
  }

  private static func grouped(_ number: UInt64) -> String {
    let digits = String(number)
    if digits.utf8.count <= 3 { return digits }
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.utf8.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
