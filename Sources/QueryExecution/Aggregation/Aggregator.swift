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
    let workers = try ExecutionRecorder.measure(
      recorder, "scan \(store.model.datasets[task.scope.dataset].name)",
      detail: { aggregator.summary(of: $0) }, aggregator.scan)
    return try ExecutionRecorder.measure(
      recorder, "gather", detail: { "\($0.count) groups" }
    ) { () throws(ExecutionError) in
      try aggregator.table(workers)
    }
  }

  private init(_ task: AggregationTask, _ compiler: RowCompiler) throws(ExecutionError) {
    self.task = task
    self.compiler = compiler
    var keys: [KeyColumn] = []
    for key in task.keys { keys.append(try compiler.key(key)) }
    self.keys = keys
    combination = try KeyCombination.make(
      keys, rows: compiler.rowCount, store: compiler.store)
    for primitive in task.primitives where primitive.needsCodes {
      for operand in primitive.operands { _ = try compiler.key(operand) }
    }
  }

  /// What has been gathered, for runs of groups one after the other.
  private func scan() throws(ExecutionError) -> [AggregationWorker] {
    // A first worker finds out what depends on the order, and fills what all share.
    if Self.hasManyGroups(combination.domain, rows: compiler.rowCount),
      try worker(0..<0).isDivisible
    {
      return try scanByGroups()
    }
    return [try scanByRows(try worker(0..<combination.domain))]
  }

  /// Whether there are so many groups that it costs less to look at every row on every thread than
  /// to keep and merge all groups for every thread.
  private static func hasManyGroups(_ domain: Int, rows: Int) -> Bool {
    domain > 1 << 16 && domain >= rows / 2
  }

  /// Each thread looks at all rows and takes in those of its groups.
  private func scanByGroups() throws(ExecutionError) -> [AggregationWorker] {
    let blocks = 0..<Blocks.count(compiler.rowCount)
    let threads = Blocks.threads(compiler.rowCount, atMost: compiler.store.threads)
    let domain = combination.domain
    return try workers(threads) { part throws(ExecutionError) in
      let worker = try self.worker((domain * part / threads)..<(domain * (part + 1) / threads))
      try process(blocks, worker)
      worker.finish()
      return worker
    }
  }

  /// Each thread takes in rows, and what all have gathered is merged: a run of rows each, merged in
  /// their order, where sums depend on it; otherwise neighbours first and then what others have not
  /// begun, since a condition may leave all its work to one run.
  private func scanByRows(_ first: AggregationWorker) throws(ExecutionError) -> AggregationWorker {
    let blocks = Blocks.count(compiler.rowCount)
    let shared = ThreadSlots<AggregationWorker>(count: 1)
    shared[0] = first
    @Sendable func worker(_ index: Int) throws(ExecutionError) -> AggregationWorker {
      if index == 0, let first = shared[0] { return first }
      return try self.worker(0..<combination.domain)
    }
    let all: [AggregationWorker]
    if first.isOrdered {
      let chunks = max(1, min(blocks, combination.domain > 1 << 20 ? 2 : Self.orderedChunks))
      all = try workers(chunks) { chunk throws(ExecutionError) in
        let worker = try worker(chunk)
        try process((blocks * chunk / chunks)..<(blocks * (chunk + 1) / chunks), worker)
        worker.finish()
        return worker
      }
    } else {
      let threads = max(1, min(compiler.store.threads, blocks))
      all = try gathered(threads) { keep in
        Parallel.takeTurns(blocks, threads: threads) { thread, next in
          keep(thread) { () throws(ExecutionError) in
            let worker = try worker(thread)
            while let block = next() { try process(block, worker) }
            worker.finish()
            return worker
          }
        }
      }
    }
    for worker in all.dropFirst() { first.merge(worker) }
    return first
  }

  private func process(
    _ blocks: Range<Int>, _ worker: AggregationWorker
  ) throws(ExecutionError) {
    for block in blocks { try process(block, worker) }
  }

  private func process(
    _ block: Int, _ worker: AggregationWorker
  ) throws(ExecutionError) {
    try compiler.store.cancellation.check()
    worker.process(Blocks.block(block, of: compiler.rowCount))
  }

  /// Workers that are made and do their work on several threads.
  private func workers(
    _ count: Int, _ make: @escaping @Sendable (Int) throws(ExecutionError) -> AggregationWorker
  ) throws(ExecutionError) -> [AggregationWorker] {
    try gathered(count) { keep in
      Parallel.forEach(count, threads: compiler.store.threads) { index in
        keep(index) { () throws(ExecutionError) in try make(index) }
      }
    }
  }

  /// The workers that several threads keep, each at an index of its own, in the order of these.
  private func gathered(
    _ count: Int, _ run: (_ keep: @escaping Keeping) -> Void
  ) throws(ExecutionError) -> [AggregationWorker] {
    let slots = ThreadSlots<AggregationWorker>(count: count)
    let failure = FailureSlot()
    run { index, make in
      do throws(ExecutionError) {
        slots[index] = try make()
      } catch {
        failure.set(error)
      }
    }
    if let error = failure.error { throw error }
    return slots.values.compactMap { $0 }
  }

  private typealias Keeping =
    @Sendable (_ index: Int, _ make: () throws(ExecutionError) -> AggregationWorker) -> Void

  /// How the rows were aggregated, in words.
  private func summary(of workers: [AggregationWorker]) -> String {
    let rows = compiler.rowCount
    let passing = workers.reduce(0) { $0 + $1.presence.counts.reduce(0, +) }
    return "\(rows) rows in \(Blocks.count(rows)) blocks, \(passing) taken in; "
      + (workers.first?.kernels ?? []).joined(separator: ", ")
  }

  private func worker(_ groups: Range<Int>) throws(ExecutionError) -> AggregationWorker {
    try AggregationWorker(task, compiler, combination, groups: groups)
  }

  private func table(_ workers: [AggregationWorker]) throws(ExecutionError) -> GroupTable {
    var groups = GroupSelection([])
    var primitives: [PrimitiveColumn] = []
    var start = 0
    for worker in workers {
      let counts = worker.presence.counts
      let own = task.keys.isEmpty ? GroupSelection(0..<1) : GroupSelection(present: counts)
      let results = worker.results(own)
      primitives =
        primitives.isEmpty ? results : zip(primitives, results).map { $0.joined(with: $1) }
      groups = start == 0 ? own : groups.joined(with: own, from: start)
      start += counts.count
      try compiler.store.cancellation.check()
    }
    return GroupTable(
      keys: combination.keys(of: groups, order: keys, threads: compiler.store.threads),
      primitives: primitives)
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
