import CKernels
import ColumnStore
import QueryPlanning

/// Aggregates one run of blocks on one thread.
final class AggregationWorker {
  /// How many rows each group has, whatever the primitives leave out.
  let presence: CountAccumulator
  /// Whether a result depends on the order in which rows are taken in.
  private(set) var isOrdered = false
  private let filter: ConditionOperator?
  private let combination: KeyCombination
  /// The groups that the worker takes in: all, or those left to it by other workers.
  private let groupRange: Range<Int>
  private let plainKeys: [GroupCodes]
  private let listKeys: [(key: KeyColumn, stride: UInt32)]
  private var items: [AggregationItem] = []
  /// Counts for several items at once.
  private var fold: (any GroupFold)?
  /// For each primitive where its value is found.
  private var outputs: [Output] = []

  /// A primitive's share of an item.
  private struct Output {
    /// The index of the item; nil where it is how many rows there are.
    var item: Int?
    /// What is computed from the item's values, where it gathers values.
    var purpose: ValuesAccumulator.Purpose?
    /// What the item's codes stand for, where it works on codes.
    var key: KeyColumn?
  }

  private let narrow = NarrowGroups()
  private let selected = MaskBuffer()
  private let taken = MaskBuffer()
  private let scratch = MaskBuffer()
  private let groups: UnsafeMutablePointer<UInt32>
  private let packed: UnsafeMutablePointer<UInt32>
  private let positions: UnsafeMutablePointer<UInt16>

  /// - Parameter groups: which groups it takes in; all where rows may belong to several.
  init(
    _ task: AggregationTask, _ compiler: RowCompiler, _ combination: KeyCombination,
    groups groupRange: Range<Int>
  ) throws(ExecutionError) {
    self.combination = combination
    self.groupRange = groupRange
    let length = NumberColumn.blockLength
    groups = .allocate(capacity: length)
    packed = .allocate(capacity: length)
    positions = .allocate(capacity: length)
    // Of a small table no more is touched than its rows take.
    let used = min(length, (compiler.rowCount &+ 63) & ~63)
    groups.initialize(repeating: 0, count: used)
    packed.initialize(repeating: 0, count: used)
    positions.initialize(repeating: 0, count: used)
    presence = CountAccumulator(domain: groupRange.count, operand: nil)
    var plain: [GroupCodes] = []
    var lists: [(KeyColumn, UInt32)] = []
    for (key, stride) in zip(combination.keys, combination.strides) {
      switch key.codes {
      case .plain(let codes):
        let stride = UInt32(truncatingIfNeeded: stride)
        plain.append(GroupCodes(codes: codes, stride: stride))
      case .list: lists.append((key, UInt32(truncatingIfNeeded: stride)))
      }
    }
    plainKeys = plain
    listKeys = lists
    var filter: ConditionOperator?
    if let condition = task.filter { filter = try compiler.condition(condition) }
    self.filter = filter
    var valuesOf: [Primitive: Int] = [:]
    var columns: [ColumnPath: [Int]] = [:]
    for primitive in task.primitives {
      var output = Output(item: items.count)
      output.purpose = primitive.valuesPurpose
      // Several percentiles of the same values share one item.
      var shared = primitive
      if output.purpose != nil, primitive.operands.count == 1 {
        shared.function = .mode
        if let item = valuesOf[shared], !primitive.needsCodes {
          output.item = item
          outputs.append(output)
          continue
        }
        valuesOf[shared] = items.count
      }
      var own: ConditionOperator?
      if let condition = primitive.filter { own = try compiler.condition(condition) }
      if try isPresence(primitive, compiler) {
        output.item = nil
        outputs.append(output)
        continue
      }
      if primitive.needsCodes, primitive.function != .distinct {
        output.key = try compiler.key(primitive.operands[0])
      }
      let accumulator = try accumulator(primitive, compiler)
      if accumulator.takesRepeats, let column = primitive.onlyColumn {
        columns[column, default: []].append(items.count)
      }
      items.append(AggregationItem(filter: own, accumulator: accumulator))
      outputs.append(output)
    }
    if listKeys.isEmpty { makeFold(columns, compiler) }
  }

