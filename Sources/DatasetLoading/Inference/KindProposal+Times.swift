import CivilTime

extension KindProposal {
  /// What tells whether the day, the month or the year comes first.
  enum OrderEvidence {
    /// A number above 12, a weekday, or points between the numbers.
    case dates
    /// The first numbers hardly change, while the last do as days.
    case years
    /// The dates follow each other in one order only.
    case sequence
    case nothing

    /// The evidence in words; nil where the dates themselves tell, or nothing does.
    var reason: String? {
      switch self {
      case .dates, .nothing: nil
      case .years: "as the last numbers change like days"
      case .sequence: "as the dates follow each other so"
      }
    }
  }

  /// Whether the texts may be points in time.
  var maybeTime: Bool { isUndecided || moment(isExpected: true) != nil }

  /// The kind of points in time that the texts are; nil where they are none.
  func moment(isExpected: Bool) -> ValueKind? {
    if counted.isEmpty { return nil }
    let order = likelyOrder().order
    let least = isExpected ? Double.leastNonzeroMagnitude : 0.95
    if share(.time(order)) >= least { return momentsAreDays(order) ? .date(order) : .time(order) }
    let compact = ValueKind.compactTime(isDateOnly: false)
    guard isExpected else { return fits(compact) ? compact : nil }
    if share(.compactTime(isDateOnly: true)) >= 0.95 { return .compactTime(isDateOnly: true) }
    for kind in [compact, .unixTime] where share(kind) >= 0.5 { return kind }
    if share(.serialTime(isDateOnly: true)) >= 0.95 { return .serialTime(isDateOnly: true) }
    let serial = ValueKind.serialTime(isDateOnly: false)
    return share(serial) >= 0.5 ? serial : nil
  }

  /// Whether no point in time among the texts has a time of day; mostly the first one tells.
  private func momentsAreDays(_ order: DateOrder) -> Bool {
    var moments = TimeParser(scale: 6, order: order, zone: .utc, isDateOnly: false)
    var days = TimeParser(order: order, zone: .utc, isDateOnly: true)
    return counted.allSatisfy { text in
      text.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return true }
        return ParseMark.isMark(moments.parse(base, buffer.count))
          || !ParseMark.isMark(days.parse(base, buffer.count))
      }
    }
  }

  /// Whether the texts are times of day.
  func isDayClock(_ words: [String]) -> Bool {
    guard fits(.dayClock) else { return false }
    if counted.allSatisfy({ $0.last.map { $0 | 0x20 } == 0x6D }) {
      return !words.contains { KindProposal.lengthWords.contains($0) }
    }
    return words.last == "time" && words.count <= 2
      && !words.contains { KindProposal.lengthWords.contains($0) }
  }

  private static let lengthWords: Set<String> = [
    "duration", "length", "talk", "handle", "handling", "wait", "hold", "response", "reply",
    "resolution", "avg", "average", "total", "spent", "elapsed", "work", "wrap", "queue",
    "avgtalkduration", "process", "lead", "cycle", "ring",
  ]

  /// The order of day, month and year that more of the sample allows; points between the numbers mean
  /// that the day comes first, other marks leave the month first.
  func likelyOrder() -> (order: DateOrder, evidence: OrderEvidence) {
    if hasWholeYears { return (.monthFirst, .nothing) }
    if isYearFirst { return (.yearFirst, .years) }
    var tally = ColumnTally()
    for order in [DateOrder.monthFirst, .dayFirst] {
      var parser = TimeParser(order: order, zone: .utc, isDateOnly: false)
      _ = share(&parser)
      if order == .monthFirst { parser.addEvidence(to: &tally) }
    }
    if tally.dayFirstCount != tally.monthFirstCount {
      return (tally.dayFirstCount > tally.monthFirstCount ? .dayFirst : .monthFirst, .dates)
    }
    let hasPoints = counted.contains { text in
      text.prefix(6).filter { $0 == UInt8(ascii: ".") }.count == 2
    }
    if hasPoints { return (.dayFirst, .dates) }
    if tally.eitherCount > 0, let order = orderOfSequence() { return (order, .sequence) }
    return (.monthFirst, .nothing)
  }

  /// Whether all texts begin with a year of four digits, which leave no doubt about the rest.
  var hasWholeYears: Bool {
    counted.allSatisfy { text in
      text.count > 4 && text.prefix(4).allSatisfy { $0 &- 0x30 < 10 }
    }
  }

  /// Whether dates such as `24/11/05` begin with the year: the first numbers, which hardly change,
  /// are years of these decades, while the last are no such years.
  private var isYearFirst: Bool { yearsBeforeDays.map { $0 < $1 } ?? false }

  /// Whether dates such as `24/11/05` may begin with the year as well as with the day.
  var mayBeYearFirst: Bool { yearsBeforeDays.map { $0 == $1 } ?? false }

  /// How many years and days there are in dates that may begin with the year.
  private var yearsBeforeDays: (years: Int, days: Int)? {
    guard let first = counted.first, first.count > 7,
      let mark = first.dropFirst(2).first, mark == 0x2F || mark == 0x2D || mark == 0x2E,
      fits(.time(.yearFirst))
    else { return nil }
    let years = Set(counted.compactMap { twoDigits($0, at: 0) })
    let days = Set(counted.compactMap { twoDigits($0, at: 6) })
    guard let least = days.min(), let most = days.max(), least < 10 || most &- least > 15,
      years.allSatisfy({ (10..<50).contains($0) })
    else { return nil }
    return (years.count, days.count)
  }

  private func twoDigits(_ text: ArraySlice<UInt8>, at place: Int) -> Int? {
    guard text.count > place &+ 1 else { return nil }
    return text.dropFirst(place).withUnsafeBufferPointer {
      Digits.leading($0[...].prefix(2))?.value
    }
  }

  /// The only order of day and month in which the dates rise or fall throughout.
  private func orderOfSequence() -> DateOrder? {
    let isMonthFirst = isSequence(.monthFirst)
    guard isMonthFirst != isSequence(.dayFirst) else { return nil }
    return isMonthFirst ? .monthFirst : .dayFirst
  }

  private func isSequence(_ order: DateOrder) -> Bool {
    var parser = TimeParser(order: order, zone: .utc, isDateOnly: false)
    var times: [Int64] = []
    for text in counted {
      let value = text.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { parser.parse($0, buffer.count) }
      }
      guard let value, !ParseMark.isMark(value) else { return false }
      if value != times.last { times.append(value) }
    }
    let steps = zip(times, times.dropFirst())
    return times.count >= 4
      && (steps.allSatisfy { $0 < $1 } || steps.allSatisfy { $0 > $1 })
  }
}
