import ColumnStore
import Diagnostics

/// Reads some columns of a whole file once, on several threads.
final class LoadPass {
  /// What a pass found apart from the columns.
  struct Outcome {
    var columns: [StagedColumn] = []
    /// The chunks of each part.
    var parts: [PartOutcome] = []
    var rowCount: Int { parts.reduce(0) { $0 &+ $1.rowCount } }
    var blankLines = 0
    var emptyRecords = 0
    var strayQuotes = 0
    var firstStray: LoadErrors.Place?
    var footers: [TableFooter] = []
    /// How many bytes each column of free text has.
    var bytes: [Int: Int] = [:]

    /// Where a value stands: its file, record and line.
    func place(
      of misfit: ColumnTally.Misfit, in parts: [TablePart]
    ) -> (file: String, record: Int, line: Int) {
      let index = self.parts.lastIndex { $0.firstChunk <= misfit.chunk } ?? 0
      let chunk = misfit.chunk &- self.parts[index].firstChunk
      let row = self.parts[index].rowBases[chunk] &+ misfit.row
      let line = self.parts[index].lineBases[chunk] &+ misfit.line &+ 1
      return parts[index].place(row: row, line: line)
    }
  }

  /// Where the chunks of one part begin.
  struct PartOutcome {
    /// The number of its first chunk among those of all parts.
    var firstChunk: Int
    /// Rows before each chunk, with all rows behind the last.
    var rowBases: [Int]
    /// Line ends before each chunk.
    var lineBases: [Int]
    var rowCount: Int { rowBases.last ?? 0 }
  }

  /// What one thread works with; no other touches it before the threads are joined.
  private final class Worker: @unchecked Sendable {
    var reader: ChunkReader?
    let stagers: [ColumnStager]

    init(stagers: [ColumnStager]) { self.stagers = stagers }
  }

  private let parts: [TablePart]
  private let request: LoadRequest
  private let chunkSize: Int
  private let sampleSize: Int
  // What the rows of the sample take.
  private var sampledRows = 0
  private var sampledBytes = 0

  init(parts: [TablePart], request: LoadRequest, chunkSize: Int, sampleSize: Int) {
    self.parts = parts
    self.request = request
    self.chunkSize = chunkSize
    self.sampleSize = max(sampleSize, 1)
  }

  /// Reads the columns as their plans say.
  func run(_ plans: [ColumnPlan]) throws(Diagnostic) -> Outcome {
    let (threads, capacity) = (threadCount, capacity)
    let stagers = plans.map {
      ColumnStager.make(
        $0.kind, column: $0.index, zone: $0.zone ?? request.zone, capacity: capacity,
        count: threads)
    }
    let workers = (0..<threads).map { index in Worker(stagers: stagers.map { $0[index] }) }
    var outcome = Outcome()
    var firstChunk = 0
    begin()
    for part in parts {
      for (index, plan) in plans.enumerated() where parts.count > 1 {
        let text = part.ownTexts[plan.index]
        let zone = text?.zone?.rules ?? plan.zone ?? request.zone
        let kind = text?.unit.map { plan.kind.with(unit: $0) } ?? plan.kind
        for worker in workers { worker.stagers[index].begin(kind, zone) }
      }
      let found = try run(part, workers, firstChunk: firstChunk, &outcome)
      outcome.parts.append(found)
      firstChunk &+= found.rowBases.count
    }
    for (index, plan) in plans.enumerated() {
      outcome.columns.append(StagedColumn(workers.map { $0.stagers[index] }, kind: plan.kind))
    }
    return outcome
  }

  /// As many threads as are asked for and have enough to do: to begin the first takes as long as to
  /// read a chunk.
  private var threadCount: Int {
    let chunks = parts.map {
      ChunkReader.chunkCount($0.source, $0.header, chunkSize: chunkSize) ?? .max
    }
    let busy = (chunks.max() ?? 0) / LoadPass.chunksPerThread
    return max(1, min(request.threads, busy))
  }

  private static let chunksPerThread = 4

  /// The bytes of all parts, where they are files as they stand.
  private var byteCount: Int? {
    let sizes = parts.map(\.source.byteCount)
    return sizes.contains(nil) ? nil : sizes.reduce(0) { $0 &+ ($1 ?? 0) }
  }

  /// Tells of the pass.
  private func begin() {
    request.progress.begin(
      request.path == "-" ? "standard input" : request.path, total: byteCount)
  }

  /// Half as many rows again as the first ones foretell; nil for a single chunk, and where the
  /// size is not known.
  private var capacity: ColumnCapacity? {
    guard let byteCount, byteCount > chunkSize, sampledRows > 0 else { return nil }
    let rows = Double(byteCount) / Double(sampledBytes) * Double(sampledRows)
    return ColumnCapacity(rowCount: Int(rows * 1.5) &+ 1_024, byteCount: byteCount)
  }

