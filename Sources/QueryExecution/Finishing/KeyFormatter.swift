import CivilTime
import QueryPlanning
import Results

/// Key values as a result shows them.
struct KeyFormatter: Sendable {
  let settings: PlanningSettings

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  /// The cell for a key value of a type.
  func value(_ key: KeyValue, _ type: RowType) -> ResultValue {
    switch key {
    case .missing: return .missing
    case .text(let text): return .text(text)
    case .boolean(let value): return .boolean(value)
    case .number(let number):
      return type == .time || type == .date ? .time(number) : .number(number)
    case .integer(let integer):
      switch type {
      case .bucket(let grain): return .text(settings.buckets(grain).label(integer))
      case .part(.weekday):
        return .text(
          Self.weekdays.indices.contains(Int(integer)) ? Self.weekdays[Int(integer)] : "")
      case .time, .date: return .time(Double(integer))
      case .boolean: return .boolean(integer != 0)
      default: return .integer(integer)
      }
    }
  }
}
