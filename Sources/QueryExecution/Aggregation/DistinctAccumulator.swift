import CKernels
import ColumnStore

/// The distinct codes of each group: as bits where the codes are few, else as sorted pairs.
final class DistinctAccumulator: Accumulator {
  override var kernel: String { bits == nil ? "distinct by sorting" : "distinct by bitmap" }
  override var isDivisible: Bool { false }
  private static let largestBitmap = 1 << 29
  private let keys: [KeyColumn]
  private let combination: KeyCombination
  private let domain: Int
  private let wordsPerGroup: Int
  private let bits: ColumnMemory?
  /// The bits that other threads have gathered.
  private var later: [ColumnMemory] = []
  private var pairs = NumberSet()
  private let threads: Int
  private let cancellation: CancellationFlag

  init(domain: Int, keys: [KeyColumn], combination: KeyCombination, store: DataStore) {
    threads = store.threads
    cancellation = store.cancellation
    self.keys = keys
    self.combination = combination
    self.domain = domain
    wordsPerGroup = Bitmap.wordCount(combination.domain)
    let (size, overflow) = domain.multipliedReportingOverflow(by: wordsPerGroup * 64)
    let isSmall = !overflow && size <= Self.largestBitmap
    bits = isSmall ? ColumnMemory(byteCount: domain * wordsPerGroup * 8) : nil
    super.init(operand: nil)
  }

  /// One key of few codes: bits are set straight from its codes.
  private func mark(_ bits: ColumnMemory, _ codes: CodeArray, _ batch: Batch) {
    let (start, memory) = (batch.block.start, codes.memory)
    let target = bits.pointer(as: UInt64.self)
    switch codes.byteWidth {
    case 1:
      dq_mark_u8(
        memory.pointer(as: UInt8.self) + start, batch.groups, batch.positions, batch.count,
        wordsPerGroup, target)
    case 2:
      dq_mark_u16(
        memory.pointer(as: UInt16.self) + start, batch.groups, batch.positions, batch.count,
        wordsPerGroup, target)
    default:
      dq_mark_u32(
        memory.pointer(as: UInt32.self) + start, batch.groups, batch.positions, batch.count,
        wordsPerGroup, target)
    }
  }

  /// One key of many codes: they are collected straight from its codes.
  private func collect(_ codes: CodeArray, _ batch: Batch) {
    let (start, memory) = (batch.block.start, codes.memory)
    let size = UInt64(combination.domain)
    pairs.add(atMost: batch.count) { target in
      switch codes.byteWidth {
      case 1:
        dq_pair_u8(
          batch.groups, memory.pointer(as: UInt8.self) + start, batch.positions, batch.count, size,
          target)
      case 2:
        dq_pair_u16(
          batch.groups, memory.pointer(as: UInt16.self) + start, batch.positions, batch.count,
          size, target)
      default:
        dq_pair_u32(
          batch.groups, memory.pointer(as: UInt32.self) + start, batch.positions, batch.count,
          size, target)
      }
    }
  }

  override func add(_ batch: Batch) {
    if cancellation.isSet { return }
    if combination.keys.count == 1, case .plain(let codes) = combination.keys[0].codes {
      if let bits { mark(bits, codes, batch) } else { collect(codes, batch) }
      return
    }
    let codes = zip(combination.keys, combination.strides).map { ($0.0, $0.1) }
    for index in 0..<batch.count {
      let row = batch.block.start + batch.row(index)
      let group = Int(batch.groups[index])
      if codes.count == 1, codes[0].0.isList {
        codes[0].0.forEachCode(row) { code in if code != 0 { insert(group, code) } }
        continue
      }
      var combined = 0
      var isKnown = true
      for (key, stride) in codes {
        let code = key.plainCode(row)
        if code == 0 { isKnown = false }
        combined &+= code &* stride
      }
      if isKnown { insert(group, combined) }
    }
  }

  @inline(__always)
  private func insert(_ group: Int, _ code: Int) {
    if let bits {
      let word = bits.pointer(as: UInt64.self) + (group &* wordsPerGroup &+ code &>> 6)
      word.pointee |= 1 &<< UInt64(code & 63)
    } else {
      pairs.insert(UInt64(group) &* UInt64(combination.domain) &+ UInt64(code))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? DistinctAccumulator else { return }
    if let bits = other.bits {
      later.append(bits)
      later += other.later
    } else if !cancellation.isSet {
      pairs.formUnion(other.pairs)
    }
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    if let bits {
      defer { later = [] }
      return .distinctBits(
        GroupedBits(
          [bits] + later, domain: domain, wordsPerGroup: wordsPerGroup, groups: groups,
          threads: threads))
    }
    let size = UInt64(combination.domain)
    let all = pairs.ascending()
    var codes = [[UInt64]](repeating: [], count: domain)
    var start = 0
    while start < all.count, !cancellation.isSet {
      let group = all[start] / size
      let end = Self.first(all, from: start, notBelow: (group + 1) * size)
      codes[Int(group)] = all[start..<end].map { $0 - group * size }
      start = end
    }
    return .distinctCodes(groups.map { codes[$0] })
  }

  /// Where the first number stands that is not below a bound.
  private static func first(_ numbers: [UInt64], from start: Int, notBelow bound: UInt64) -> Int {
    var (low, high) = (start, numbers.count)
    while low < high {
      let middle = low + (high - low) / 2
      if numbers[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
