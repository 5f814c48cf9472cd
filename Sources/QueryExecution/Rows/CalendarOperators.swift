import CivilTime
import ColumnStore
import QueryPlanning

/// Instants in whole seconds, whatever fraction they are stored with.
final class WholeSecondsOperator: NumberOperator {
  private let operand: NumberOperator

  private init(_ operand: NumberOperator, form: NumberForm) {
    self.operand = operand
    super.init(form: form)
  }

  /// The seconds of the years 1 to 9999.
  private static let calendar: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  static func make(_ operand: NumberOperator) -> NumberOperator {
    guard case .integer(let scale, let low, let high) = operand.form else {
      return WholeSecondsOperator(
        operand, form: .integer(scale: 0, low: calendar.lowerBound, high: calendar.upperBound))
    }
    if scale == 0 { return operand }
    return WholeSecondsOperator(
      operand, form: .integer(scale: 0, low: floor(low, scale), high: floor(high, scale)))
  }

  private static func floor(_ value: Int64, _ scale: Int) -> Int64 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: PowersOfTen.integer(scale))
    return rest < 0 ? quotient - 1 : quotient
  }

  override func evaluate(_ block: Block) {
    operand.evaluate(block)
    vector.copyValidity(of: operand.vector, block)
    for row in 0..<block.count {
      if operand.form == .double {
        let seconds = Int64(exactly: operand.vector.doubles[row].rounded(.down))
        if let seconds, Self.calendar.contains(seconds) {
          vector.integers[row] = seconds
        } else {
          // A moment outside the calendar is none.
          vector.makeValidityExplicit(block)
          vector.clear(row)
          vector.integers[row] = 0
        }
      } else {
        vector.integers[row] = Self.floor(operand.vector.integers[row], operand.form.scale)
      }
    }
  }
}

/// The ordinal of the period that holds an instant.
final class BucketOperator: NumberOperator {
  private let operand: NumberOperator
  private let buckets: TimeBuckets
  private let table: BucketTable?

  init(_ operand: NumberOperator, _ buckets: TimeBuckets) {
    let operand = WholeSecondsOperator.make(operand)
    self.operand = operand
    self.buckets = buckets
    guard case .integer(_, let low, let high) = operand.form else {
      table = nil
      super.init(form: .integer(scale: 0, low: 0, high: 0))
      return
    }
    table = BucketTable(buckets, low: low, high: high)
    super.init(
      form: .integer(
        scale: 0, low: buckets.bucket(ofUTC: low), high: buckets.bucket(ofUTC: high)))
  }

  override func evaluate(_ block: Block) {
    operand.evaluate(block)
    vector.copyValidity(of: operand.vector, block)
    let seconds = operand.vector.integers
    if let table {
      for row in 0..<block.count {
        vector.integers[row] = table.first &+ Int64(table.offset(of: seconds[row]))
      }
    } else {
      for row in 0..<block.count where vector.isValid(row) {
        vector.integers[row] = buckets.bucket(ofUTC: seconds[row])
      }
    }
  }
}

/// The weekday, hour or month of an instant.
final class PartOperator: NumberOperator {
  private let buckets: NumberOperator
  private let part: TimePart

  init(_ operand: NumberOperator, _ part: TimePart, zone: TimeZoneRules) {
    let grain: TimeGrain =
      switch part {
      case .weekday: .day
      case .hourOfDay: .hour
      case .monthOfYear: .month
      }
    buckets = BucketOperator(operand, TimeBuckets(grain: grain, zone: zone))
    self.part = part
    let bounds: (Int64, Int64) =
      switch part {
      case .weekday: (0, 6)
      case .hourOfDay: (0, 23)
      case .monthOfYear: (1, 12)
      }
    super.init(form: .integer(scale: 0, low: bounds.0, high: bounds.1))
  }

  override func evaluate(_ block: Block) {
    buckets.evaluate(block)
    vector.copyValidity(of: buckets.vector, block)
    let ordinals = buckets.vector.integers
    for row in 0..<block.count {
      switch part {
      case .weekday: vector.integers[row] = Self.modulo(ordinals[row] &+ 3, 7)
      case .hourOfDay: vector.integers[row] = Self.modulo(ordinals[row], 24)
      case .monthOfYear: vector.integers[row] = Self.modulo(ordinals[row], 12) &+ 1
      }
    }
  }

  @inline(__always)
  private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
    let rest = value % divisor
    return rest < 0 ? rest &+ divisor : rest
  }
}

/// The part of a span that lies in business hours.
final class BusinessElapsedOperator: NumberOperator {
  private let from: NumberOperator
  private let to: NumberOperator
  private let hours: BusinessHours

  init(from: NumberOperator, to: NumberOperator, hours: BusinessHours) {
    self.from = WholeSecondsOperator.make(from)
    self.to = WholeSecondsOperator.make(to)
    self.hours = hours
    super.init(form: .integer(scale: 0, low: 0, high: Int64(Int32.max) &* 16))
  }

  override func evaluate(_ block: Block) {
    from.evaluate(block)
    to.evaluate(block)
    vector.intersectValidity(from.vector, to.vector, block)
    for row in 0..<block.count {
      guard vector.isValid(row) else {
        vector.integers[row] = 0
        continue
      }
      let start = from.vector.integers[row]
      let end = to.vector.integers[row]
      vector.integers[row] = 0
      if end < start {
        vector.makeValidityExplicit(block)
        vector.clear(row)
      } else {
        vector.integers[row] = hours.seconds(from: start, to: end)
      }
    }
  }
}
