import ColumnStore
import Diagnostics
import Synchronization

/// A dataset on its way from the file to the table.
struct DatasetBuild {
  private let parts: [TablePart]
  private let lists: Set<Int>
  let request: LoadRequest
  let isAllText: Bool
  let pass: LoadPass
  private(set) var naming: ColumnNaming
  private(set) var rowCount = 0
  private var fileParts: [LoadReport.FilePart] = []
  var plans: [ColumnPlan] = []
  private var staged: [StagedColumn?] = []
  var findings = LoadFindings()
  let proposals: [KindProposal]
  let witnesses: OrderWitnesses
  /// How day and month stand in the dates of the file's other columns, and where it shows.
  var fileOrder: (order: DateOrder, reason: String)?

  init(
    parts: [TablePart], request: LoadRequest, tuning: LoadTuning
  ) throws(Diagnostic) {
    let union = TableUnion(parts)
    self.parts = union.parts
    lists = union.lists
    self.request = request
    isAllText = tuning.isAllText
    let textSize = parts.map { $0.source.byteCount ?? .max }.max() ?? 0
    pass = LoadPass(
      parts: union.parts, request: request,
      chunkSize: tuning.chunkSize(byteCount: textSize, threads: request.threads),
      sampleSize: tuning.sampleSize(byteCount: textSize))
    var proposals = try pass.sample(columnCount: union.headers.count).map {
      KindProposal(texts: $0.texts, rows: $0.rows)
    }
    let decimalMark =
      request.options.hasDecimalComma.map { DecimalMark(isComma: $0, isTold: true) }
      ?? DecimalMark(
        proposals, union.headers,
        expected: parts.allSatisfy { $0.header.dialect.delimiter == UInt8(ascii: ";") })
    for index in proposals.indices { proposals[index].decimalMark = decimalMark }
    self.proposals = proposals
    naming = try ColumnNaming(
      headers: union.headers, described: union.described, proposals: proposals, request: request)
    witnesses = OrderWitnesses(naming.plans, proposals)
    findings.notes = union.notes + naming.notes
    noteTextLists()
    fileOrder = request.options.dateOrder.map { ($0, "as asked") }
  }

  /// Says which lists of a JSON file are kept as text; those of tags are lists of names.
  private mutating func noteTextLists() {
    let tags = naming.plans.filter { if case .tags? = $0.expectation { true } else { false } }
    let headers = Set(parts.flatMap(\.textLists)).subtracting(tags.map(\.header)).sorted()
    guard !headers.isEmpty else { return }
    let names = headers.prefix(10).map { SafeText.quoted($0) }.joined(separator: ", ")
    findings.notes.append(
      "arrays of objects or arrays are kept as JSON text: \(SafeText.cut(names, 300))")
  }

  private var byteCount: Int { parts.reduce(0) { $0 &+ $1.source.fileByteCount } }

  /// The names and types of the columns.
  var schema: Schema {
    let columns = plans.map { plan in
      ColumnInfo(
        name: plan.name, header: plan.header, type: plan.kind.type,
        remark: plan.allRemarks.joined(separator: "; "), scale: plan.scale)
    }
    return Schema(columns: columns + derivedInfos)
  }

  // MARK: Reading

  /// Reads all wanted columns; one whose rows do not bear out its kind is read once more.
  mutating func readColumns() throws(Diagnostic) {
    propose()
    staged = Array(repeating: nil, count: plans.count)
    var pending = Array(plans.indices)
    var isFirst = true
    // Each pass reads the file, if only to count its rows.
    while isFirst || !pending.isEmpty {
      let outcome = try pass.run(pending.map { plans[$0] })
      if isFirst {
        rowCount = outcome.rowCount
        fileParts = zip(parts, outcome.parts).map { part, found in
          let (file, record, _) = part.place(row: 0, line: 0)
          return LoadReport.FilePart(file: file, firstRecord: record, rowCount: found.rowCount)
        }
        try findFileOrder(outcome.columns.map(\.tally))
        try findings.take(outcome, parts: parts, request: request)
      }
      isFirst = false
      var again: [Int] = []
      for (position, index) in pending.enumerated() {
        var column = outcome.columns[position]
        column.tally.takeWordsAsMarkers()
        if let kind = revisedKind(index, column) {
          plans[index].kind = kind
          again.append(index)
        } else {
          staged[index] = column
          try findings.take(
            column.tally, of: plans[index], outcome, parts: parts, request: request)
        }
      }
      pending = again
    }
  }

  private mutating func propose() {
    for plan in naming.plans where isAllText || isWanted(plan) {
      plans.append(isAllText ? plan : proposed(plan))
      if !isAllText, let plan = plans.last, let doubt = doubt(plan, proposals[plan.index]) {
        findings.notes.append(doubt)
      }
      if plans.last?.remarks.contains(KindProposal.smallIsGoodRemark) == true {
        findings.notes.append("'\(plan.name)' is read as \(KindProposal.smallIsGoodRemark)")
      }
    }
  }

  /// How a column is read first.
  func proposed(_ plan: ColumnPlan) -> ColumnPlan {
    var plan = plan
    let proposal = proposals[plan.index]
    let (kind, remark) = proposal.kind(of: plan)
    plan.kind = plan.joined ?? kind
    plan.isUndecided = proposal.isUndecided && plan.expectation == nil
    if let zone = plan.zone, plan.kind.type == .time {
      plan.remarks.append("times in \(zone.identifier), as the header says")
    }
    if let remark { plan.remarks.append(remark) }
    findOrder(&plan, proposal)
    findClock(&plan, proposal)
    if lists.contains(plan.index) {
      plan.kind = .tags(separator: JSONRecordReader.listSeparator)
      plan.isUndecided = false
    }
    return plan
  }