  /// Folds the items of the column that most of them depend on alone; otherwise those that count.
  private func makeFold(_ columns: [ColumnPath: [Int]], _ compiler: RowCompiler) {
    let most = columns.max { ($0.value.count, $1.value[0]) < ($1.value.count, $0.value[0]) }
    if let most, case .number(let column) = compiler.column(most.key),
      let fold = ValueFold(column, groups: groupRange.count)
    {
      for index in most.value {
        fold.add(items[index].accumulator, filter: items[index].filter)
        items[index].isFolded = true
      }
      self.fold = fold
      return
    }
    let counting = items.indices.filter { items[$0].accumulator is CountAccumulator }
    fold = CountFold(counting.map { items[$0] }, groups: groupRange.count)
    if fold != nil { for index in counting { items[index].isFolded = true } }
  }

  deinit {
    groups.deallocate()
    packed.deallocate()
    positions.deallocate()
  }

  /// Whether a primitive counts all rows that are taken in.
  private func isPresence(
    _ primitive: Primitive, _ compiler: RowCompiler
  ) throws(ExecutionError) -> Bool {
    guard primitive.filter == nil else { return false }
    switch primitive.function {
    case .rows: return true
    case .known:
      let operand = primitive.operands[0]
      if operand.type == .text || operand.type == .tags { return false }
      return try compiler.number(operand.expression).isComplete
    default: return false
    }
  }

  private func accumulator(
    _ primitive: Primitive, _ compiler: RowCompiler
  ) throws(ExecutionError) -> Accumulator {
    let domain = groupRange.count
    func operand(_ index: Int = 0) throws(ExecutionError) -> NumberOperator {
      try compiler.number(primitive.operands[index].expression)
    }
    func codedOperand() throws(ExecutionError) -> NumberOperator {
      let key = try compiler.key(primitive.operands[0])
      guard case .plain(let codes) = key.codes else { return ConstantOperator() }
      return CodeTableOperator(codes: codes, table: (0..<key.domain).map { Int64($0) })
    }
    switch primitive.function {
    case .rows: return CountAccumulator(domain: domain, operand: nil)
    case .known:
      let key = primitive.operands[0]
      if key.type == .text || key.type == .tags {
        // Texts are known where their code is not 0: the filter says so.
        let known = RowCondition.not(.isMissing(key.expression))
        return KnownTextAccumulator(domain: domain, condition: try compiler.condition(known))
      }
      return CountAccumulator(domain: domain, operand: try operand())
    case .sum:
      let own = try operand()
      // What every row has is counted already.
      let counted = own.isComplete && primitive.filter == nil ? presence : nil
      if own.form.isInteger {
        return IntegerSumAccumulator(
          domain: domain, operand: own, rows: compiler.rowCount, counted: counted)
      }
      isOrdered = true
      return DoubleSumAccumulator(domain: domain, operand: own, counted: counted)
    case .moments:
      let own = try operand()
      isOrdered = isOrdered || !own.form.isInteger
      return MomentsAccumulator(domain: domain, operand: own)
    case .minimum, .maximum:
      let own = primitive.needsCodes ? try codedOperand() : try operand()
      return ExtremeAccumulator(
        domain: domain, operand: own, isMinimum: primitive.function == .minimum)
    case .quantile: return values(try operand(), compiler)
    case .mode:
      let own = primitive.needsCodes ? try codedOperand() : try operand()
      return values(own, compiler)
    case .distinct:
      var keys: [KeyColumn] = []
      for operand in primitive.operands { keys.append(try compiler.key(operand)) }
      return DistinctAccumulator(
        domain: domain, keys: keys,
        combination: try KeyCombination.make(
          keys, rows: compiler.rowCount, isWhole: true, store: compiler.store),
        store: compiler.store)
    case .survivalQuantile:
      return values(
        CensoredOperator.make(ended: try operand(0), open: try operand(1)), compiler)
    case .snapshot:
      // The executor gives snapshot tasks to an aggregator of their own.
      return CountAccumulator(domain: domain, operand: nil)
    case .correlation:
      let (x, y) = (try operand(0), try operand(1))
      if let exact = ExactCorrelationAccumulator(
        domain: domain, x, y, rows: compiler.rowCount)
      {
        return exact
      }
      isOrdered = true
      return CorrelationAccumulator(domain: domain, x, y)
    }
  }

