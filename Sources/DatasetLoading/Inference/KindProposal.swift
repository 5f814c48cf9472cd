import CivilTime

/// Proposes from the first rows how a column is read; all rows decide afterwards.
struct KindProposal {
  /// The fields of a column in the first rows, without empty ones.
  let texts: [[UInt8]]
  let zone: TimeZoneRules
  private let counted: [[UInt8]]
  // Parsers load whole words, past the end of a text.
  private let padded: [[UInt8]]
  private static let padding = 16

  init(texts: [[UInt8]], zone: TimeZoneRules) {
    self.texts = texts
    self.zone = zone
    counted = texts.filter { text in
      !text.withUnsafeBufferPointer { MissingMarker.matches($0) }
    }
    padded = counted.map { $0 + [UInt8](repeating: 0, count: KindProposal.padding) }
  }

  /// Whether no text tells anything.
  var isUndecided: Bool { counted.isEmpty }

  /// The kind of a column, with why.
  func kind(of plan: ColumnPlan) -> (kind: ValueKind, remark: String?) {
    switch plan.expectation {
    case .time: return (time(isExpected: true) ?? text(plan), nil)
    case .date: return (time(isExpected: true) ?? text(plan), nil)
    case .tags: return (tags(), "a list")
    case .freeText: return (text(plan), nil)
    case .duration: return duration(plan)
    case .boolean:
      let kind = ValueKind.boolean(takesDigits: true)
      return counted.isEmpty || share(kind) >= 0.5 ? (kind, nil) : (general(plan), nil)
    case .number:
      if share(.number(isIdentifier: false)) >= 0.5 { return (.number(isIdentifier: false), nil) }
      return (general(plan), nil)
    case .identifier, .key: return (name(plan), nil)
    case .any, nil:
      if plan.unit != nil { return duration(plan) }
      return (general(plan), nil)
    }
  }

  // MARK: Kinds

  private func general(_ plan: ColumnPlan) -> ValueKind {
    if counted.isEmpty { return .dictionary(isKey: false) }
    if plan.isIdentifier { return name(plan) }
    let words = HeaderText.words(plan.header)
    // Only the name can tell seconds since 1970 from other numbers.
    if words.contains(where: KindProposal.timeWords.contains), share(.unixTime) == 1 {
      return .unixTime
    }
    if fits(.number(isIdentifier: false)) { return .number(isIdentifier: false) }
    if fits(.boolean(takesDigits: false)) { return .boolean(takesDigits: false) }
    if let time = time(isExpected: false) { return time }
    // A clock time on its own is a time of day, unless the name says that it is a length.
    if words != ["time"], words != ["hour"], fits(.duration(unit: 0)) { return .duration(unit: 0) }
    if words.last == "tags" || words.last == "labels" { return tags() }
    return text(plan)
  }

  private static let timeWords: Set<String> = [
    "time", "timestamp", "date", "at", "on", "created", "updated", "datetime", "ts",
  ]

  private func name(_ plan: ColumnPlan) -> ValueKind {
    if !counted.isEmpty, fits(.number(isIdentifier: true)) { return .number(isIdentifier: true) }
    if let time = plan.expectation == nil ? time(isExpected: false) : nil { return time }
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

  private func duration(_ plan: ColumnPlan) -> (ValueKind, String?) {
    let seconds = plan.unit ?? 1
    let unit = Int64(max(seconds, 1))
    let kind = ValueKind.duration(unit: unit)
    guard counted.isEmpty || share(kind) >= 0.5 else { return (general(plan), nil) }
    if let named = plan.unit {
      return (kind, "the header says that numbers are \(KindProposal.unitName(named))")
    }
    let hasNumbers = counted.contains { text in
      text.withUnsafeBufferPointer { NumberText($0) != nil }
    }
    return (kind, hasNumbers ? "numbers are taken as seconds" : nil)
  }

  private static func unitName(_ seconds: Double) -> String {
    switch seconds {
    case 60: "minutes"
    case 3_600: "hours"
    case 86_400: "days"
    case 604_800: "weeks"
    default: "seconds"
    }
  }

  private func time(isExpected: Bool) -> ValueKind? {
    if counted.isEmpty { return isExpected ? .time(.monthFirst) : nil }
    let order = likelyOrder()
    let dates = share(.date(order))
    let times = share(.time(order))
    let least = isExpected ? Double.leastNonzeroMagnitude : 0.95
    if dates >= least, dates == times { return .date(order) }
    if times >= least { return .time(order) }
    return isExpected && share(.unixTime) >= 0.5 ? .unixTime : nil
  }

  /// The order of day and month that more of the sample allows; points between the numbers mean
  /// that the day comes first, other marks leave the month first.
  private func likelyOrder() -> DateOrder {
    var tally = ColumnTally()
    for order in [DateOrder.monthFirst, .dayFirst] {
      var parser = TimeParser(order: order, zone: .utc, isDateOnly: false)
      _ = share(&parser)
      if order == .monthFirst { parser.addEvidence(to: &tally) }
    }
    if tally.dayFirstCount != tally.monthFirstCount {
      return tally.dayFirstCount > tally.monthFirstCount ? .dayFirst : .monthFirst
    }
    let hasPoints = counted.contains { text in
      text.prefix(6).filter { $0 == UInt8(ascii: ".") }.count == 2
    }
    return hasPoints ? .dayFirst : .monthFirst
  }

  private func tags() -> ValueKind {
    var counts: [UInt8: Int] = [:]
    for text in texts {
      for byte in text where [0x3B, 0x7C, 0x2C].contains(byte) { counts[byte, default: 0] &+= 1 }
    }
    let best = [UInt8(0x3B), 0x7C, 0x2C].max { counts[$0, default: 0] < counts[$1, default: 0] }
    let separator = best.flatMap { counts[$0, default: 0] > 0 ? $0 : nil }
    return .tags(separator: separator ?? 0x3B)
  }

  // MARK: Trying a kind

  /// Whether nearly all texts are of a kind.
  private func fits(_ kind: ValueKind) -> Bool { !counted.isEmpty && share(kind) >= 0.95 }

  /// The share of the texts that are of a kind.
  private func share(_ kind: ValueKind) -> Double {
    switch kind {
    case .number(let isIdentifier):
      var parser = DecimalParser(isIdentifier: isIdentifier)
      return share(&parser)
    case .duration(let unit):
      var parser = DurationParser(unit: unit)
      return share(&parser)
    case .date(let order):
      var parser = TimeParser(order: order, zone: .utc, isDateOnly: true)
      return share(&parser)
    case .time(let order):
      var parser = TimeParser(order: order, zone: .utc, isDateOnly: false)
      return share(&parser)
    case .unixTime:
      var parser = UnixTimeParser()
      return share(&parser)
    case .boolean(let takesDigits):
      var parser = BooleanParser(takesDigits: takesDigits)
      return share(&parser)
    case .tags, .dictionary, .freeText: return 1
    }
  }

  private func share<P: ValueParser>(_ parser: inout P) -> Double {
    if counted.isEmpty { return 0 }
    var hits = 0
    for text in padded {
      text.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        let count = buffer.count &- KindProposal.padding
        var value = parser.parse(base, count)
        if value == ParseMark.finer { value = parser.parse(base, count) }
        // A number that only a double holds is one too; an identifier forbids numbers.
        if value == ParseMark.identifier { hits = .min / 2 }
        hits &+= !ParseMark.isMark(value) || value == ParseMark.needsDouble ? 1 : 0
      }
    }
    return Double(max(hits, 0)) / Double(counted.count)
  }
}