  /// The columns that have a value in each of the first rows.
  var filledColumns: Set<String> {
    Set(naming.plans.filter { proposals[$0.index].isFilled }.map(\.name))
  }

  /// Whether a column is asked for, or needed to read one that is.
  private func isWanted(_ plan: ColumnPlan) -> Bool {
    // The clock of a plain dataset is its first time column, named or not.
    guard let wanted = request.wantedColumns, naming.role != nil else { return true }
    if wanted.contains(plan.name) || wanted.contains(Schema.folded(plan.header)) { return true }
    if let role = naming.role, wanted.contains("\(role.rawValue).\(plan.name)") { return true }
    if wanted.contains("tags"), naming.numberedTags.contains(plan.index) { return true }
    if wanted.contains("resolved"), naming.isClosedResolved, plan.name == "closed" { return true }
    let isWitness = Self.unitWitnesses.contains { witness in
      wanted.contains(witness.length) && ["created", witness.moment].contains(plan.name)
    }
    if isWitness { return true }
    // It tells which answers nobody gave.
    return naming.role == .surveys && HeaderText.squashed(plan.header) == "status"
  }

  /// The kind as which a column must be read again, nil where it is fine.
  private mutating func revisedKind(_ index: Int, _ column: StagedColumn) -> ValueKind? {
    if isAllText { return nil }
    if plans[index].isUndecided {
      plans[index].isUndecided = false
      let proposal = KindProposal(
        texts: PaddedTexts(column.distinctTexts(limit: 1_000)),
        decimalMark: proposals[plans[index].index].decimalMark)
      let (kind, _) = proposal.kind(of: plans[index])
      if kind.type != .text { return kind }
      if column.tally.valueCount == 0 { plans[index].remarks.append("no row has a value") }
      return nil
    }
    let decimalMark = proposals[plans[index].index].decimalMark
    switch ColumnVerdict.judge(plans[index], column.tally, decimalMark: decimalMark) {
    case .keep: return reordered(index, column.tally)
    case .readAs(let kind, let reason):
      if plans[index].kind.dateOrder != kind.dateOrder { plans[index].orderReason = nil }
      if !reason.isEmpty {
        plans[index].remarks.append(reason)
        // Zeros in front are what makes an id, which is nothing to say.
        let example = column.tally.misfits.first?.text.utf8.count ?? 0
        if column.tally.identifierCount == 0 || example > 18, column.tally.fitCount > 1 {
          findings.notes.append("'\(plans[index].name)' is \(reason)")
        }
      }
      return kind
    }
  }

  // MARK: Joining

  /// Joins the pieces of all columns, the most work first so that no thread waits long.
  mutating func assembleColumns() throws(Diagnostic) -> [Column] {
    let box = AssemblyBox(staged.compactMap { $0 })
    staged = []
    let rows = rowCount
    let order = box.weights.indices.sorted { (box.weights[$0], $1) > (box.weights[$1], $0) }
    let threads = byteCount < 1 << 18 ? 1 : request.threads
    let stop = request.cancellation
    Parallel.forEach(order.count, threads: threads) {
      box.assemble(order[$0], rowCount: rows, stop)
    }
    if stop.isSet { throw LoadErrors.cancelled() }
    var columns = box.columns
    findUnits(&columns)
    if !isAllText {
      nameCodes(&columns)
      turnRatings(&columns)
      nameRatings(&columns)
      let dropped = dropPreviews(&columns)
      if dropped > 0 {
        rowCount &-= dropped
        fileParts = []
        findings.notes.append(
          "left out \(dropped) answer\(dropped == 1 ? "" : "s") that the survey's author gave to "
            + "try it (Survey Preview)")
      }
    }
    if !isAllText {
      findings.notes += TextReview.notes(plans, columns) + reversalNotes(columns)
    }
    noteRepeatedTickets(columns)
    noteClosed()
    return columns + derivedColumns(columns)
  }

  /// Says where tickets have several rows, as in a log of their changes.
  private mutating func noteRepeatedTickets(_ columns: [Column]) {
    guard naming.role == .tickets, let index = plans.firstIndex(where: { $0.name == "id" }),
      columns[index].hasQuickRepeats
    else { return }
    let count = columns[index].repeatedRowCount
    if count > 0 {
      findings.notes.append(
        "\(count) row\(count == 1 ? " has" : "s have") the id of an earlier row; "
          + "each row counts as a ticket")
    }
  }

  /// How the files are written; several ways where they differ.
  private var format: String {
    var ways: [String] = []
    for part in parts where !ways.contains(part.format) { ways.append(part.format) }
    return ways.joined(separator: "; ")
  }

  /// The report of the load.
  func report(seconds: Double) -> LoadReport {
    var report = LoadReport(
      name: naming.name, path: request.path, rowCount: rowCount, columnCount: naming.plans.count,
      readColumnCount: plans.count, byteCount: byteCount, seconds: seconds, format: format,
      roleReason: naming.roleReason,
      problems: findings.sortedProblems(), problemCounts: findings.problemCounts,
      notes: findings.notes + parts.flatMap { $0.lateNotes?() ?? [] })
    report.parts = fileParts
    return report
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

  func assemble(_ index: Int, rowCount: Int, _ stop: CancellationFlag) {
    // Taken out, so that nobody else holds on to the pieces.
    let taken = staged.withLock { columns in
      defer { columns[index] = nil }
      return columns[index]
    }
    guard var column = taken else { return }
    let assembled = column.assemble(rowCount: rowCount, stop)
    done.withLock { $0[index] = assembled }
  }

  var columns: [Column] {
    done.withLock { done in weights.indices.compactMap { done[$0] } }
  }
}
