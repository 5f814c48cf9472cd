import CivilTime
import ColumnStore
import QueryPlanning

/// Counts what is there at moments, or happens in periods, in one pass over the rows: a row adds
/// to a difference array where it begins and where it ends, and running sums give every period.
struct SnapshotAggregator {
  private let task: AggregationTask
  private let frame: SnapshotFrame
  private let compiler: RowCompiler
  private let keys: [KeyColumn]
  private let combination: KeyCombination
  /// The starts of the periods, and the end of the last.
  private let bounds: [Int64]
  private let months: [Double]

  private var periods: Int { bounds.count - 1 }

  /// The groups of a snapshot task: its keys, the period in its place among them.
  static func run(
    _ task: AggregationTask, _ frame: SnapshotFrame, store: DataStore, settings: PlanningSettings,
    recorder: ExecutionRecorder? = nil
  ) throws(ExecutionError) -> GroupTable {
    let compiler = RowCompiler(
      store: store, dataset: task.scope.dataset, settings: settings, recorder: recorder)
    return try ExecutionRecorder.measure(
      recorder, "scan \(store.model.datasets[task.scope.dataset].name)",
      detail: { "\(compiler.rowCount) rows into \($0.count) groups and periods" }
    ) { () throws(ExecutionError) in
      try SnapshotAggregator(task, frame, compiler).run()
    }
  }

  private init(
    _ task: AggregationTask, _ frame: SnapshotFrame, _ compiler: RowCompiler
  ) throws(ExecutionError) {
    self.task = task
    self.frame = frame
    self.compiler = compiler
    var keys: [KeyColumn] = []
    for (index, key) in task.keys.enumerated() where index != frame.key {
      keys.append(try compiler.key(key))
    }
    self.keys = keys
    combination = try KeyCombination.make(
      keys, rows: compiler.rowCount, store: compiler.store)
    let buckets = compiler.buckets(frame.grain, isCivil: frame.isCivil)
    var bounds: [Int64] = []
    if frame.first <= frame.last {
      if frame.key == nil {
        bounds = [buckets.start(of: frame.first), buckets.start(of: frame.last + 1)]
      } else {
        bounds = (frame.first...(frame.last + 1)).map { buckets.start(of: $0) }
      }
      if let days = frame.days {
        let day = buckets.firstDay(of: frame.first) + days
        bounds[1] = min(
          bounds[1], compiler.buckets(.day, isCivil: frame.isCivil).start(of: day))
      }
    }
    self.bounds = bounds.isEmpty ? [0] : bounds
    months = SnapshotAggregator.months(frame, bounds: bounds)
    let cells = combination.domain.multipliedReportingOverflow(by: self.bounds.count)
    if cells.overflow || cells.partialValue > 1 << 26 { throw .tooManyGroups(1 << 26) }
  }

  /// How many months each period has; other grains by the mean length of a month.
  private static func months(_ frame: SnapshotFrame, bounds: [Int64]) -> [Double] {
    guard bounds.count > 1 else { return [] }
    let count = Double(frame.key == nil ? frame.last - frame.first + 1 : 1)
    return (1..<bounds.count).map { index in
      switch frame.grain {
      case .year: 12 * count
      case .quarter: 3 * count
      case .month: count
      default: Double(bounds[index] - bounds[index - 1]) / (86_400 * 30.436875)
      }
    }
  }

  private func run() throws(ExecutionError) -> GroupTable {
    var columns: [SnapshotColumn] = []
    for primitive in task.primitives { columns.append(try column(primitive)) }
    var groups: [Int] = []
    var codes: [UInt32] = []
    var cells: [Int] = []
    for group in 0..<combination.domain {
      for period in 0..<periods {
        let cell = group * periods + period
        guard task.keys.isEmpty || columns.contains(where: { $0.hasAnything(cell) }) else {
          continue
        }
        cells.append(cell)
        groups.append(group)
        codes.append(UInt32(truncatingIfNeeded: period + 1))
      }
    }
    var found = combination.keys(of: GroupSelection(groups), order: keys, threads: 1)
    if let key = frame.key {
      let period = KeyColumn(
        codes: .plain(CodeArray(count: 0, largest: 0)),
        meaning: .integers(base: frame.first - 1, scale: 0), domain: periods + 1)
      found.columns.insert(
        GroupKeys.Column(key: period, codes: codes), at: min(key, found.columns.count))
      found.ascendsByCodes = false
    }
    return GroupTable(keys: found, primitives: columns.map { $0.column(cells) })
  }

  // MARK: One pass

  private func column(_ primitive: Primitive) throws(ExecutionError) -> SnapshotColumn {
    guard case .snapshot(let function) = primitive.function else {
      return SnapshotColumn(counts: [Int64](repeating: 0, count: combination.domain * periods))
    }
    if function == .months {
      return SnapshotColumn(
        constants: (0..<combination.domain * periods).map { months[$0 % max(periods, 1)] })
    }
    var tally = SnapshotTally(
      function: function, domain: combination.domain, bounds: bounds,
      isWeighted: primitive.operands.count > 2)
    let start = WholeSecondsOperator.make(try compiler.number(primitive.operands[0].expression))
    var end: NumberOperator?
    if primitive.operands.count > 1 {
      end = WholeSecondsOperator.make(try compiler.number(primitive.operands[1].expression))
    }
    var weight: NumberOperator?
    if primitive.operands.count > 2 {
      weight = try compiler.number(primitive.operands[2].expression)
    }
    let filter = try compiler.condition(.both(task.filter, primitive.filter) ?? .always(true))
    let mask = MaskBuffer()
    for block in Blocks.all(compiler.rowCount) {
      try compiler.store.cancellation.check()
      filter.evaluate(block, mask.words)
      start.evaluate(block)
      end?.evaluate(block)
      weight?.evaluate(block)
      for row in 0..<block.count
      where mask.words[row &>> 6] &>> UInt64(row & 63) & 1 == 1 && start.vector.isValid(row) {
        let from = start.vector.integers[row]
        var to: Int64?
        if let end, end.vector.isValid(row) { to = end.vector.integers[row] }
        // What ends before it starts is left out.
        if let to, to < from { continue }
        var amount: Double?
        // What is there without an amount adds nothing, but is there.
        if let weight { amount = weight.vector.isValid(row) ? weight.double(row) : 0 }
        forEachGroup(block.start + row) { group in
          tally.add(group: group, from: from, to: to, amount: amount)
        }
      }
    }
    return tally.finish()
  }

