import Glibc

/// The normal law.
enum NormalDistribution {
  /// The probability of a value above `x`, on both sides.
  static func twoSided(_ x: Double) -> Double { erfc(abs(x) / 2.0.squareRoot()) }

  /// The value below which a share of all values lies; Wichura's algorithm AS 241.
  static func quantile(_ share: Double) -> Double {
    let q = share - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return q * ratio(centralNumerator, centralDenominator, r)
    }
    let tail = (-log(min(share, 1 - share))).squareRoot()
    let value =
      tail <= 5
      ? ratio(middleNumerator, middleDenominator, tail - 1.6)
      : ratio(farNumerator, farDenominator, tail - 5)
    return q < 0 ? -value : value
  }

  private static func ratio(_ numerator: [Double], _ denominator: [Double], _ x: Double) -> Double {
    func polynomial(_ coefficients: [Double]) -> Double {
      coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
    return polynomial(numerator) / polynomial(denominator)
  }

  private static let centralNumerator: [Double] = [
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3,
  ]
  private static let centralDenominator: [Double] = [
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
    5.2264952788528545610e3,
  ]
  private static let middleNumerator: [Double] = [
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
  ]
  private static let middleDenominator: [Double] = [
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9,
  ]
  private static let farNumerator: [Double] = [
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ]
  private static let farDenominator: [Double] = [
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15,
  ]
}

/// Student's t.
enum StudentDistribution {
  /// The probability of a value further from 0 than `t`, on both sides.
  static func twoSided(_ t: Double, degrees: Double) -> Double {
    incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  }

  /// The t whose two tails together hold `1 - level`.
  static func quantile(level: Double, degrees: Double) -> Double {
    let tails = 1 - level
    var low = 0.0
    var high = 1.0
    while twoSided(high, degrees: degrees) > tails, high < 1e12 { high *= 2 }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if middle == low || middle == high { break }
      if twoSided(middle, degrees: degrees) > tails { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The regularised incomplete beta function by Lentz's continued fraction.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var result = d
    for step in 1...500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 + even * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + even / c
      if abs(c) < tiny { c = tiny }
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 + odd * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + odd / c
      if abs(c) < tiny { c = tiny }
      let delta = d * c
      result *= delta
      if abs(delta - 1) < 1e-16 { break }
    }
    return result
  }
}
