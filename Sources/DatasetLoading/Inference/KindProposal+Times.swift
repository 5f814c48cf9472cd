import CivilTime

extension KindProposal {
  /// What tells whether the day or the month comes first.
  enum OrderEvidence {
    /// A number above 12, or points between the numbers.
    case dates
    /// The dates follow each other in one order only.
    case sequence
    case nothing
  }

  /// Whether the texts may be points in time.
  var maybeTime: Bool { isUndecided || moment(isExpected: true) != nil }

  /// The kind of points in time that the texts are, with why; nil where they are none.
  func moment(isExpected: Bool) -> (kind: ValueKind, remark: String?)? {
    if counted.isEmpty { return nil }
    let (order, evidence) = likelyOrder()
    let remark =
      evidence == .sequence
      ? "the \(order == .dayFirst ? "day" : "month") first, as the dates follow each other so" : nil
    let dates = share(.date(order))
    let times = share(.time(order))
    let least = isExpected ? Double.leastNonzeroMagnitude : 0.95
    if dates >= least, dates == times { return (.date(order), remark) }
    if times >= least { return (.time(order), remark) }
    guard isExpected else { return nil }
    if share(.unixTime) >= 0.5 { return (.unixTime, "seconds or milliseconds since 1970") }
    if share(.serialTime(isDateOnly: true)) >= 0.95 {
      return (.serialTime(isDateOnly: true), "the days of a spreadsheet")
    }
    if share(.serialTime(isDateOnly: false)) >= 0.5 {
      return (.serialTime(isDateOnly: false), "the days of a spreadsheet")
    }
    return nil
  }

  /// Whether the texts are times of day.
  func isDayClock(_ words: [String]) -> Bool {
    guard fits(.dayClock) else { return false }
    let plain = counted.map { $0.dropLast(KindProposal.padding) }
    if plain.allSatisfy({ $0.last.map { $0 | 0x20 } == 0x6D }) {
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

  /// The order of day and month that more of the sample allows; points between the numbers mean
  /// that the day comes first, other marks leave the month first.
  func likelyOrder() -> (order: DateOrder, evidence: OrderEvidence) {
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
        buffer.baseAddress.map { parser.parse($0, buffer.count &- KindProposal.padding) }
      }
      guard let value, !ParseMark.isMark(value) else { return false }
      if value != times.last { times.append(value) }
    }
    let steps = zip(times, times.dropFirst())
    return times.count >= 4
      && (steps.allSatisfy { $0 < $1 } || steps.allSatisfy { $0 > $1 })
  }
}
