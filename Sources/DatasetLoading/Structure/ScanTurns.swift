import Diagnostics
import Glibc

/// Hands chunks to threads and lets them settle, in the order of the file, in which state each
/// chunk begins; threads sleep while they wait.
final class ScanTurns: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  // Falls when a text of unknown size has ended.
  private var chunkCount: Int
  private var next = 0
  private var turn = 0
  private var state: UInt32
  private var failedChunk = Int.max
  private var failure: ChunkFailure?
  private var stop: Diagnostic?
  private var rows = RunningTotal()
  private var bytes: [Int: RunningTotal]
  private var lines: [Int] = []
  private var inWork: Set<Int> = []
  private var footers: [Int: TableFooter] = [:]

  // Chunks that threads may be ahead of the slowest, which bounds what a stream must keep.
  private static let lead = 64

  /// A failure inside a chunk, before it is known which record and line that is.
  struct ChunkFailure: Sendable {
    var row: Int
    var line: Int
    var byte: Int
    var make: @Sendable (LoadErrors.Place) -> Diagnostic
  }

  /// Turns for so many chunks; nil where only reading tells how many there are.
  ///
  /// The bytes of columns go on behind those of the files before.
  init(chunkCount: Int?, state: UInt32 = 0, bytesBefore: [Int: Int] = [:]) {
    self.chunkCount = chunkCount ?? .max
    self.state = state
    bytes = bytesBefore.mapValues { RunningTotal(from: $0) }
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  private func locked<T>(_ body: () -> T) -> T {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// The next chunk that nobody works on, nil when there is none or the load has failed.
  func take() -> Int? {
    locked {
      while let first = inWork.min(), next &- first > ScanTurns.lead, stop == nil {
        pthread_cond_wait(condition, mutex)
      }
      guard next < chunkCount, failedChunk == .max, stop == nil else { return nil }
      inWork.insert(next)
      next &+= 1
      return next &- 1
    }
  }

  /// Says that a chunk's bytes are not needed any more.
  func release(_ chunk: Int) {
    locked {
      inWork.remove(chunk)
      pthread_cond_broadcast(condition)
    }
  }

  /// The first chunk that somebody works on.
  var firstInWork: Int { locked { inWork.min() ?? next } }

  /// Says that the text ends before a chunk.
  func end(before chunk: Int) { locked { chunkCount = min(chunkCount, chunk) } }

  /// Says that the table ends in a chunk and that the rest of the text is none.
  func end(behind chunk: Int, _ footer: TableFooter) {
    locked {
      footers[chunk] = footer
      chunkCount = min(chunkCount, chunk &+ 1)
      if failedChunk >= chunkCount {
        failedChunk = .max
        failure = nil
      }
      pthread_cond_broadcast(condition)
    }
  }

  /// What stands behind the table, once all threads are done.
  var footer: TableFooter? { footers.min { $0.key < $1.key }?.value }

  /// Waits until all chunks before this one are settled and gives the state in which it begins;
  /// nil when one of them has failed.
  func awaitTurn(_ chunk: Int) -> UInt32? {
    locked {
      while turn < chunk, failedChunk > chunk, stop == nil { pthread_cond_wait(condition, mutex) }
      return turn == chunk && stop == nil ? state : nil
    }
  }

  /// Settles a chunk: the state in which it ends, and the line ends within it.
  func finishTurn(_ chunk: Int, state: UInt32, lines count: Int) {
    locked {
      self.state = state
      // Chunks settle in order.
      lines.append(count)
      turn = chunk &+ 1
      pthread_cond_broadcast(condition)
    }
  }

  /// Notes how many rows begin in a chunk.
  func setRows(_ chunk: Int, _ count: Int) {
    locked {
      rows.set(chunk, count)
      pthread_cond_broadcast(condition)
    }
  }

  /// Waits until the rows of all chunks before this one are counted and gives their number; nil
  /// when one of them has failed.
  func rows(before chunk: Int) -> Int? {
    locked { wait(chunk) { rows.before(chunk) } }
  }

  /// Notes how many bytes a column has in a chunk, waits for the chunks before it and gives how
  /// many it has in all of them; nil when one of them has failed.
  func bytes(before chunk: Int, column: Int, adding count: Int) -> Int? {
    setBytes(chunk, column: column, count)
    return locked { wait(chunk) { bytes[column]?.before(chunk) } }
  }

  /// Notes how many bytes a column has in a chunk.
  func setBytes(_ chunk: Int, column: Int, _ count: Int) {
    locked {
      bytes[column, default: RunningTotal()].set(chunk, count)
      pthread_cond_broadcast(condition)
    }
  }

  /// How many bytes each column has up to here, once all threads are done.
  var byteTotals: [Int: Int] { bytes.mapValues(\.total) }

  /// Sleeps until something about the chunks before this one is known.
  private func wait(_ chunk: Int, for known: () -> Int?) -> Int? {
    while stop == nil, chunk < min(failedChunk, chunkCount) {
      if let value = known() { return value }
      pthread_cond_wait(condition, mutex)
    }
    return nil
  }

  /// Reports a failure; of several, the first in the file stands.
  func fail(_ chunk: Int, _ failure: ChunkFailure) {
    locked {
      if chunk < min(failedChunk, chunkCount) {
        failedChunk = chunk
        self.failure = failure
      }
      pthread_cond_broadcast(condition)
    }
  }

  /// Stops everybody for a reason that belongs to no record.
  func abort(_ reason: Diagnostic) {
    locked {
      if stop == nil { stop = reason }
      pthread_cond_broadcast(condition)
    }
  }

  /// How the scan ended, once all threads are done: the rows and line ends before each chunk,
  /// with the totals behind the last.
  func outcome(
    header: CSVHeader, source: TextSource
  ) throws(Diagnostic) -> (rows: [Int], lines: [Int]) {
    if let stop { throw stop }
    var rowBases = [0]
    var lineBases = [header.lineCount]
    for chunk in 0..<min(turn, failedChunk, chunkCount) {
      rowBases.append(rows.before(chunk &+ 1) ?? rows.total)
      lineBases.append((lineBases.last ?? 0) &+ lines[chunk])
    }
    if let failure {
      let place = LoadErrors.Place(
        path: source.path, record: (rowBases.last ?? 0) &+ failure.row &+ header.recordCount &+ 1,
        line: (lineBases.last ?? 0) &+ failure.line &+ 1, byte: failure.byte,
        isOfText: !source.isFileItself)
      throw failure.make(place)
    }
    return (rowBases, lineBases)
  }
}
