import Diagnostics

/// What a load has to say: values set aside, and notes.
struct LoadFindings {
  var notes: [String] = []
  /// How many records the header takes.
  var headerRecords = 1
  private(set) var problemCounts: [LoadReport.ProblemCount] = []
  private var problems: [LoadProblem] = []

  /// Takes what the scan met with.
  mutating func take(
    _ outcome: LoadPass.Outcome, source: ByteSource, request: LoadRequest
  ) throws(Diagnostic) {
    if outcome.blankLines > 0 {
      notes.append("skipped \(outcome.blankLines) blank lines")
    }
    if let place = outcome.firstStray {
      if request.isStrict { throw LoadErrors.strayQuote(place) }
      notes.append(
        "\(outcome.strayQuotes) quotes stand inside fields without quotes, the first in "
          + "record \(place.record); they are kept as text")
    }
    try takeEnds(source)
  }

  /// Says what the file's first and last bytes tell.
  private mutating func takeEnds(_ source: ByteSource) throws(Diagnostic) {
    let count = min(source.byteCount, 256)
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: Diagnostic?
    bytes.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(Diagnostic) {
        try source.read(base, at: source.byteCount &- 1, count: 1)
        let last = buffer[0]
        try source.read(base, at: 0, count: count)
        if last != 0x0A, last != 0x0D { notes.append("there is no newline at the end of the file") }
        let head = UnsafeBufferPointer(buffer.bindMemory(to: UInt8.self))
        if let remark = FileKind.remark(head) { notes.append(remark) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Takes what reading a column met with.
  mutating func take(
    _ tally: ColumnTally, of plan: ColumnPlan, _ outcome: LoadPass.Outcome, source: ByteSource,
    request: LoadRequest
  ) throws(Diagnostic) {
    let reason = "is no \(plan.kind.noun)"
    for misfit in tally.misfits {
      let problem = LoadProblem(
        file: request.path, record: outcome.rowBases[misfit.chunk] &+ misfit.row &+ 1 &+ headerRecords,
        line: outcome.lineBases[misfit.chunk] &+ misfit.line &+ 1, column: plan.name,
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
    if tally.dayFirstCount &+ tally.monthFirstCount == 0, tally.eitherCount > 0, plan.isOrderOpen {
      let isDayFirst = plan.kind.dateOrder == .dayFirst
      notes.append(
        "'\(plan.name)': no date tells whether the day or the month comes first; "
          + "read with the \(isDayFirst ? "day" : "month") first")
    } else if tally.dayFirstCount > 0, tally.monthFirstCount > 0 {
      notes.append(
        "'\(plan.name)': some dates have the day first and some the month; "
          + "the fewer are set aside")
    }
    if tally.midnightCount > 0 {
      notes.append(
        "'\(plan.name)': \(tally.midnightCount) days have no time; taken as midnight")
    }
    if tally.localCount > 0, tally.localCount < tally.fitCount {
      notes.append(
        "'\(plan.name)': \(tally.localCount) times have no offset; "
          + "taken as \((plan.zone ?? request.zone).identifier)")
    }
  }

  /// The first problems in the order of the file.
  func sortedProblems() -> [LoadProblem] {
    Array(
      problems.sorted { ($0.record, $0.column) < ($1.record, $1.column) }
        .prefix(LoadReport.problemLimit))
  }
}
