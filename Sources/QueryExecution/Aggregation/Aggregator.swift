import CKernels
import ColumnStore
import QueryPlanning

/// Carries out an aggregation task over the columns of a store.
struct Aggregator: Sendable {
  private let compiler: RowCompiler
  private let task: AggregationTask
  private let keys: [KeyColumn]
  private let combination: KeyCombination
  /// Sums of doubles depend on their order, so these rows are cut the same way on any machine.
  private static let orderedChunks = 16

  /// The groups of a task.
  static func run(
    _ task: AggregationTask, store: DataStore, settings: PlanningSettings,
    recorder: ExecutionRecorder? = nil
  ) throws(ExecutionError) -> GroupTable {
    let compiler = RowCompiler(
      store: store, dataset: task.scope.dataset, settings: settings, recorder: recorder)
    let aggregator = try ExecutionRecorder.measure(
      recorder, "keys", detail: \Aggregator.combination.summary
    ) { () throws(ExecutionError) in
      try Aggregator(task, compiler)
    }
    let worker = try ExecutionRecorder.measure(
      recorder, "scan \(store.model.datasets[task.scope.dataset].name)",
      detail: { aggregator.summary(of: $0) }, aggregator.scan)
    return try ExecutionRecorder.measure(
      recorder, "gather", detail: { "\($0.count) groups" }
    ) { () throws(ExecutionError) in
      aggregator.table(worker)
    }
  }

  private init(_ task: AggregationTask, _ compiler: RowCompiler) throws(ExecutionError) {
    self.task = task
    self.compiler = compiler
    var keys: [KeyColumn] = []
    for key in task.keys { keys.append(try compiler.key(key)) }
    self.keys = keys
    combination = try KeyCombination.make(keys, rows: compiler.rowCount)
    for primitive in task.primitives where primitive.needsCodes {
      for operand in primitive.operands { _ = try compiler.key(operand) }
    }
  }

  private func scan() throws(ExecutionError) -> AggregationWorker {
    let rows = compiler.rowCount
    let blocks = Blocks.count(rows)
    // A first worker finds out what depends on the order, and fills what all share.
    let first = try worker()
    let threads = max(1, min(compiler.store.threads, blocks))
    let chunks =
      first.isOrdered
      ? max(1, min(blocks, combination.domain > 1 << 20 ? 2 : Self.orderedChunks)) : threads
    let slots = ThreadSlots<AggregationWorker>(count: chunks)
    slots[0] = first
    let failure = FailureSlot()
    Parallel.forEach(chunks, threads: threads) { chunk in
      do {
        let worker = try slots[chunk] ?? self.worker()
        slots[chunk] = worker
        for block in (blocks * chunk / chunks)..<(blocks * (chunk + 1) / chunks) {
          if compiler.store.cancellation.isSet { throw ExecutionError.cancelled }
          worker.process(Blocks.block(block, of: rows))
        }
      } catch {
        failure.set(error as? ExecutionError ?? .cancelled)
      }
    }
    if let error = failure.error { throw error }
    for chunk in 1..<max(chunks, 1) {
      if let worker = slots[chunk] { first.merge(worker) }
      slots[chunk] = nil
    }
    return first
  }

  /// How the rows were aggregated, in words.
  private func summary(of worker: AggregationWorker) -> String {
    let rows = compiler.rowCount
    let passing = worker.presence.counts.reduce(0, +)
    return "\(rows) rows in \(Blocks.count(rows)) blocks, \(passing) taken in; "
      + worker.kernels.joined(separator: ", ")
  }

  private func worker() throws(ExecutionError) -> AggregationWorker {
    try AggregationWorker(task, compiler, combination)
  }

  private func table(_ worker: AggregationWorker) -> GroupTable {
    var groups: [Int] = []
    if task.keys.isEmpty {
      groups = [0]
    } else {
      for group in 0..<combination.domain where worker.presence.counts[group] > 0 {
        groups.append(group)
      }
    }
    return GroupTable(
      keys: groups.map { combination.values($0, order: keys) },
      primitives: worker.results(groups))
  }
}

extension Primitive {
  /// Whether the operands are looked at as codes rather than as numbers.
  var needsCodes: Bool {
    switch function {
    case .distinct: true
    case .minimum, .maximum, .mode:
      switch operands.first?.type {
      case .text, .bucket, .part, .tags: true
      default: false
      }
    default: false
    }
  }
}

extension Primitive {
  /// What is computed from all values of a group, where they are gathered.
  var valuesPurpose: ValuesAccumulator.Purpose? {
    switch function {
    case .quantile(let fraction): .quantile(fraction)
    case .survivalQuantile(let fraction): .survival(fraction)
    case .mode: .mode
    default: nil
    }
  }
}