  private func values(_ operand: NumberOperator, _ compiler: RowCompiler) -> Accumulator {
    ValuesAccumulator(
      domain: groupRange.count, operand: operand, rows: compiler.rowCount,
      store: compiler.store)
  }

  /// How each aggregate is gathered, in words.
  var kernels: [String] {
    let way = fold.map { " " + $0.way } ?? ""
    let own = items.map { $0.accumulator.kernel + ($0.isFolded ? way : "") }
    return outputs.contains { $0.item == nil } ? [presence.kernel] + own : own
  }

  /// Whether several workers may each take in a part of the groups, and their results be joined.
  var isDivisible: Bool { listKeys.isEmpty && items.allSatisfy(\.accumulator.isDivisible) }

  /// Takes in a block.
  func process(_ block: Block) {
    let mask = selected.words
    if let filter {
      filter.evaluate(block, mask)
      if (0..<block.wordCount).allSatisfy({ mask[$0] == 0 }) { return }
    } else {
      ConditionOperator.fill(mask, block, with: true)
    }
    let isCounted = countNarrowly(block)
    if isCounted, items.allSatisfy(\.isFolded) { return }
    fillGroups(block)
    if groupRange.count < combination.domain {
      dq_groups_within(
        groups, block.count, UInt32(truncatingIfNeeded: groupRange.lowerBound),
        UInt32(truncatingIfNeeded: groupRange.count), mask)
    }
    if !listKeys.isEmpty { return processLists(block) }
    if !isCounted {
      if let fold {
        fold.process(block, groups: groups, mask: mask)
      } else {
        presence.add(block, groups: groups, mask: mask)
      }
    }
    for item in items where !item.isFolded { add(item, block) }
  }

  /// Counts a block that has few groups by the fold; false where it has many, or where so few rows
  /// are left that going through all costs more.
  private func countNarrowly(_ block: Block) -> Bool {
    guard let fold, groupRange.count == combination.domain,
      filter == nil || block.count(of: selected.words) >= block.count / 8,
      narrow.fill(block, plainKeys, placesEach: fold.placesEach)
    else { return false }
    fold.process(block, groups: narrow, mask: selected.words)
    return true
  }

  /// Completes what the blocks taken in have given, before it is merged or asked for.
  func finish() {
    fold?.finish(presence: presence)
  }

  /// The group numbers of the block's rows from the keys with one code a row.
  private func fillGroups(_ block: Block) {
    guard let first = plainKeys.first else {
      groups.update(repeating: 0, count: block.count)
      return
    }
    first.codes.fillGroups(block, groups, stride: first.stride)
    for key in plainKeys.dropFirst() {
      key.codes.addGroups(block, groups, stride: key.stride)
    }
  }

  /// The rows that an item takes. Gives whether any is left.
  private func take(_ item: AggregationItem, _ block: Block) -> Bool {
    item.take(block, of: selected.words, into: taken.words, scratch)
  }

  private func add(_ item: AggregationItem, _ block: Block) {
    guard take(item, block) else { return }
    if let count = item.accumulator as? CountAccumulator {
      return count.add(block, groups: groups, mask: taken.words)
    }
    var count = block.count(of: taken.words)
    if count == block.count {
      item.accumulator.add(Batch(block: block, groups: groups, positions: nil, count: count))
    } else if count > 0 {
      count = dq_positions(taken.words, block.count, positions)
      dq_pack_groups(groups, taken.words, block.count, packed)
      item.accumulator.add(
        Batch(block: block, groups: packed, positions: positions, count: count))
    }
  }

  // MARK: Rows with several groups

