/// What all rows say about the kind that was proposed for a column.
enum ColumnVerdict {
  /// The column stays as it was read; what did not fit is missing.
  case keep
  /// The column is read again as another kind, and why.
  case readAs(ValueKind, reason: String)

  /// The fewest values that make the rest an exception.
  private static let leastValues = 20

  /// Judges a column that was read.
  static func judge(
    _ plan: ColumnPlan, _ tally: ColumnTally, decimalMark: DecimalMark = DecimalMark()
  ) -> ColumnVerdict {
    switch plan.kind {
    case .tags, .freeText, .dictionary, .answerWords: return .keep
    default: break
    }
    if let order = plan.kind.dateOrder, order != .yearFirst {
      let forOther = order == .dayFirst ? tally.monthFirstCount : tally.dayFirstCount
      let forThis = order == .dayFirst ? tally.dayFirstCount : tally.monthFirstCount
      if forOther > forThis { return .readAs(plan.kind.with(order.other), reason: "") }
    }
    if let other = otherStyle(plan, tally) { return .readAs(.duration(other), reason: "") }
    if tally.misfitCount == 0, tally.fitCount > 0 || isExpected(plan) { return .keep }
    if tally.fitCount == 0, tally.valueCount == 0 { return .keep }
    let example = tally.misfits.first.map { SafeText.quoted($0.text) } ?? "its values"
    if tally.identifierCount > 0 {
      return .readAs(
        asText(plan), reason: "text, since \(example) would not stay the same as a number")
    }
    if let wider = wider(plan, tally, decimalMark) { return .readAs(wider, reason: "") }
    if isExpected(plan), tally.fitCount > 0 {
      if isTime(plan.kind) || tally.fitCount >= tally.misfitCount { return .keep }
    }
    let isException = tally.misfitCount &* 100 <= tally.valueCount
    if isException, tally.fitCount >= leastValues { return .keep }
    return .readAs(asText(plan), reason: "text, since \(example) is no \(plan.kind.noun)")
  }

  /// A kind that also takes in what did not fit.
  private static func wider(
    _ plan: ColumnPlan, _ tally: ColumnTally, _ decimalMark: DecimalMark
  ) -> ValueKind? {
    switch plan.kind {
    // Days among moments are no misfits of a wider kind.
    case .date(let order), .joinedTime(let order, _): return .time(order)
    case .serialTime(isDateOnly: true): return .serialTime(isDateOnly: false)
    case .compactTime(isDateOnly: true): return .compactTime(isDateOnly: false)
    case .number(isIdentifier: false):
      let misfits = KindProposal(
        texts: PaddedTexts(tally.misfits.map(\.text.utf8)), decimalMark: decimalMark)
      if case .score? = plan.expectation, misfits.share(misfits.rating) >= 0.5 {
        return misfits.rating
      }
      guard let style = misfits.dressedStyle(least: 0.95), !style.isPercent else { return nil }
      return .dressedNumber(style)
    default: return nil
    }
  }

  /// What else the numbers and the clock times of durations may mean, as all rows show; nil where
  /// nothing speaks against the style.
  private static func otherStyle(_ plan: ColumnPlan, _ tally: ColumnTally) -> DurationStyle? {
    guard case .duration(var style) = plan.kind else { return nil }
    let before = style
    // Where hours have a place of their own, `5:30` has none. Shifts are counted in hours.
    if plan.clock == nil, tally.shortClockCount > 0, !plan.isOfShift {
      style.isMinutes = style.isMinutes || tally.longClockCount > 0
    }
    // A number among lengths with units is of none that is known.
    let numberCount = tally.fitCount &- tally.unitCount
    if plan.unit == nil, style.unit != 0, tally.unitCount > 0, numberCount <= tally.unitCount,
      numberCount > 0
    {
      style.unit = 0
    }
    return style == before ? nil : style
  }

  private static func asText(_ plan: ColumnPlan) -> ValueKind {
    if case .key? = plan.expectation { return .dictionary(isKey: true) }
    if case .score? = plan.expectation { return .answerWords }
    return .dictionary(isKey: false)
  }

  private static func isTime(_ kind: ValueKind) -> Bool { kind.type == .time }

  /// Whether the column's name says what it holds.
  private static func isExpected(_ plan: ColumnPlan) -> Bool {
    switch plan.expectation {
    case .time, .date, .duration, .number, .score, .boolean: true
    default: plan.unit != nil
    }
  }
}
