import CKernels
import ColumnStore
import QueryPlanning

/// Aggregates one run of blocks on one thread.
final class AggregationWorker {
  private struct Item {
    var filter: ConditionOperator?
    var accumulator: Accumulator
  }

  /// How many rows each group has, whatever the primitives leave out.
  let presence: CountAccumulator
  /// Whether a result depends on the order in which rows are taken in.
  private(set) var isOrdered = false
  private let filter: ConditionOperator?
  private let combination: KeyCombination
  private let plainKeys: [(codes: CodeArray, stride: UInt32)]
  private let listKeys: [(key: KeyColumn, stride: UInt32)]
  private var items: [Item] = []
  /// For each primitive where its value is found.
  private var outputs: [Output] = []

  /// A primitive's share of an item.
  private struct Output {
    var item: Int
    /// What is computed from the item's values, where it gathers values.
    var purpose: ValuesAccumulator.Purpose?
    /// What the item's codes stand for, where it works on codes.
    var key: KeyColumn?
  }

  private let selected = MaskBuffer()
  private let taken = MaskBuffer()
  private let scratch = MaskBuffer()
  private let groups: UnsafeMutablePointer<UInt32>
  private let packed: UnsafeMutablePointer<UInt32>
  private let positions: UnsafeMutablePointer<UInt16>

