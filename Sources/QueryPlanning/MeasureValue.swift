import QuerySyntax
import Results

/// A bound measure without the name of its column.
struct MeasureValue {
  var expression: MeasureExpression
  var unit: ValueUnit
  var better: Direction = .none
  var sampling: SamplingModel = .none
  var sample: MeasureExpression?
  var row: TypedRow?
  var catalogName: String?
  var isAdditive = false

  /// The unit of an operation on two measures, nil where it has no meaning.
  static func unit(
    _ operation: ArithmeticOperator, _ left: ValueUnit, _ right: ValueUnit
  ) -> ValueUnit? {
    let plain: Set<ValueUnit> = [.count, .number]
    let scaled: Set<ValueUnit> = [.percent, .points, .duration]
    guard plain.contains(left) || scaled.contains(left),
      plain.contains(right) || scaled.contains(right)
    else {
      return operation == .subtract && left == .time && right == .time ? .duration : nil
    }
    switch operation {
    case .add, .subtract:
      if left == right { return left }
      if plain.contains(left), plain.contains(right) { return .number }
      let shares: Set<ValueUnit> = [.percent, .points]
      if shares.contains(left), plain.contains(right) || shares.contains(right) { return left }
      if shares.contains(right), plain.contains(left) { return right }
      return nil
    case .multiply:
      if plain.contains(left) { return right == .count ? .number : right }
      if plain.contains(right) { return left }
      return left == .percent || right == .percent ? (left == .percent ? right : left) : nil
    case .divide:
      if left == right { return .number }
      return plain.contains(right) ? (left == .count ? .number : left) : .number
    }
  }
}

extension ValueUnit {
  /// The unit of a row type's values.
  public init(_ type: RowType) {
    switch type {
    case .text, .tags, .bucket: self = .text
    case .part(.weekday): self = .text
    case .part: self = .number
    case .number: self = .number
    case .percent: self = .percent
    case .duration: self = .duration
    case .time: self = .time
    case .date: self = .date
    case .boolean: self = .boolean
    }
  }

  /// The unit in the words of an error.
  var words: String {
    switch self {
    case .text: "text"
    case .count: "a count"
    case .number: "a number"
    case .percent: "a percent"
    case .points: "points"
    case .duration: "a duration"
    case .time, .date: "a time"
    case .boolean: "a yes/no value"
    }
  }
}
