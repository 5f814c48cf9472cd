import CKernels
import ColumnStore

/// The distinct codes of each group: as bits where the codes are few, else as sorted pairs.
final class DistinctAccumulator: Accumulator {
  override var kernel: String { bits.isEmpty ? "distinct by sorting" : "distinct by bitmap" }
  override var isDivisible: Bool { false }
  private static let largestBitmap = 1 << 29
  private let keys: [KeyColumn]
  private let combination: KeyCombination
  private let domain: Int
  private let wordsPerGroup: Int
  private var bits: [UInt64] = []
  private var pairs: [UInt64] = []

  init(domain: Int, keys: [KeyColumn], combination: KeyCombination) {
    self.keys = keys
    self.combination = combination
    self.domain = domain
    wordsPerGroup = Bitmap.wordCount(combination.domain)
    let (size, overflow) = domain.multipliedReportingOverflow(by: wordsPerGroup * 64)
    if !overflow, size <= Self.largestBitmap {
      bits = [UInt64](repeating: 0, count: domain * wordsPerGroup)
    }
    super.init(operand: nil)
  }

  /// One key of few codes: bits are set straight from its codes.
  private func mark(_ codes: CodeArray, _ batch: Batch) {
    let start = batch.block.start
    bits.withUnsafeMutableBufferPointer { bits in
      let memory = codes.memory
      switch codes.byteWidth {
      case 1:
        dq_mark_u8(
          memory.pointer(as: UInt8.self) + start, batch.groups, batch.positions, batch.count,
          wordsPerGroup, bits.baseAddress)
      case 2:
        dq_mark_u16(
          memory.pointer(as: UInt16.self) + start, batch.groups, batch.positions, batch.count,
          wordsPerGroup, bits.baseAddress)
      default:
        dq_mark_u32(
          memory.pointer(as: UInt32.self) + start, batch.groups, batch.positions, batch.count,
          wordsPerGroup, bits.baseAddress)
      }
    }
  }

  override func add(_ batch: Batch) {
    if !bits.isEmpty, combination.keys.count == 1,
      case .plain(let codes) = combination.keys[0].codes
    {
      return mark(codes, batch)
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
    if bits.isEmpty {
      pairs.append(UInt64(group) &* UInt64(combination.domain) &+ UInt64(code))
      if pairs.count > 1 << 22 { pairs = Self.unique(pairs) }
    } else {
      bits[group &* wordsPerGroup &+ code &>> 6] |= 1 &<< UInt64(code & 63)
    }
  }

  private static func unique(_ pairs: [UInt64]) -> [UInt64] {
    var result: [UInt64] = []
    for pair in pairs.sorted() where result.last != pair { result.append(pair) }
    return result
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? DistinctAccumulator else { return }
    bits.merge(other.bits, |=)
    pairs.append(contentsOf: other.pairs)
  }

  override func result(_ groups: GroupSelection) -> PrimitiveColumn {
    if !bits.isEmpty {
      return .distinctBits(
        groups.map { Array(bits[($0 * wordsPerGroup)..<(($0 + 1) * wordsPerGroup)]) })
    }
    let size = UInt64(combination.domain)
    var codes = [[UInt64]](repeating: [], count: domain)
    for pair in Self.unique(pairs) { codes[Int(pair / size)].append(pair % size) }
    return .distinctCodes(groups.map { codes[$0] })
  }
}