  init(
    _ task: AggregationTask, _ compiler: RowCompiler, _ combination: KeyCombination
  ) throws(ExecutionError) {
    self.combination = combination
    let length = NumberColumn.blockLength
    groups = .allocate(capacity: length)
    packed = .allocate(capacity: length)
    positions = .allocate(capacity: length)
    groups.initialize(repeating: 0, count: length)
    packed.initialize(repeating: 0, count: length)
    positions.initialize(repeating: 0, count: length)
    presence = CountAccumulator(domain: combination.domain, operand: nil)
    var plain: [(CodeArray, UInt32)] = []
    var lists: [(KeyColumn, UInt32)] = []
    for (key, stride) in zip(combination.keys, combination.strides) {
      switch key.codes {
      case .plain(let codes): plain.append((codes, UInt32(truncatingIfNeeded: stride)))
      case .list: lists.append((key, UInt32(truncatingIfNeeded: stride)))
      }
    }
    plainKeys = plain
    listKeys = lists
    var filter: ConditionOperator?
    if let condition = task.filter { filter = try compiler.condition(condition) }
    self.filter = filter
    var valuesOf: [Primitive: Int] = [:]
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
      if primitive.needsCodes, primitive.function != .distinct {
        output.key = try compiler.key(primitive.operands[0])
      }
      items.append(Item(filter: own, accumulator: try accumulator(primitive, compiler)))
      outputs.append(output)
    }
  }

  deinit {
    groups.deallocate()
    packed.deallocate()
    positions.deallocate()
  }

  private func accumulator(
    _ primitive: Primitive, _ compiler: RowCompiler
  ) throws(ExecutionError) -> Accumulator {
    let domain = combination.domain
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
      if own.form.isInteger {
        return IntegerSumAccumulator(domain: domain, operand: own, rows: compiler.rowCount)
      }
      isOrdered = true
      return DoubleSumAccumulator(domain: domain, operand: own)
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
        combination: try KeyCombination.make(keys, rows: compiler.rowCount, isWhole: true))
    case .survivalQuantile:
      return values(
        CensoredOperator.make(ended: try operand(0), open: try operand(1)), compiler)
    case .snapshot:
      // The executor gives snapshot tasks to an aggregator of their own.
      return CountAccumulator(domain: domain, operand: nil)
    case .correlation:
      isOrdered = true
      return CorrelationAccumulator(domain: domain, try operand(0), try operand(1))
    }
  }

  private func values(_ operand: NumberOperator, _ compiler: RowCompiler) -> Accumulator {
    ValuesAccumulator(
      domain: combination.domain, operand: operand, rows: compiler.rowCount,
      threads: compiler.store.threads)
  }

  /// Takes in a block.
  func process(_ block: Block) {
    let mask = selected.words
    if let filter {
      filter.evaluate(block, mask)
      if (0..<block.wordCount).allSatisfy({ mask[$0] == 0 }) { return }
    } else {
      ConditionOperator.fill(mask, block, with: true)
    }
    fillGroups(block)
    if !listKeys.isEmpty { return processLists(block) }
    presence.add(block, groups: groups, mask: mask)
    for item in items { add(item, block) }
  }

  /// The group numbers of the block's rows from the keys with one code a row.
  private func fillGroups(_ block: Block) {
    guard let first = plainKeys.first else {
      groups.update(repeating: 0, count: block.count)
      return
    }
    let memory = first.codes.memory
    switch first.codes.byteWidth {
    case 1:
      dq_groups_set_u8(
        memory.pointer(as: UInt8.self) + block.start, block.count, first.stride, groups)
    case 2:
      dq_groups_set_u16(
        memory.pointer(as: UInt16.self) + block.start, block.count, first.stride, groups)
    default:
      dq_groups_set_u32(
        memory.pointer(as: UInt32.self) + block.start, block.count, first.stride, groups)
    }
    for (codes, stride) in plainKeys.dropFirst() {
      switch codes.byteWidth {
      case 1:
        dq_groups_add_u8(
          codes.memory.pointer(as: UInt8.self) + block.start, block.count, stride, groups)
      case 2:
        dq_groups_add_u16(
          codes.memory.pointer(as: UInt16.self) + block.start, block.count, stride, groups)
      default:
        dq_groups_add_u32(
          codes.memory.pointer(as: UInt32.self) + block.start, block.count, stride, groups)
      }
    }
  }

  /// The rows that an item takes: selected, passing its own filter, with a value. Gives whether
  /// any is left.
  private func take(_ item: Item, _ block: Block) -> Bool {
    let mask = taken.words
    if let filter = item.filter {
      filter.evaluate(block, mask)
      for word in 0..<block.wordCount { mask[word] &= selected.words[word] }
    } else {
      mask.update(from: selected.words, count: block.wordCount)
    }
    if let known = (item.accumulator as? KnownTextAccumulator)?.condition {
      known.evaluate(block, scratch.words)
      for word in 0..<block.wordCount { mask[word] &= scratch.words[word] }
    }
    guard (0..<block.wordCount).contains(where: { mask[$0] != 0 }) else { return false }
    if let operand = item.accumulator.operand {
      operand.evaluate(block)
      if !operand.vector.allValid {
        for word in 0..<block.wordCount { mask[word] &= operand.vector.validity[word] }
      }
    }
    return true
  }

  private func add(_ item: Item, _ block: Block) {
    guard take(item, block) else { return }
    if let count = item.accumulator as? CountAccumulator {
      return count.add(block, groups: groups, mask: taken.words)
    }
    let count = dq_positions(taken.words, block.count, positions)
    if count == block.count {
      item.accumulator.add(Batch(block: block, groups: groups, positions: nil, count: count))
    } else if count > 0 {
      dq_groups_gather(groups, positions, count, packed)
      item.accumulator.add(
        Batch(block: block, groups: packed, positions: positions, count: count))
    }
  }

  // MARK: Rows with several groups

  private func processLists(_ block: Block) {
    let all = expanded(selected.words, block)
    feed(presence, all.rows, all.groups, block)
    for item in items {
      let takesAll =
        item.filter == nil && item.accumulator.operand == nil
        && !(item.accumulator is KnownTextAccumulator)
      if takesAll {
        feed(item.accumulator, all.rows, all.groups, block)
      } else if take(item, block) {
        let some = expanded(taken.words, block)
        feed(item.accumulator, some.rows, some.groups, block)
      }
    }
  }

  /// The rows of a mask with the number of each group they belong to.
  private func expanded(
    _ mask: UnsafeMutablePointer<UInt64>, _ block: Block
  ) -> (rows: [UInt16], groups: [UInt32]) {
    let count = dq_positions(mask, block.count, positions)
    var rows = [UInt16](UnsafeBufferPointer(start: positions, count: count))
    var numbers = rows.map { groups[Int($0)] }
    for (key, stride) in listKeys {
      guard case .list(let offsets, let codes) = key.codes else { continue }
      let starts = offsets.pointer(as: UInt32.self) + block.start
      var wideRows: [UInt16] = []
      var wideNumbers: [UInt32] = []
      wideRows.reserveCapacity(rows.count * 2)
      wideNumbers.reserveCapacity(rows.count * 2)
      func expand<Code: FixedWidthInteger & BitwiseCopyable>(_ type: Code.Type) {
        let values = codes.memory.pointer(as: type)
        for (index, row) in rows.enumerated() {
          let from = Int(starts[Int(row)])
          let to = Int(starts[Int(row) &+ 1])
          if from == to {
            wideRows.append(row)
            wideNumbers.append(numbers[index])
          }
          for position in from..<to {
            wideRows.append(row)
            wideNumbers.append(
              numbers[index] &+ UInt32(truncatingIfNeeded: values[position]) &* stride)
          }
        }
      }
      switch codes.byteWidth {
      case 1: expand(UInt8.self)
      case 2: expand(UInt16.self)
      default: expand(UInt32.self)
      }
      rows = wideRows
      numbers = wideNumbers
    }
    return (rows, numbers)
  }

  private func feed(
    _ accumulator: Accumulator, _ rows: [UInt16], _ groups: [UInt32], _ block: Block
  ) {
    rows.withUnsafeBufferPointer { rows in
      groups.withUnsafeBufferPointer { groups in
        guard let row = rows.baseAddress, let group = groups.baseAddress, rows.count > 0 else {
          return
        }
        accumulator.add(Batch(block: block, groups: group, positions: row, count: rows.count))
      }
    }
  }

  // MARK: Results

  /// Takes in what a worker on later blocks has gathered.
  func merge(_ other: AggregationWorker) {
    presence.merge(other.presence)
    for (own, theirs) in zip(items, other.items) { own.accumulator.merge(theirs.accumulator) }
  }

  /// The aggregates of some groups.
  func results(_ groups: [Int]) -> [PrimitiveColumn] {
    outputs.map { output in
      let accumulator = items[output.item].accumulator
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

  override func result(_ groups: [Int]) -> PrimitiveColumn { counts.result(groups) }
}
