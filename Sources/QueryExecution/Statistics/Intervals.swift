import Glibc
import Results

/// Confidence intervals of one value.
enum Intervals {
  /// Wilson's score interval of `part` in `whole`, on the 0–100 scale.
  static func share(_ part: Double, of whole: Double, level: Double) -> ValueInterval? {
    guard whole > 0 else { return nil }
    let z = NormalDistribution.quantile(0.5 + level / 2)
    let share = part / whole
    let spread = z * (share * (1 - share) / whole + z * z / (4 * whole * whole)).squareRoot()
    let centre = share + z * z / (2 * whole)
    let scale = 1 + z * z / whole
    // The ends are exact where all or none answered alike.
    let low = part == 0 ? 0 : max(0, (centre - spread) / scale)
    let high = part == whole ? 1 : min(1, (centre + spread) / scale)
    return ValueInterval(low: 100 * low, high: 100 * high)
  }

  /// Student's interval of a mean; nil for fewer than two values.
  static func mean(_ moments: Moments, level: Double) -> ValueInterval? {
    guard let variance = moments.variance else { return nil }
    let t = StudentDistribution.quantile(level: level, degrees: moments.count - 1)
    let half = t * (variance / moments.count).squareRoot()
    return ValueInterval(low: moments.mean - half, high: moments.mean + half)
  }

  /// The interval of points such as the net promoter score, from the exact variance of the
  /// answers −100, 0 and 100, by the normal law.
  static func points(_ moments: Moments, level: Double) -> ValueInterval? {
    guard moments.count > 0 else { return nil }
    let z = NormalDistribution.quantile(0.5 + level / 2)
    let half = z * (moments.squares / moments.count / moments.count).squareRoot()
    return ValueInterval(
      low: max(-100, moments.mean - half), high: min(100, moments.mean + half))
  }

  /// The values between which a quantile lies, by the binomial law of how many values are below
  /// it; nil where too few values are known for the level.
  static func quantile(
    _ fraction: Double, sorted values: [Int64], level: Double, number: (Int64) -> Double
  ) -> ValueInterval? {
    let count = Double(values.count)
    guard values.count > 1 else { return nil }
    let z = NormalDistribution.quantile(0.5 + level / 2)
    let half = z * (count * fraction * (1 - fraction)).squareRoot()
    let low = Int((count * fraction - half).rounded(.down)) - 1
    let high = Int((count * fraction + half).rounded(.up))
    guard low >= 0, high < values.count else { return nil }
    return ValueInterval(low: number(values[low]), high: number(values[high]))
  }
}

/// Tests and intervals of the difference of two values.
enum Differences {
  /// The pooled two-proportion z-test, on both sides; nil where nothing varies.
  static func pValue(
    _ part: Double, _ whole: Double, _ otherPart: Double, _ otherWhole: Double
  ) -> Double? {
    guard whole > 0, otherWhole > 0 else { return nil }
    let pooled = (part + otherPart) / (whole + otherWhole)
    let variance = pooled * (1 - pooled) * (1 / whole + 1 / otherWhole)
    guard variance > 0 else { return nil }
    return NormalDistribution.twoSided(
      (part / whole - otherPart / otherWhole) / variance.squareRoot())
  }

  /// Welch's t-test, on both sides; nil where nothing varies.
  static func pValue(_ own: Moments, _ other: Moments) -> Double? {
    guard let (error, degrees) = welch(own, other) else { return nil }
    return StudentDistribution.twoSided((own.mean - other.mean) / error, degrees: degrees)
  }

  /// The normal test of the difference of two scores in points.
  static func pointsPValue(_ own: Moments, _ other: Moments) -> Double? {
    guard own.count > 0, other.count > 0 else { return nil }
    let variance =
      own.squares / own.count / own.count + other.squares / other.count / other.count
    guard variance > 0 else { return nil }
    return NormalDistribution.twoSided((own.mean - other.mean) / variance.squareRoot())
  }

  /// Newcombe's hybrid score interval of the difference of two shares, in points.
  static func interval(
    _ part: Double, _ whole: Double, _ otherPart: Double, _ otherWhole: Double, level: Double
  ) -> ValueInterval? {
    guard let own = Intervals.share(part, of: whole, level: level),
      let other = Intervals.share(otherPart, of: otherWhole, level: level)
    else { return nil }
    let share = 100 * part / whole
    let otherShare = 100 * otherPart / otherWhole
    let difference = share - otherShare
    return ValueInterval(
      low: difference - hypot(share - own.low, other.high - otherShare),
      high: difference + hypot(own.high - share, otherShare - other.low))
  }

  /// Welch's interval of the difference of two means.
  static func interval(_ own: Moments, _ other: Moments, level: Double) -> ValueInterval? {
    guard let (error, degrees) = welch(own, other) else { return nil }
    let half = StudentDistribution.quantile(level: level, degrees: degrees) * error
    let difference = own.mean - other.mean
    return ValueInterval(low: difference - half, high: difference + half)
  }

  /// The interval of the difference of two scores in points, by the normal law.
  static func pointsInterval(
    _ own: Moments, _ other: Moments, level: Double
  ) -> ValueInterval? {
    guard own.count > 0, other.count > 0 else { return nil }
    let variance =
      own.squares / own.count / own.count + other.squares / other.count / other.count
    let half = NormalDistribution.quantile(0.5 + level / 2) * variance.squareRoot()
    let difference = own.mean - other.mean
    return ValueInterval(low: difference - half, high: difference + half)
  }

  private static func welch(
    _ own: Moments, _ other: Moments
  ) -> (error: Double, degrees: Double)? {
    guard let variance = own.variance, let otherVariance = other.variance else { return nil }
    let a = variance / own.count
    let b = otherVariance / other.count
    guard a + b > 0 else { return nil }
    let degrees = (a + b) * (a + b) / (a * a / (own.count - 1) + b * b / (other.count - 1))
    return ((a + b).squareRoot(), degrees)
  }
}
