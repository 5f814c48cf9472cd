import Diagnostics

/// What a load has to say: values set aside, and notes.
struct LoadFindings {
  var notes: [String] = []
  private(set) var problemCounts: [LoadReport.ProblemCount] = []
  private var problems: [LoadProblem] = []

  /// Takes what the scan met with.
  mutating func take(
    _ outcome: LoadPass.Outcome, parts: [TablePart], request: LoadRequest
  ) throws(Diagnostic) {
    if outcome.blankLines > 0 {
      notes.append("skipped \(outcome.blankLines) blank lines")
    }
    notes += outcome.footers.map(\.note)
    if outcome.emptyRecords > 0 {
      let count = outcome.emptyRecords
      notes.append(
        count == 1
          ? "1 record has no values at all; it counts as a row"
          : "\(count) records have no values at all; they count as rows")
    }
    if let place = outcome.firstStray {
      if request.isStrict { throw LoadErrors.strayQuote(place) }
      notes.append(
        "\(outcome.strayQuotes) quotes stand inside fields without quotes, the first in "
          + "record \(place.record); they are kept as text")
    }
    try takeEnds(parts)
  }

  /// Says where a text's last line may have been cut off.
  private mutating func takeEnds(_ parts: [TablePart]) throws(Diagnostic) {
    for part in parts where part.lines == nil && part.name == nil {
      guard let last = try part.source.lastByte(), last != 0x0A, last != 0x0D else { continue }
      let file = parts.count == 1 ? "the file" : SafeText.path(part.source.path)
      notes.append("there is no newline at the end of \(file)")
    }
  }

  /// Takes what reading a column met with.
  mutating func take(
    _ tally: ColumnTally, of plan: ColumnPlan, _ outcome: LoadPass.Outcome, parts: [TablePart],
    request: LoadRequest
  ) throws(Diagnostic) {
    let reason = "is no \(plan.kind.noun)"
    for misfit in tally.misfits {
      let place = outcome.place(of: misfit, in: parts)
      let problem = LoadProblem(
        file: place.file, record: place.record, line: place.line, column: plan.name,
        text: misfit.text, reason: reason)
      if request.isStrict { throw LoadErrors.valueSetAside(problem) }
      problems.append(problem)
    }
    if tally.misfitCount > 0 {
      problemCounts.append(
        LoadReport.ProblemCount(column: plan.name, reason: reason, count: tally.misfitCount))
    }
    if tally.markerCount > 0 {
      let words = tally.markers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
        .map { "\(SafeText.quoted($0.key)) (\($0.value))" }.joined(separator: ", ")
      notes.append("'\(plan.name)': \(words) read as missing")
    }
    if let order = plan.kind.dateOrder, let reason = plan.orderReason,
      order == .yearFirst || (tally.hasOpenOrder && reason != "as asked")
    {
      notes.append("'\(plan.name)': read with the \(order.noun) first, \(reason)")
    } else if tally.hasOpenOrder, plan.isOrderOpen, let order = plan.kind.dateOrder {
      notes.append(
        "'\(plan.name)': no date tells whether the day or the month comes first; "
          + "read with the \(order.noun) first")
    } else if tally.dayFirstCount > 0, tally.monthFirstCount > 0 {
      notes.append(
        "'\(plan.name)': some dates have the day first and some the month; "
          + "the fewer are set aside")
    }
    if tally.midnightCount > 0 {
      notes.append(
        "'\(plan.name)': \(tally.midnightCount) days have no time; taken as midnight")
    }
    if case .duration(let style) = plan.kind { takeLengths(tally, of: plan, style) }
    if tally.localCount > 0, let doubt = plan.zoneDoubt {
      notes.append("'\(plan.name)': \(doubt.note(plan.zone ?? request.zone))")
    }
    if tally.localCount > 0, tally.localCount < tally.fitCount {
      notes.append(
        "'\(plan.name)': \(tally.localCount) times have no offset; "
          + "taken as \((plan.zone ?? request.zone).identifier)")
    }
  }

  /// Says what clock times of two parts and numbers among lengths with units were taken for.
  private mutating func takeLengths(
    _ tally: ColumnTally, of plan: ColumnPlan, _ style: DurationStyle
  ) {
    if tally.shortClockCount > 0, plan.clock == nil, !plan.isOfShift {
      let parts = style.isMinutes ? "minutes and seconds" : "hours and minutes"
      let reason = style.isMinutes && tally.longClockCount > 0 ? ", as others have hours too" : ""
      notes.append("'\(plan.name)': lengths such as '5:30' are read as \(parts)\(reason)")
    }
    let numberCount = tally.fitCount &- tally.unitCount
    if plan.unit == nil, style.unit != 0, tally.unitCount > 0, numberCount > 0 {
      notes.append(
        "'\(plan.name)': \(numberCount) numbers stand among lengths with units; "
          + "taken as seconds")
    }
  }

  /// The first problems in the order of the file.
  func sortedProblems() -> [LoadProblem] {
    Array(
      problems.sorted { ($0.file, $0.record, $0.column) < ($1.file, $1.record, $1.column) }
        .prefix(LoadReport.problemLimit))
  }
}
