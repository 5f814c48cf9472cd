import ColumnStore
import Diagnostics
import Synchronization

/// A dataset on its way from the file to the table.
struct DatasetBuild {
  private let source: ByteSource
  private let header: CSVHeader
  private let request: LoadRequest
  private let isAllText: Bool
  private let pass: LoadPass
  private(set) var naming: ColumnNaming
  private(set) var rowCount = 0
  private var plans: [ColumnPlan] = []
  private var staged: [StagedColumn?] = []
  private var findings = LoadFindings()

  init(
    source: ByteSource, header: CSVHeader, request: LoadRequest, tuning: LoadTuning
  ) throws(Diagnostic) {
    self.source = source
    self.header = header
    self.request = request
    isAllText = tuning.isAllText
    pass = LoadPass(
      source: source, header: header, request: request,
      chunkSize: tuning.chunkSize(byteCount: source.byteCount, threads: request.threads))
    naming = try ColumnNaming(headers: header.names, request: request)
    findings.notes = header.notes + naming.notes
  }

  /// The names and types of the columns.
  var schema: Schema {
    Schema(
      columns: plans.map { plan in
        ColumnInfo(
          name: plan.name, header: plan.header, type: plan.kind.type,
          remark: plan.remarks.joined(separator: "; "))
      })
  }

  // MARK: Reading

  /// Reads all wanted columns; one whose rows do not bear out its kind is read once more.
  mutating func readColumns() throws(Diagnostic) {
    try propose()
    staged = Array(repeating: nil, count: plans.count)
    var pending = Array(plans.indices)
    var isFirst = true
    // Each pass reads the file, if only to count its rows.
    while isFirst || !pending.isEmpty {
      let outcome = try pass.run(pending.map { plans[$0] })
      if isFirst {
        rowCount = outcome.rowBases.last ?? 0
        try findings.take(outcome, source: source, request: request)
      }
      isFirst = false
      var again: [Int] = []
      for (position, index) in pending.enumerated() {
        let column = outcome.columns[position]
        if let kind = revisedKind(index, column) {
          plans[index].kind = kind
          again.append(index)
        } else {
          staged[index] = column
          try findings.take(
            column.tally, of: plans[index], outcome, source: source, request: request)
        }
      }
      pending = again
    }
  }

  private mutating func propose() throws(Diagnostic) {
    let texts = try pass.sample()
    for index in naming.plans.indices where isAllText {
      plans.append(naming.plans[index])
    }
    if isAllText { return }
    let proposals = texts.map { KindProposal(texts: $0, zone: request.zone) }
    swapTwins(proposals)
    for plan in naming.plans where isWanted(plan) {
      var plan = plan
      let (kind, remark) = proposals[plan.index].kind(of: plan)
      plan.kind = kind
      plan.isUndecided = proposals[plan.index].isUndecided && plan.expectation == nil
      if let remark { plan.remarks.append(remark) }
      plans.append(plan)
    }
  }

  private func isWanted(_ plan: ColumnPlan) -> Bool {
    guard let wanted = request.wantedColumns else { return true }
    return wanted.contains(plan.name) || wanted.contains(Schema.folded(plan.header))
  }

  /// A header such as "Time to resolution" may stand over moments or over lengths of time.
  private mutating func swapTwins(_ proposals: [KindProposal]) {
    let twins = [("first_response", "first_response_time"), ("resolved", "resolution_time")]
    guard naming.role == .tickets else { return }
    for (moment, length) in twins {
      for plan in naming.plans where plan.name == moment || plan.name == length {
        let other = plan.name == moment ? length : moment
        guard !proposals[plan.index].isUndecided,
          !naming.plans.contains(where: { $0.name == other }),
          let column = KnownColumns.tickets.first(where: { $0.name == other })
        else { continue }
        var changed = plan
        changed.expectation = column.expectation
        let type = proposals[plan.index].kind(of: plan).kind.type
        let otherType = proposals[plan.index].kind(of: changed).kind.type
        let wantsMoment = plan.name == length && type == .time
        let wantsLength = plan.name == moment && type != .time && otherType == .duration
        if wantsMoment || wantsLength { naming.rename(plan.index, to: column) }
      }
    }
  }

  /// The kind as which a column must be read again, nil where it is fine.
  private mutating func revisedKind(_ index: Int, _ column: StagedColumn) -> ValueKind? {
    if isAllText { return nil }
    if plans[index].isUndecided {
      plans[index].isUndecided = false
      let proposal = KindProposal(texts: column.distinctTexts(limit: 1_000), zone: request.zone)
      let (kind, _) = proposal.kind(of: plans[index])
      if kind.type != .text { return kind }
      if column.tally.valueCount == 0 { plans[index].remarks.append("no row has a value") }
      return nil
    }
    switch ColumnVerdict.judge(plans[index], column.tally) {
    case .keep: return nil
    case .readAs(let kind, let reason):
      if !reason.isEmpty { plans[index].remarks.append(reason) }
      return kind
    }
  }

  // MARK: Joining

  /// Joins the pieces of all columns, the most work first so that no thread waits long.
  mutating func assembleColumns() -> [Column] {
    let box = AssemblyBox(staged.compactMap { $0 })
    staged = []
    let rows = rowCount
    let order = box.weights.indices.sorted { (box.weights[$0], $1) > (box.weights[$1], $0) }
    let threads = source.byteCount < 1 << 18 ? 1 : request.threads
    Parallel.forEach(order.count, threads: threads) { box.assemble(order[$0], rowCount: rows) }
    return box.columns
  }

  /// The report of the load.
  func report(seconds: Double) -> LoadReport {
    LoadReport(
      name: naming.name, path: request.path, rowCount: rowCount, columnCount: plans.count,
      byteCount: source.byteCount, seconds: seconds, roleReason: naming.roleReason,
      problems: findings.sortedProblems(), problemCounts: findings.problemCounts,
      notes: findings.notes)
  }
}

/// Columns that several threads join, each its own.
private final class AssemblyBox: Sendable {
  let weights: [Int]
  private let staged: Mutex<[StagedColumn?]>
  private let done = Mutex<[Int: Column]>([:])

  init(_ columns: [StagedColumn]) {
    weights = columns.map(\.weight)
    staged = Mutex(columns)
  }

  func assemble(_ index: Int, rowCount: Int) {
    // Taken out, so that nobody else holds on to the pieces.
    let taken = staged.withLock { columns in
      defer { columns[index] = nil }
      return columns[index]
    }
    guard var column = taken else { return }
    let assembled = column.assemble(rowCount: rowCount)
    done.withLock { $0[index] = assembled }
  }

  var columns: [Column] {
    done.withLock { done in weights.indices.compactMap { done[$0] } }
  }
}
