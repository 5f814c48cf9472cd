import CivilTime

/// Proposes from the first rows how a column is read; all rows decide afterwards.
struct KindProposal {
  /// The fields of a column in the first rows, without empty ones.
  let texts: PaddedTexts
  /// Where these stand, to hold columns against each other.
  let rows: [Int]
  /// Which mark stands before decimals in the file.
  var decimalMark = DecimalMark()
  /// Those that are no markers of missing values.
  let counted: PaddedTexts

  init(texts: PaddedTexts, rows: [Int] = [], decimalMark: DecimalMark = DecimalMark()) {
    self.texts = texts
    self.rows = rows
    self.decimalMark = decimalMark
    let values = texts.filter { !MissingMarker.matches($0) }
    let markers = KindProposal.markers(values)
    counted =
      markers.isEmpty
      ? values : values.filter { text in !markers.contains { $0.elementsEqual(text) } }
  }

  /// The few words that stand for missing values between many texts with digits.
  private static func markers(_ values: PaddedTexts) -> [ArraySlice<UInt8>] {
    var distinct: [ArraySlice<UInt8>] = []
    var count = 0
    for text in values where !text.contains(where: Digits.isDigit) {
      if !distinct.contains(text) { distinct.append(text) }
      count &+= 1
      if distinct.count > 2 || count &* 2 > values.count { return [] }
    }
    guard values.count &- count >= 20,
      distinct.allSatisfy({ MissingMarker.mayMean(SafeText.string($0)) })
    else { return [] }
    return distinct
  }

  /// Whether none of the first rows lacks a value.
  var isFilled: Bool { counted.count == rows.count && rows.last == rows.count &- 1 }

  /// Whether no text tells anything.
  var isUndecided: Bool { counted.isEmpty }

  /// The kind of a column, with why.
  func kind(of plan: ColumnPlan) -> (kind: ValueKind, remark: String?) {
    switch plan.expectation {
    case .time, .date:
      if counted.isEmpty { return (.time(.monthFirst), nil) }
      return moment(isExpected: true).map { ($0, remark($0)) } ?? general(plan)
    case .tags: return tags(plan)
    case .freeText: return (text(plan), nil)
    case .duration: return duration(plan)
    case .boolean:
      let kind = ValueKind.boolean(takesDigits: true)
      return counted.isEmpty || share(kind) >= 0.5 ? (kind, nil) : general(plan)
    case .number: return number() ?? general(plan)
    case .score: return score(plan)
    case .dayClock: return (.dayClock, "a time of day, in seconds since midnight")
    case .identifier, .key: return (name(plan), nil)
    case .any, nil:
      if plan.unit != nil { return duration(plan) }
      return general(plan)
    }
  }

  // MARK: Kinds

  private func general(_ plan: ColumnPlan) -> (kind: ValueKind, remark: String?) {
    if counted.isEmpty { return (.dictionary(isKey: false), nil) }
    if plan.isIdentifier, !fits(.boolean(takesDigits: false)) { return (name(plan), nil) }
    let words = HeaderText.words(plan.header)
    // Only the name can tell seconds since 1970 from other numbers.
    if words.contains(where: KindProposal.timeWords.contains) {
      if share(.compactTime(isDateOnly: true)) == 1 { return (.compactTime(isDateOnly: true), nil) }
      if share(.compactTime(isDateOnly: false)) == 1 {
        return (.compactTime(isDateOnly: false), nil)
      }
      if share(.unixTime) == 1 { return (.unixTime, nil) }
    }
    if let style = groupedStyle { return (.dressedNumber(style), KindProposal.groupedRemark) }
    if fits(.number(isIdentifier: false)) { return (.number(isIdentifier: false), nil) }
    if fits(.boolean(takesDigits: false)) { return (.boolean(takesDigits: false), nil) }
    if let style = dressedStyle(least: 0.95) { return (.dressedNumber(style), remark(style)) }
    if isDayClock(words) { return (.dayClock, "a time of day, in seconds since midnight") }
    if let kind = moment(isExpected: false) { return (kind, nil) }
    // A clock time on its own is a time of day, unless the name says that it is a length.
    let length = ValueKind.duration(DurationStyle(unit: 0))
    if words != ["time"], words != ["hour"], fits(length) { return (length, nil) }
    if words.last == "tags" || words.last == "labels" { return tags(plan) }
    return (text(plan), nil)
  }

  private static let timeWords: Set<String> = [
    "time", "timestamp", "date", "at", "on", "created", "updated", "datetime", "ts",
  ]

  private func name(_ plan: ColumnPlan) -> ValueKind {
    if !counted.isEmpty, fits(.number(isIdentifier: true)) { return .number(isIdentifier: true) }
    if plan.expectation == nil, let kind = moment(isExpected: false) { return kind }
    return text(plan)
  }

