import CKernels
import ColumnStore

/// All values of each group, for percentiles and the most frequent value.
final class ValuesAccumulator: Accumulator {
  /// What is computed from the values.
  enum Purpose: Hashable { case quantile(Double), mode, survival(Double) }

  override var kernel: String { "all values in \(isNarrow ? 32 : 64) bits" }
  override var isDivisible: Bool { false }
  private let domain: Int
  private let threads: Int
  private let cancellation: CancellationFlag
  private let isNarrow: Bool
  private let own: ValueRun
  private var later: [ValueRun] = []
  private var grouped: GroupedValues?

  /// - Parameter rows: how many rows there will be at most.
  init(domain: Int, operand: NumberOperator, rows: Int, store: DataStore) {
    self.domain = domain
    threads = store.threads
    cancellation = store.cancellation
    if case .integer(_, let low, let high) = operand.form {
      isNarrow = low >= Int64(Int32.min) && high <= Int64(Int32.max)
    } else {
      isNarrow = false
    }
    // Threads take in about the same; what is reserved and never written costs no memory.
    own = ValueRun(
      byteWidth: isNarrow ? 4 : 8, domain: domain,
      capacity: rows / max(threads, 1) / 8 * 9 + 2 * NumberColumn.blockLength)
    super.init(operand: operand)
  }

  override func add(_ batch: Batch) {
    guard let operand else { return }
    own.reserve(batch.count)
    own.keep(batch.groups, count: batch.count)
    if isNarrow {
      dq_take_i32(
        operand.vector.integers, batch.positions, batch.count, own.nextValues(as: Int32.self))
    } else if operand.form == .double {
      let target = own.nextValues(as: Int64.self)
      for index in 0..<batch.count {
        target[index] = ExtremeAccumulator.ordered(operand.vector.doubles[batch.row(index)])
      }
    } else {
      dq_take_i64(
        operand.vector.integers, batch.positions, batch.count, own.nextValues(as: Int64.self))
    }
    own.count += batch.count
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? ValuesAccumulator else { return }
    later.append(other.own)
    later += other.later
  }

  /// The gathered values for a purpose; several purposes may share an accumulator. Without meaning
  /// once the query is cancelled.
  func result(_ wanted: GroupSelection, for purpose: Purpose) -> PrimitiveColumn {
    let values = groupedValues(wanted)
    if cancellation.isSet { return .modes(values) }
    switch purpose {
    case .quantile(let fraction):
      return .quantiles(
        values, fraction: fraction,
        single: values.quantiles(fraction, threads: threads, cancellation))
    case .mode: return .modes(values)
    case .survival(let fraction): return .survivals(values, fraction: fraction)
    }
  }

  private func groupedValues(_ wanted: GroupSelection) -> GroupedValues {
    if let grouped { return grouped }
    let none = GroupedValues(values: [], ranges: [], form: .double)
    if cancellation.isSet { return none }
    let runs = [own] + later
    later = []
    // Each run writes behind the earlier ones, so that all can do so at once.
    let cancellation = cancellation
    let places = runs.map(\.places)
    var starts = [Int](repeating: 0, count: domain + 1)
    var next = 0
    for group in 0..<domain {
      if group & 0xFFFF == 0, cancellation.isSet { break }
      starts[group] = next
      for own in places {
        let count = own[group]
        own[group] = next
        next += count
      }
    }
    starts[domain] = next
    if cancellation.isSet { return none }
    let memory = ColumnMemory(uninitializedByteCount: next * (isNarrow ? 4 : 8))
    Parallel.forEach(runs.count, threads: threads) { index in
      if cancellation.isSet { return }
      runs[index].scatter(memory.base, cancellation)
      runs[index].free()
    }
    if cancellation.isSet { return none }
    let result = GroupedValues(
      memory: memory, isNarrow: isNarrow, ranges: wanted.map { starts[$0]..<starts[$0 + 1] },
      form: operand?.form ?? .double)
    grouped = result
    return result
  }
}

/// Values with the group of each, in the order in which one thread met them.
private final class ValueRun: @unchecked Sendable {
  private let byteWidth: Int
  private let domain: Int
  private let groupWidth: Int
  private var capacity: Int
  private var groupMemory: ColumnMemory
  private var valueMemory: ColumnMemory
  var count = 0
  /// For each group how many values there are, then where its next one goes.
  private(set) var places: UnsafeMutablePointer<Int>

  /// Values between two looks at whether the query is cancelled.
  private static let pieceLength = 1 << 19

  init(byteWidth: Int, domain: Int, capacity: Int) {
    self.byteWidth = byteWidth
    self.domain = domain
    self.capacity = capacity
    groupWidth = domain <= 1 << 8 ? 1 : domain <= 1 << 16 ? 2 : 4
    groupMemory = ColumnMemory(uninitializedByteCount: capacity * groupWidth)
    valueMemory = ColumnMemory(uninitializedByteCount: capacity * byteWidth)
    places = .allocate(capacity: domain)
    places.initialize(repeating: 0, count: domain)
  }

  deinit { places.deallocate() }

  private var nextGroups: UnsafeMutableRawPointer { groupMemory.base + count * groupWidth }

  /// Takes in the groups of the next values, which are to follow.
  func keep(_ groups: UnsafePointer<UInt32>, count: Int) {
    let counts = UnsafeMutableRawPointer(places).assumingMemoryBound(to: Int64.self)
    dq_keep_groups(groups, count, domain, Int32(groupWidth), nextGroups, counts)
  }

  func nextValues<T: BitwiseCopyable>(as type: T.Type) -> UnsafeMutablePointer<T> {
    valueMemory.pointer(as: type) + count
  }

  /// Makes room for more values.
  func reserve(_ more: Int) {
    if count + more <= capacity { return }
    resize(to: max(capacity * 2, count + more))
  }

  /// Gives the memory back.
  func free() {
    count = 0
    resize(to: 1)
    places.deallocate()
    places = .allocate(capacity: 0)
  }

  private func resize(to size: Int) {
    let newGroups = ColumnMemory(uninitializedByteCount: size * groupWidth)
    let newValues = ColumnMemory(uninitializedByteCount: size * byteWidth)
    newGroups.base.copyMemory(from: groupMemory.base, byteCount: count * groupWidth)
    newValues.base.copyMemory(from: valueMemory.base, byteCount: count * byteWidth)
    (groupMemory, valueMemory, capacity) = (newGroups, newValues, size)
  }

  /// Puts the values where those of their groups go, unless the query is cancelled.
  func scatter(_ target: UnsafeMutableRawPointer, _ cancellation: CancellationFlag) {
    for start in stride(from: 0, to: count, by: Self.pieceLength) where !cancellation.isSet {
      dq_scatter(
        groupMemory.base + start * groupWidth, Int32(groupWidth),
        valueMemory.base + start * byteWidth, Int32(byteWidth),
        min(Self.pieceLength, count - start), places, target)
    }
  }
}
