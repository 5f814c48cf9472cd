import Glibc

/// An axis of values with round ticks.
struct ChartScale {
  let lower: Double
  let upper: Double
  let ticks: [Double]
  let unit: ValueUnit
  private let decimals: Int

  /// A scale that takes in all values; from zero where asked for.
  init(covering values: [Double], unit: ValueUnit, startsAtZero: Bool, tickCount: Int = 5) {
    self.unit = unit
    let known = values.filter(\.isFinite)
    var low = known.min() ?? 0
    var high = known.max() ?? 1
    if startsAtZero || (low >= 0 && low <= high / 3) { low = min(low, 0) }
    if startsAtZero { high = max(high, 0) }
    if low == high { (low, high) = Self.widened(low) }
    // Parts are subtracted, so that the span of the largest numbers stays finite.
    let parts = Double(max(1, tickCount - 1))
    let step = Self.step(for: high / parts - low / parts, unit: unit)
    var first = (low / step).rounded(.down) * step
    var last = (high / step).rounded(.up) * step
    if !(step > 0 && first.isFinite && last.isFinite && last / step - first / step < 1000) {
      (first, last) = (low, high)
      ticks = [low, high]
      decimals = 2
    } else {
      // A share cannot be more than all or less than nothing, so its axis does not say so.
      if unit == .percent && high <= 100 { last = min(last, 100) }
      if unit == .percent && low >= 0 { first = max(first, 0) }
      let count = Int((last / step - first / step + 1e-9).rounded(.down))
      ticks = (0...max(0, count)).map { first + Double($0) * step }
      decimals = step < 1 ? min(6, Int((-log10(step) - 1e-9).rounded(.up))) : 0
    }
    lower = first
    upper = last
  }

  /// Where the value lies, 0 at the lower end and 1 at the upper; what is beyond stands at the end.
  func fraction(_ value: Double) -> Double {
    let fraction = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    return fraction.isFinite ? min(1, max(0, fraction)) : (value > lower ? 1 : 0)
  }

  /// The text at a tick.
  func text(_ tick: Double) -> String {
    switch unit {
    case .duration: DurationText.text(tick)
    case .percent: NumberText.fixed(tick, decimals: decimals) + "%"
    default: NumberText.fixed(tick, decimals: decimals)
    }
  }

  private static func widened(_ value: Double) -> (Double, Double) {
    value == 0 ? (0, 1) : (value - value.magnitude / 2, value + value.magnitude / 2)
  }

  /// The smallest round step that is not much less than the one wanted.
  private static func step(for wanted: Double, unit: ValueUnit) -> Double {
    if unit == .duration, wanted >= 1 {
      if let step = durationSteps.first(where: { $0 >= wanted }) { return step }
      return step(for: wanted / 86_400, unit: .number) * 86_400
    }
    let power = pow(10, log10(wanted).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= wanted * 0.85 } ?? power * 10
    return unit == .count ? max(1, step) : step
  }

  private static let durationSteps: [Double] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
    172_800, 432_000, 604_800,
  ]
}
