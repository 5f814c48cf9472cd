import ColumnStore
import Diagnostics

/// Reads some columns of a whole file once, on several threads.
final class LoadPass {
  /// What a pass found apart from the columns.
  struct Outcome {
    var columns: [StagedColumn]
    /// Rows before each chunk, with all rows behind the last.
    var rowBases: [Int]
    /// Line ends before each chunk.
    var lineBases: [Int]
    var blankLines: Int
    var strayQuotes: Int
    var firstStray: LoadErrors.Place?
  }

  /// What one thread works with; no other touches it before the threads are joined.
  private final class Worker: @unchecked Sendable {
    let reader: ChunkReader
    var stagers: [ColumnStager]

    init(reader: ChunkReader, stagers: [ColumnStager]) {
      self.reader = reader
      self.stagers = stagers
    }
  }

  private let source: ByteSource
  private let header: CSVHeader
  private let request: LoadRequest
  private let chunkSize: Int

  init(source: ByteSource, header: CSVHeader, request: LoadRequest, chunkSize: Int) {
    self.source = source
    self.header = header
    self.request = request
    self.chunkSize = chunkSize
  }

  /// Reads the columns as their plans say.
  func run(_ plans: [ColumnPlan]) throws(Diagnostic) -> Outcome {
    let chunkCount = ChunkReader.chunkCount(source, header, chunkSize: chunkSize)
    let turns = ScanTurns(chunkCount: chunkCount, state: 0)
    let threads = max(1, min(request.threads, chunkCount))
    let workers = (0..<threads).map { _ in
      Worker(
        reader: ChunkReader(source: source, header: header, chunkSize: chunkSize, turns: turns),
        stagers: plans.map { ColumnStager.make($0.kind, column: $0.index, zone: $0.zone ?? request.zone) })
    }
    let cancellation = request.cancellation
    Parallel.run(threads: threads) { index in
      let worker = workers[index]
      while let chunk = turns.take() {
        if cancellation.isSet { turns.abort(LoadErrors.cancelled()) }
        guard let grid = worker.reader.rows(ofChunk: chunk) else { continue }
        for stager in worker.stagers {
          stager.stage(grid, chunk: chunk, reader: worker.reader)
        }
      }
    }
    let (rows, lines) = try turns.outcome(header: header, path: source.path)
    var columns: [StagedColumn] = []
    for (index, plan) in plans.enumerated() {
      columns.append(StagedColumn(workers.map { $0.stagers[index] }, kind: plan.kind))
    }
    let stray = workers.compactMap(\.reader.firstStray).min { $0.chunk < $1.chunk }
    return Outcome(
      columns: columns, rowBases: rows, lineBases: lines,
      blankLines: workers.reduce(0) { $0 &+ $1.reader.blankLines },
      strayQuotes: workers.reduce(0) { $0 &+ $1.reader.strayQuotes },
      firstStray: stray.map { stray in
        LoadErrors.Place(
          path: source.path, record: rows[stray.chunk] &+ stray.failure.row &+ 2,
          line: lines[stray.chunk] &+ stray.failure.line &+ 1, byte: stray.failure.byte)
      })
  }

  /// The fields of each column in the first rows, without empty ones and at most 300 each.
  func sample() throws(Diagnostic) -> [[[UInt8]]] {
    let size = min(LoadPass.sampleSize, max(chunkSize, 1))
    let chunkCount = min(1, ChunkReader.chunkCount(source, header, chunkSize: size))
    var texts = [[[UInt8]]](repeating: [], count: header.names.count)
    let turns = ScanTurns(chunkCount: chunkCount, state: 0)
    let reader = ChunkReader(source: source, header: header, chunkSize: size, turns: turns)
    guard let chunk = turns.take(), let grid = reader.rows(ofChunk: chunk) else {
      _ = try turns.outcome(header: header, path: source.path)
      return texts
    }
    let unquoter = Unquoter()
    for column in texts.indices {
      grid.forEachField(column: column) { row, start, count, isQuoted in
        if count == 0 { return true }
        let text =
          isQuoted
          ? unquoter.text(start, count) : UnsafeBufferPointer(start: start, count: count)
        texts[column].append(Array(text.prefix(whole: 1_024)))
        return texts[column].count < LoadPass.sampleLimit
      }
    }
    return texts
  }

  private static let sampleSize = 1 << 18
  private static let sampleLimit = 300
}
