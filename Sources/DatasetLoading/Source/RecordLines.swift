import Synchronization

/// The line on which each record of a converted file starts, kept as runs of equal steps.
final class RecordLines: Sendable {
  private struct Run {
    var record: Int
    var line: Int
    var step = 0
  }

  private struct State {
    var runs: [Run] = []
    var count = 0
    var isFull = false
  }

  private let state = Mutex(State())
  // Records that follow no pattern cost 24 bytes for every other one.
  private static let runLimit = 1 << 18

  /// Lines that are added one by one.
  init() {}

  /// One line for each record, from a first one on, as in tables without lines of their own.
  init(from first: Int) {
    state.withLock { $0 = State(runs: [Run(record: 0, line: first, step: 1)], count: .max) }
  }

  /// Adds the line of the next record.
  func add(_ line: Int) {
    state.withLock { state in
      defer { state.count &+= 1 }
      if state.isFull { return }
      if let run = state.runs.last {
        let steps = state.count &- run.record
        if steps == 1 {
          state.runs[state.runs.count &- 1].step = line &- run.line
          return
        }
        if run.line &+ steps &* run.step == line { return }
      }
      if state.runs.count == RecordLines.runLimit {
        state.isFull = true
      } else {
        state.runs.append(Run(record: state.count, line: line))
      }
    }
  }

  /// Forgets all lines.
  func removeAll() { state.withLock { $0 = State() } }

  /// Becomes what another has.
  func take(_ other: RecordLines) {
    if other === self { return }
    let theirs = other.state.withLock { $0 }
    state.withLock { $0 = theirs }
  }

  /// The line of a record, counted from 0; 0 where it is not known.
  func line(of record: Int) -> Int {
    state.withLock { state in
      var low = 0
      var high = state.runs.count
      while low < high {
        let middle = (low &+ high) / 2
        if state.runs[middle].record <= record { low = middle &+ 1 } else { high = middle }
      }
      guard low > 0, record < state.count else { return 0 }
      let run = state.runs[low &- 1]
      if state.isFull, low == state.runs.count { return 0 }
      return run.line &+ (record &- run.record) &* run.step
    }
  }
}
