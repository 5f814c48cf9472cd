import ColumnStore

/// One primitive aggregate of every group, in parts that can be put together for several groups.
enum PrimitiveColumn: Sendable {
  case counts([Int64])
  /// The same for all groups that are put together.
  case constants([Double])
  /// Sums that fit 64 bits, and how many values each is made of.
  case narrowSums([Int64], counts: [Int64], scale: Int)
  case sums([Int128], counts: [Int64], scale: Int)
  case doubleSums([CompensatedSum], counts: [Int64])
  /// Sums that are 0 where there is nothing.
  case amounts([CompensatedSum])
  case moments([Moments])
  case correlations([JointMoments])
  case extremes([Int64?], isMinimum: Bool, form: NumberForm)
  /// With the quantile of each group by itself.
  case quantiles(GroupedValues, fraction: Double, single: [Double?])
  case modes(GroupedValues)
  case survivals(GroupedValues, fraction: Double)
  case distinctBits(GroupedBits)
  case distinctCodes([[UInt64]])
  /// Extremes or modes of codes, with what they stand for.
  indirect case coded(PrimitiveColumn, KeyColumn)

  /// The aggregate of some groups together.
  func value(_ groups: some Collection<Int>) -> PrimitiveValue {
    switch self {
    case .counts(let counts): return .count(groups.reduce(0) { $0 &+ counts[$1] })
    case .constants(let values): return groups.first.map { .number(values[$0]) } ?? .missing
    case .narrowSums(let sums, let counts, let scale):
      guard groups.contains(where: { counts[$0] > 0 }) else { return .missing }
      return .exact(groups.reduce(Int128(0)) { $0 &+ Int128(sums[$1]) }, scale: scale)
    case .sums(let sums, let counts, let scale):
      guard groups.contains(where: { counts[$0] > 0 }) else { return .missing }
      return .exact(groups.reduce(Int128(0)) { $0 &+ sums[$1] }, scale: scale)
    case .doubleSums(let sums, let counts):
      guard groups.contains(where: { counts[$0] > 0 }) else { return .missing }
      return .number(Self.total(sums, groups))
    case .amounts(let sums): return .number(Self.total(sums, groups))
    case .moments(let moments):
      return .moments(groups.reduce(Moments()) { $0.merged(with: moments[$1]) })
    case .correlations(let moments):
      let merged = groups.reduce(JointMoments()) { $0.merged(with: moments[$1]) }
      return merged.correlation.map { .number($0) } ?? .missing
    case .extremes(let extremes, let isMinimum, let form):
      let known = groups.compactMap { extremes[$0] }
      guard let extreme = isMinimum ? known.min() : known.max() else { return .missing }
      return Self.stored(extreme, form)
    case .quantiles(let values, let fraction, let single):
      if groups.count == 1, let group = groups.first {
        return single[group].map { .number($0) } ?? .missing
      }
      return values.quantile(fraction, of: groups).map { .number($0) } ?? .missing
    case .survivals(let values, let fraction):
      return values.survivalQuantile(fraction, of: groups).map { .number($0) } ?? .missing
    case .modes(let values):
      return values.mode(of: groups).map { Self.stored($0, values.form) } ?? .missing
    case .distinctBits(let bits): return .count(bits.count(groups))
    case .distinctCodes(let codes):
      if groups.count == 1, let group = groups.first { return .count(Int64(codes[group].count)) }
      return .count(Int64(groups.reduce(into: Set<UInt64>()) { $0.formUnion(codes[$1]) }.count))
    case .coded(let column, let key):
      guard case .exact(let code, _) = column.value(groups) else { return .missing }
      return .key(key.value(Int(code)))
    }
  }

  /// The aggregates of these groups and then of those of a column of the same kind.
  ///
  /// Only for what `Accumulator.isDivisible` accumulators give.
  func joined(with later: PrimitiveColumn) -> PrimitiveColumn {
    switch (self, later) {
    case (.counts(let a), .counts(let b)): .counts(a + b)
    case (.narrowSums(let a, let m, let scale), .narrowSums(let b, let n, _)):
      .narrowSums(a + b, counts: m + n, scale: scale)
    case (.sums(let a, let m, let scale), .sums(let b, let n, _)):
      .sums(a + b, counts: m + n, scale: scale)
    case (.doubleSums(let a, let m), .doubleSums(let b, let n)):
      .doubleSums(a + b, counts: m + n)
    case (.moments(let a), .moments(let b)): .moments(a + b)
    case (.correlations(let a), .correlations(let b)): .correlations(a + b)
    case (.extremes(let a, let isMinimum, let form), .extremes(let b, _, _)):
      .extremes(a + b, isMinimum: isMinimum, form: form)
    case (.coded(let a, let key), .coded(let b, _)): .coded(a.joined(with: b), key)
    default: self
    }
  }

  private static func total(_ sums: [CompensatedSum], _ groups: some Collection<Int>) -> Double {
    var total = CompensatedSum()
    for group in groups {
      total = total.adding(sums[group].sum).adding(sums[group].compensation)
    }
    return total.value
  }

  private static func stored(_ value: Int64, _ form: NumberForm) -> PrimitiveValue {
    switch form {
    case .double: .number(ExtremeAccumulator.double(value))
    case .integer(let scale, _, _): .exact(Int128(value), scale: scale)
    }
  }
}

/// The value of a primitive aggregate.
enum PrimitiveValue: Sendable {
  case missing
  case count(Int64)
  /// `value / 10^scale`, exactly.
  case exact(Int128, scale: Int)
  case number(Double)
  case moments(Moments)
  /// A text, or whatever else a key holds.
  case key(KeyValue)

  /// The value as a number, nil where there is none.
  var double: Double? {
    switch self {
    case .missing, .key: nil
    case .count(let count): Double(count)
    case .exact(let value, let scale):
      scale == 0 ? Double(wide: value) : Double(wide: value) / Self.unit(scale)
    case .number(let number): number
    case .moments(let moments): moments.count > 0 ? moments.mean : nil
    }
  }

  /// 10 to the power of a scale.
  static func unit(_ scale: Int) -> Double {
    scale <= 18 ? PowersOfTen.double(scale) : PowersOfTen.double(18) * unit(scale - 18)
  }
}
