import CKernels
import ColumnStore
import QueryPlanning

/// Keeps the best rows of each value of a key while all rows pass by, instead of sorting them.
final class TopRows {
  /// More rows of a group are found faster by sorting all.
  private static let mostRows = 64
  private static let mostEntries = 1 << 24

  private let domain: Int
  private let count: Int
  /// For each group `count` values, the smallest first.
  private var values: [Int64]
  /// The row of each value; the largest number where there is none.
  private var rows: [UInt32]

  private init(domain: Int, count: Int) {
    self.domain = domain
    self.count = count
    values = [Int64](repeating: 0, count: domain * count)
    rows = [UInt32](repeating: .max, count: domain * count)
  }

  /// The best rows of a list, those of each value of the key together in the order of the keys; nil
  /// where they are found better by sorting.
  static func rows(
    _ ranking: BoundListRanking, filter: RowCondition?, _ compiler: RowCompiler
  ) throws(ExecutionError) -> [Int]? {
    if ranking.by.type == .text { return nil }
    var key: KeyColumn?
    if let per = ranking.per { key = try compiler.key(per) }
    if key?.isList == true { return nil }
    let domain = key?.domain ?? 1
    let (entries, overflow) = domain.multipliedReportingOverflow(by: ranking.count)
    guard (1...mostRows).contains(ranking.count), !overflow, entries <= mostEntries else {
      return nil
    }
    let best = try scan(ranking, filter: filter, key?.plainCodes, domain: domain, compiler)
    guard let key else { return best.rows(of: 0) }
    let present = (0..<domain).filter { best.rows[$0 * best.count] != .max }
    return try KeyOrder.sorted(present, of: key, compiler.store.cancellation).flatMap {
      best.rows(of: $0)
    }
  }

  private func rows(of group: Int) -> [Int] {
    rows[(group * count)..<((group + 1) * count)].prefix { $0 != .max }.map { Int($0) }
  }

  private static func scan(
    _ ranking: BoundListRanking, filter: RowCondition?, _ codes: CodeArray?, domain: Int,
    _ compiler: RowCompiler
  ) throws(ExecutionError) -> TopRows {
    let rowCount = compiler.rowCount
    let blocks = Blocks.count(rowCount)
    let threads = Blocks.threads(rowCount, atMost: compiler.store.threads)
    let slots = ThreadSlots<TopRows>(count: threads)
    let failure = FailureSlot()
    Parallel.run(threads: threads) { thread in
      let own = TopRows(domain: domain, count: ranking.count)
      slots[thread] = own
      do throws(ExecutionError) {
        let scanner = try TopRowsScanner(ranking, filter: filter, codes, compiler)
        for block in (blocks * thread / threads)..<(blocks * (thread + 1) / threads) {
          try compiler.store.cancellation.check()
          scanner.scan(Blocks.block(block, of: rowCount), into: own)
        }
      } catch {
        failure.set(error)
      }
    }
    if let error = failure.error { throw error }
    let all = slots.values.compactMap { $0 }
    for later in all.dropFirst() { all[0].merge(later) }
    return all[0]
  }

  /// Takes in rows of a block, ascending.
  func add(_ batch: Batch, _ keys: UnsafePointer<Int64>) {
    values.withUnsafeMutableBufferPointer { values in
      rows.withUnsafeMutableBufferPointer { rows in
        dq_keep_least(
          batch.groups, batch.positions, batch.count, keys,
          UInt32(truncatingIfNeeded: batch.block.start), count, values.baseAddress,
          rows.baseAddress)
      }
    }
  }

  /// Takes in what has been kept of later rows.
  private func merge(_ later: TopRows) {
    for group in 0..<domain {
      let own = group * count
      var place = own
      for entry in own..<(own + count) where later.rows[entry] != .max {
        let (value, row) = (later.values[entry], later.rows[entry])
        // Of equal values that of the earlier row is first.
        while place < own + count, rows[place] != .max, values[place] <= value { place += 1 }
        if place == own + count { break }
        for behind in stride(from: own + count - 1, to: place, by: -1) {
          values[behind] = values[behind - 1]
          rows[behind] = rows[behind - 1]
        }
        values[place] = value
        rows[place] = row
        place += 1
      }
    }
  }
}

/// Finds the rows of a block that are ranked, and what they are ranked by.
private final class TopRowsScanner {
  private let by: NumberOperator
  private let filter: ConditionOperator?
  private let codes: CodeArray?
  private let isDescending: Bool
  private let mask = MaskBuffer()
  private let groups: UnsafeMutablePointer<UInt32>
  private let packed: UnsafeMutablePointer<UInt32>
  private let positions: UnsafeMutablePointer<UInt16>
  private let keys: UnsafeMutablePointer<Int64>

  init(
    _ ranking: BoundListRanking, filter: RowCondition?, _ codes: CodeArray?,
    _ compiler: RowCompiler
  ) throws(ExecutionError) {
    by = try compiler.number(ranking.by.expression)
    var own: ConditionOperator?
    if let filter { own = try compiler.condition(filter) }
    self.filter = own
    self.codes = codes
    isDescending = !ranking.isBottom
    let length = NumberColumn.blockLength
    groups = .allocate(capacity: length)
    packed = .allocate(capacity: length)
    positions = .allocate(capacity: length)
    keys = .allocate(capacity: length)
    groups.initialize(repeating: 0, count: length)
  }

  deinit {
    groups.deallocate()
    packed.deallocate()
    positions.deallocate()
    keys.deallocate()
  }

  func scan(_ block: Block, into best: TopRows) {
    let words = mask.words
    if let filter {
      filter.evaluate(block, words)
    } else {
      ConditionOperator.fill(words, block, with: true)
    }
    by.evaluate(block)
    if !by.vector.allValid {
      for word in 0..<block.wordCount { words[word] &= by.vector.validity[word] }
    }
    let count = dq_positions(words, block.count, positions)
    if count == 0 { return }
    orderKeys(block)
    codes?.fillGroups(block, groups)
    dq_pack_groups(groups, words, block.count, packed)
    best.add(
      Batch(block: block, groups: packed, positions: positions, count: count), keys)
  }

  /// The values as integers of which the best is the smallest.
  private func orderKeys(_ block: Block) {
    let flip: Int64 = isDescending ? ~0 : 0
    if by.form == .double {
      let values = by.vector.doubles
      for row in 0..<block.count { keys[row] = ExtremeAccumulator.ordered(values[row]) ^ flip }
    } else {
      let values = by.vector.integers
      for row in 0..<block.count { keys[row] = values[row] ^ flip }
    }
  }
}
