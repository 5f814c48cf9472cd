import ColumnStore
import QueryPlanning
import Synchronization

/// Notes what the execution of a plan does: its steps with their times, and the columns read.
public final class ExecutionRecorder: Sendable {
  /// One step of the execution.
  public struct Step: Hashable, Sendable {
    /// What was done, such as `scan tickets`.
    public var name: String
    /// How it was done: kernels, sizes, threads.
    public var detail: String
    /// The bytes of the columns that the step looks at.
    public var byteCount: Int
    /// Wall time in seconds.
    public var seconds: Double
  }

  private struct Notes {
    var steps: [Step] = []
    var columns: [ColumnPath: Int] = [:]
  }

  private let notes = Mutex(Notes())

  /// A recorder without steps.
  public init() {}

  /// The steps so far, in their order.
  public var steps: [Step] { notes.withLock { $0.steps } }

  /// Notes that the step at hand looks at a column.
  func use(_ path: ColumnPath, _ column: Column) {
    notes.withLock { $0.columns[path] = column.byteCount }
  }

  /// Runs a step; `detail` is asked when it is over.
  static func measure<T>(
    _ recorder: ExecutionRecorder?, _ name: @autoclosure () -> String,
    detail: (T) -> String, _ body: () throws(ExecutionError) -> T
  ) throws(ExecutionError) -> T {
    guard let recorder else { return try body() }
    let start = ContinuousClock.now
    let result = try body()
    let time = (ContinuousClock.now - start).components
    let seconds = Double(time.seconds) + Double(time.attoseconds) * 1e-18
    let step = Step(name: name(), detail: detail(result), byteCount: 0, seconds: seconds)
    recorder.notes.withLock { notes in
      var step = step
      step.byteCount = notes.columns.values.reduce(0, +)
      notes.columns = [:]
      notes.steps.append(step)
    }
    return result
  }
}

extension Column {
  /// The memory of the values, without dictionaries.
  var byteCount: Int {
    switch self {
    case .number(let column): column.memory.byteCount
    case .dictionary(let column): column.codes.memory.byteCount
    case .text(let column): column.heap.bytes.byteCount + column.heap.offsets.byteCount
    case .template(let column):
      column.templates.codes.memory.byteCount + column.digits.byteCount + column.offsets.byteCount
    case .tags(let column): column.offsets.byteCount + column.codes.memory.byteCount
    }
  }
}