  /// Reads one part behind those that were read already.
  private func run(
    _ part: TablePart, _ workers: [Worker], firstChunk: Int, _ outcome: inout Outcome
  ) throws(Diagnostic) -> PartOutcome {
    let (source, header) = (part.source, part.header)
    let chunkCount = ChunkReader.chunkCount(source, header, chunkSize: chunkSize)
    let turns = ScanTurns(chunkCount: chunkCount, bytesBefore: outcome.bytes)
    let rowsBefore = outcome.rowCount
    let threads = max(1, min(workers.count, chunkCount ?? .max))
    for worker in workers[..<threads] {
      worker.reader = ChunkReader(
        source: source, header: header, places: part.places, chunkSize: chunkSize, turns: turns)
    }
    let (cancellation, progress, chunkSize) = (request.cancellation, request.progress, chunkSize)
    Parallel.run(threads: threads) { index in
      guard let reader = workers[index].reader else { return }
      while let chunk = turns.take() {
        if cancellation.isSet { turns.abort(LoadErrors.cancelled()) }
        if let grid = reader.rows(ofChunk: chunk) {
          let row = turns.rows(before: chunk).map { $0 &+ rowsBefore }
          let position = ChunkPosition(
            chunk: firstChunk &+ chunk, firstRow: row, indexInFile: chunk, turns: turns)
          for stager in workers[index].stagers { stager.stage(grid, position, reader) }
        }
        turns.release(chunk)
        progress.advance(chunkSize)
      }
    }
    let readers = workers[..<threads].compactMap(\.reader)
    for worker in workers[..<threads] { worker.reader = nil }
    let (rows, lines) = try turns.outcome(header: header, source: source)
    outcome.bytes = turns.byteTotals
    outcome.blankLines &+= readers.reduce(0) { $0 &+ $1.blankLines }
    outcome.emptyRecords &+= readers.reduce(0) { $0 &+ $1.emptyRecords }
    outcome.strayQuotes &+= readers.reduce(0) { $0 &+ $1.strayQuotes }
    if let footer = turns.footer { outcome.footers.append(footer) }
    let stray = readers.compactMap(\.firstStray).min { $0.chunk < $1.chunk }
    if let stray, outcome.firstStray == nil {
      outcome.firstStray = LoadErrors.Place(
        path: source.path,
        record: rows[stray.chunk] &+ stray.failure.row &+ header.recordCount &+ 1,
        line: lines[stray.chunk] &+ stray.failure.line &+ 1, byte: stray.failure.byte,
        isOfText: !source.isFileItself)
    }
    return PartOutcome(firstChunk: firstChunk, rowBases: rows, lineBases: lines)
  }

  /// The fields of a column in the first rows, and in which they stand.
  struct Sample {
    var texts = PaddedTexts()
    var rows: [Int] = []

    mutating func reserve(_ count: Int) {
      texts.reserve(count)
      rows.reserveCapacity(rows.count &+ count)
    }
  }

  /// The fields of each column in the first rows, without empty ones and at most 300 each.
  func sample(columnCount: Int) throws(Diagnostic) -> [Sample] {
    var samples = [Sample](repeating: Sample(), count: columnCount)
    for (index, part) in parts.prefix(LoadPass.sampleParts).enumerated() {
      try sample(part, firstRow: index &* LoadPass.partRows, &samples)
    }
    return samples
  }

  private func sample(
    _ part: TablePart, firstRow: Int, _ samples: inout [Sample]
  ) throws(Diagnostic) {
    let chunkCount = ChunkReader.chunkCount(part.source, part.header, chunkSize: sampleSize)
    let turns = ScanTurns(chunkCount: min(1, chunkCount ?? 1))
    let reader = ChunkReader(
      source: part.source, header: part.header, places: part.places, chunkSize: sampleSize,
      turns: turns)
    guard let chunk = turns.take(), let grid = reader.rows(ofChunk: chunk) else {
      _ = try turns.outcome(header: part.header, source: part.source)
      return
    }
    sampledRows &+= grid.rowCount
    sampledBytes &+= min(sampleSize, part.source.byteCount ?? sampleSize)
    let unquoter = Unquoter()
    // Columns have parts of the same bytes, but where a text has quotes in it or stands further on:
    // those that miss many values reach beyond as many rows as they have texts.
    let isNew = samples.contains { $0.rows.isEmpty }
    let head = isNew ? grid.head(rowLimit: 2 &* LoadPass.sampleLimit) : grid.head(rowLimit: 0)
    let shared = head.padded(by: ParsedText.padding)
    for column in samples.indices where samples[column].rows.count < LoadPass.sampleLimit {
      var sample = Sample()
      swap(&sample, &samples[column])
      let isFirst = sample.rows.isEmpty
      if isFirst { sample.texts = PaddedTexts(partsOf: shared) }
      sample.reserve(min(grid.rowCount, LoadPass.sampleLimit))
      grid.forEachField(column: column) { row, start, count, isQuoted in
        if count == 0 { return true }
        let whole =
          isQuoted
          ? unquoter.text(start, count) : UnsafeBufferPointer(start: start, count: count)
        let text = whole.prefix(whole: 1_024)
        if isFirst, let part = head.place(of: text) {
          sample.texts.append(part: part)
        } else {
          sample.texts.append(text)
        }
        sample.rows.append(firstRow &+ row)
        return sample.rows.count < LoadPass.sampleLimit
      }
      swap(&sample, &samples[column])
    }
  }

  private static let sampleParts = 8
  // More rows than a sample of one part has.
  private static let partRows = 1 << 18
  private static let sampleLimit = 300
}