  private func text(_ plan: ColumnPlan) -> ValueKind {
    if case .key? = plan.expectation { return .dictionary(isKey: true) }
    let distinct = Set(texts).count
    if texts.count >= 64, distinct &* 2 > texts.count {
      let length = texts.reduce(0) { $0 &+ $1.count } / texts.count
      if case .freeText? = plan.expectation { return .freeText }
      if length > 24 || distinct &* 20 > texts.count &* 19 { return .freeText }
    }
    return .dictionary(isKey: false)
  }

  private func number() -> (kind: ValueKind, remark: String?)? {
    if let style = groupedStyle { return (.dressedNumber(style), KindProposal.groupedRemark) }
    if counted.isEmpty || share(.number(isIdentifier: false)) >= 0.5 {
      return (.number(isIdentifier: false), nil)
    }
    return dressedStyle(least: 0.5).map { (.dressedNumber($0), remark($0)) }
  }

  private func score(_ plan: ColumnPlan) -> (kind: ValueKind, remark: String?) {
    if counted.isEmpty || share(.number(isIdentifier: false)) == 1 {
      return (.number(isIdentifier: false), nil)
    }
    if share(rating) >= 0.5 {
      if smallIsGood { return (.answerWords, KindProposal.smallIsGoodRemark) }
      return (rating, "the number in front of each label")
    }
    if let style = dressedStyle(least: 0.5) { return (.dressedNumber(style), remark(style)) }
    if share(.boolean(takesDigits: true)) >= 0.95 { return (.boolean(takesDigits: true), nil) }
    return (.answerWords, nil)
  }

  private func duration(_ plan: ColumnPlan) -> (ValueKind, String?) {
    var style = duration(unit: plan.unit ?? 1)
    style.isMinutes = plan.clock == .minutes
    guard counted.isEmpty || share(.duration(style)) >= 0.5 else { return general(plan) }
    // The time left, which may be below zero, is none of the known columns.
    if case .duration? = plan.expectation { style.isPositive = true }
    let kind = ValueKind.duration(style)
    if let named = plan.unit {
      return (kind, "the header says that numbers are \(KindProposal.unitName(named))")
    }
    let hasNumbers = counted.contains { text in
      text.withUnsafeBufferPointer { NumberText($0) != nil }
    }
    return (kind, hasNumbers ? KindProposal.secondsRemark : nil)
  }

  static let secondsRemark = "numbers are taken as seconds"
  private static let groupedRemark =
    "points between thousands, as the decimal commas of other columns show"

  private static func unitName(_ seconds: Double) -> String {
    switch seconds {
    case 0.000_001: "microseconds"
    case 0.001: "milliseconds"
    case 60: "minutes"
    case 3_600: "hours"
    case 86_400: "days"
    case 604_800: "weeks"
    default: "seconds"
    }
  }

  private func tags(_ plan: ColumnPlan) -> (kind: ValueKind, remark: String?) {
    if !counted.isEmpty, counted.count(where: BracketedList.isOne) &* 20 >= counted.count &* 19 {
      return (.tags(separator: 0x2C, isBracketed: true), "a list in brackets")
    }
    let counts = [UInt8(0x3B), 0x7C, 0x2C].map { mark in
      (mark: mark, count: texts.reduce(0) { $0 &+ $1.count { $0 == mark } })
    }
    if let best = counts.max(by: { $0.count < $1.count }), best.count > 0 {
      return (.tags(separator: best.mark), "a list")
    }
    if plan.splitsAtBlanks || hasWordsBetweenBlanks {
      return (.tags(separator: 0x20), "a list, parted at blanks")
    }
    return (.tags(separator: 0x3B), "a list")
  }

  /// Whether texts are made of words in lower case that stand alone elsewhere: `vip`, `vip urgent`.
  private var hasWordsBetweenBlanks: Bool {
    let isLower = counted.allSatisfy { text in
      text.allSatisfy { $0 < 0x80 && !($0 >= 0x41 && $0 <= 0x5A) }
    }
    guard isLower else { return false }
    let lists = Set(counted).map { $0.split(separator: 0x20) }
    let alone = Set(lists.filter { $0.count == 1 }.flatMap { $0 })
    let others = lists.filter { $0.count > 1 }
    return !others.isEmpty && others.allSatisfy { $0.allSatisfy(alone.contains) }
  }

  private func remark(_ moment: ValueKind) -> String? {
    switch moment {
    case .unixTime: "counted from 1970"
    case .serialTime: "the days of a spreadsheet"
    default: nil
    }
  }

  private func remark(_ style: NumberStyle) -> String? {
    if style.isPercent { return "percents" }
    return style.hasDecimalComma ? "numbers with a decimal comma" : "numbers with signs or marks"
  }
}