  private func forEachGroup(_ row: Int, _ visit: (Int) -> Void) {
    func descend(_ index: Int, _ group: Int) {
      guard index < combination.keys.count else { return visit(group) }
      combination.keys[index].forEachCode(row) { code in
        descend(index + 1, group + code * combination.strides[index])
      }
    }
    descend(0, 0)
  }
}

/// What one snapshot aggregate has gathered, a cell for each group and period.
struct SnapshotColumn {
  var counts: [Int64]?
  var sums: [CompensatedSum]?
  var ages: [[Int64]] = []
  var constants: [Double]?

  func hasAnything(_ cell: Int) -> Bool {
    if let counts { return counts[cell] != 0 }
    return cell < ages.count && !ages[cell].isEmpty
  }

  func column(_ cells: [Int]) -> PrimitiveColumn {
    if let sums { return .amounts(cells.map { sums[$0] }) }
    if let counts { return .counts(cells.map { counts[$0] }) }
    if let constants { return .constants(cells.map { constants[$0] }) }
    var values: [Int64] = []
    var ranges: [Range<Int>] = []
    for cell in cells {
      let start = values.count
      values += ages[cell]
      ranges.append(start..<values.count)
    }
    let grouped = GroupedValues(
      values: values, ranges: ranges, form: .integer(scale: 0, low: 0, high: .max))
    let medians = ranges.indices.map { grouped.quantile(0.5, of: CollectionOfOne($0)) }
    return .quantiles(grouped, fraction: 0.5, single: medians)
  }
}

/// Gathers one snapshot function.
private struct SnapshotTally {
  let function: SnapshotFunction
  let bounds: [Int64]
  private let periods: Int
  /// For each group the changes at each bound, then at the end.
  private var changes: [Int64]
  private var amounts: [CompensatedSum] = []
  private var ages: [[Int64]] = []
  private let isWeighted: Bool

  init(function: SnapshotFunction, domain: Int, bounds: [Int64], isWeighted: Bool) {
    self.function = function
    self.bounds = bounds
    self.isWeighted = isWeighted
    periods = bounds.count - 1
    changes = [Int64](repeating: 0, count: domain * (bounds.count + 1))
    if isWeighted { amounts = [CompensatedSum](repeating: CompensatedSum(), count: changes.count) }
    if function == .ageAtEnd { ages = [[Int64]](repeating: [], count: domain * periods) }
  }

  /// The first bound that lies behind an instant.
  private func behind(_ instant: Int64) -> Int {
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] > instant { high = middle } else { low = middle + 1 }
    }
    return low
  }

  mutating func add(group: Int, from: Int64, to: Int64?, amount: Double?) {
    let started = behind(from)
    let ended = to.map { behind($0) } ?? bounds.count
    let base = group * (bounds.count + 1)
    func note(_ lower: Int, _ upper: Int) {
      guard lower < upper else { return }
      changes[base + lower] += 1
      changes[base + upper] -= 1
      if let amount {
        amounts[base + lower] = amounts[base + lower].adding(amount)
        amounts[base + upper] = amounts[base + upper].adding(-amount)
      }
    }
    switch function {
    case .activeAtEnd, .activeAtStart: note(started, ended)
    case .startedWithin:
      if started >= 1, started <= periods { note(started - 1, started) }
    case .endedWithin:
      if to != nil, ended >= 1, ended <= periods { note(ended - 1, ended) }
    case .newActiveAtEnd:
      if started >= 1, started <= periods, ended > started { note(started - 1, started) }
    case .activeWithin: note(max(started - 1, 0), ended)
    case .ageAtEnd:
      for bound in max(started, 1)..<max(ended, max(started, 1)) where bound <= periods {
        ages[group * periods + bound - 1].append(bounds[bound] - from)
      }
    case .months: break
    }
  }

  func finish() -> SnapshotColumn {
    if function == .ageAtEnd { return SnapshotColumn(ages: ages) }
    let domain = changes.count / (bounds.count + 1)
    // At its end a period shows what is active at the next bound.
    let shift = function == .activeAtEnd ? 1 : 0
    var counts = [Int64](repeating: 0, count: domain * periods)
    var sums = [CompensatedSum](
      repeating: CompensatedSum(), count: isWeighted ? domain * periods : 0)
    for group in 0..<domain {
      var running: Int64 = 0
      var total = CompensatedSum()
      for bound in 0...periods {
        let index = group * (bounds.count + 1) + bound
        running += changes[index]
        if isWeighted {
          total = total.adding(amounts[index].sum).adding(amounts[index].compensation)
        }
        let period = bound - shift
        guard period >= 0, period < periods else { continue }
        counts[group * periods + period] = running
        if isWeighted { sums[group * periods + period] = total }
      }
    }
    return SnapshotColumn(counts: counts, sums: isWeighted ? sums : nil)
  }
}
