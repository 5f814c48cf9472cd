/// What all rows say about the kind that was proposed for a column.
enum ColumnVerdict {
  /// The column stays as it was read; what did not fit is missing.
  case keep
  /// The column is read again as another kind, and why.
  case readAs(ValueKind, reason: String)

  /// The fewest values that make the rest an exception.
  private static let leastValues = 20

  /// Judges a column that was read.
  static func judge(_ plan: ColumnPlan, _ tally: ColumnTally) -> ColumnVerdict {
    switch plan.kind {
    case .tags, .freeText: return .keep
    case .dictionary: return .keep
    case .date(let order), .time(let order):
      let other: DateOrder = order == .dayFirst ? .monthFirst : .dayFirst
      let forOther = order == .dayFirst ? tally.monthFirstCount : tally.dayFirstCount
      let forThis = order == .dayFirst ? tally.dayFirstCount : tally.monthFirstCount
      if forOther > forThis {
        return .readAs(isDate(plan.kind) ? .date(other) : .time(other), reason: "")
      }
    default: break
    }
    if tally.misfitCount == 0, tally.fitCount > 0 || isExpected(plan) { return .keep }
    if tally.fitCount == 0, tally.valueCount == 0 { return .keep }
    let example = tally.misfits.first.map { SafeText.quoted($0.text) } ?? "its values"
    if tally.identifierCount > 0 {
      return .readAs(
        asText(plan), reason: "text, since \(example) would not stay the same as a number")
    }
    // Days among moments are no misfits of a wider kind.
    if case .date(let order) = plan.kind { return .readAs(.time(order), reason: "") }
    if isExpected(plan), tally.fitCount > 0 {
      if isTime(plan.kind) || tally.fitCount >= tally.misfitCount { return .keep }
    }
    let isException = tally.misfitCount &* 100 <= tally.valueCount
    if isException, tally.fitCount >= leastValues { return .keep }
    return .readAs(asText(plan), reason: "text, since \(example) is no \(plan.kind.noun)")
  }

  private static func asText(_ plan: ColumnPlan) -> ValueKind {
    if case .key? = plan.expectation { return .dictionary(isKey: true) }
    return .dictionary(isKey: false)
  }

  private static func isDate(_ kind: ValueKind) -> Bool {
    if case .date = kind { return true }
    return false
  }

  private static func isTime(_ kind: ValueKind) -> Bool { kind.type == .time }

  /// Whether the column's name says what it holds.
  private static func isExpected(_ plan: ColumnPlan) -> Bool {
    switch plan.expectation {
    case .time, .date, .duration, .number, .boolean: true
    default: plan.unit != nil
    }
  }
}