  private func processLists(_ block: Block) {
    let all = expanded(selected.words, block)
    feed(presence, all, block)
    for item in items {
      let takesAll =
        item.filter == nil && item.accumulator.operand == nil
        && !(item.accumulator is KnownTextAccumulator)
      if takesAll {
        feed(item.accumulator, all, block)
      } else if take(item, block) {
        feed(item.accumulator, expanded(taken.words, block), block)
      }
    }
  }

  /// The rows of a mask with the number of each group they belong to.
  private func expanded(_ mask: UnsafeMutablePointer<UInt64>, _ block: Block) -> GroupedRows {
    let result = GroupedRows(capacity: block.count)
    result.count = dq_positions(mask, block.count, result.rows)
    dq_pack_groups(groups, mask, block.count, result.groups)
    return listKeys.reduce(result) { rows, list in
      guard case .list(let offsets, let codes) = list.key.codes else { return rows }
      let starts = offsets.pointer(as: UInt32.self) + block.start
      // Every row stands for itself at least once.
      let wide = GroupedRows(capacity: rows.codeCount(starts) + rows.count)
      func expand<Code: BitwiseCopyable>(
        _ type: Code.Type,
        _ kernel: (
          UnsafePointer<UInt16>?, UnsafePointer<UInt32>?, Int, UnsafePointer<UInt32>?,
          UnsafePointer<Code>?, UInt32, UnsafeMutablePointer<UInt16>?,
          UnsafeMutablePointer<UInt32>?
        ) -> Int
      ) {
        wide.count = kernel(
          rows.rows, rows.groups, rows.count, starts, codes.memory.pointer(as: type), list.stride,
          wide.rows, wide.groups)
      }
      switch codes.byteWidth {
      case 1: expand(UInt8.self, dq_expand_u8)
      case 2: expand(UInt16.self, dq_expand_u16)
      default: expand(UInt32.self, dq_expand_u32)
      }
      return wide
    }
  }

  private func feed(_ accumulator: Accumulator, _ rows: GroupedRows, _ block: Block) {
    guard rows.count > 0 else { return }
    accumulator.add(
      Batch(block: block, groups: rows.groups, positions: rows.rows, count: rows.count))
  }

  // MARK: Results

  /// Takes in what a worker on later blocks has gathered.
  func merge(_ other: AggregationWorker) {
    presence.merge(other.presence)
    for (own, theirs) in zip(items, other.items) { own.accumulator.merge(theirs.accumulator) }
  }

  /// The aggregates of some groups, counted from the first that the worker takes in.
  func results(_ groups: GroupSelection) -> [PrimitiveColumn] {
    outputs.map { output in
      let accumulator = output.item.map { items[$0].accumulator } ?? presence
      var column = accumulator.result(groups)
      if let values = accumulator as? ValuesAccumulator, let purpose = output.purpose {
        column = values.result(groups, for: purpose)
      }
      return output.key.map { .coded(column, $0) } ?? column
    }
  }
}

/// How many rows have a text or a tag.
final class KnownTextAccumulator: Accumulator {
  let condition: ConditionOperator
  private let counts: CountAccumulator

  init(domain: Int, condition: ConditionOperator) {
    self.condition = condition
    counts = CountAccumulator(domain: domain, operand: nil)
    super.init(operand: nil)
  }

  override func add(_ batch: Batch) { counts.add(batch) }

  override func merge(_ other: Accumulator) {
    if let other = other as? KnownTextAccumulator { counts.merge(other.counts) }
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn { counts.result(groups) }
}

/// Rows of a block with a group of each; a row may stand there several times.
private final class GroupedRows {
  let rows: UnsafeMutablePointer<UInt16>
  let groups: UnsafeMutablePointer<UInt32>
  var count = 0

  init(capacity: Int) {
    // The kernels write up to three entries more than they count.
    rows = .allocate(capacity: capacity + 3)
    groups = .allocate(capacity: capacity + 3)
  }

  deinit {
    rows.deallocate()
    groups.deallocate()
  }

  /// How many codes the rows have together.
  func codeCount(_ starts: UnsafePointer<UInt32>) -> Int {
    var total = 0
    for index in 0..<count {
      let row = Int(rows[index])
      total += Int(starts[row + 1]) - Int(starts[row])
    }
    return total
  }
}
