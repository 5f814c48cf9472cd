import CKernels
import ColumnStore

/// A key of at most 64 bits for each row.
protocol PackedKeys: Sendable {
  /// How many bits a key takes.
  var bitCount: Int { get }
  /// The bits of each of its parts, in which a missing one has none.
  var masks: [UInt64] { get }
  /// What fills in the keys of blocks, on one thread.
  func filler() throws(ExecutionError) -> (Block, UnsafeMutablePointer<UInt64>) -> Void
}

/// Numbers the combinations of keys that occur, in their order: rows are put into parts by the
/// upper bits of their packed keys, and every part is sorted by itself.
struct KeySorting {
  /// The codes of some keys, put side by side.
  struct Packing: PackedKeys {
    /// The codes of each key, the first of most weight.
    var keys: [CodeArray]
    /// How many bits the codes of each take; at most 64 together.
    var widths: [Int]

    /// Where the bits of each key begin.
    var shifts: [Int] { widths.indices.map { widths[($0 + 1)...].reduce(0, +) } }

    var bitCount: Int { widths.reduce(0, +) }

    var masks: [UInt64] {
      zip(widths, shifts).map { width, shift in Self.mask(width) << UInt64(shift) }
    }

    static func mask(_ width: Int) -> UInt64 { width >= 64 ? ~0 : 1 << UInt64(width) - 1 }

    /// The bits that codes below a number take.
    static func width(domain: Int) -> Int { Int.bitWidth - max(domain - 1, 1).leadingZeroBitCount }

    func filler() -> (Block, UnsafeMutablePointer<UInt64>) -> Void { fill }

    private func fill(_ block: Block, _ packed: UnsafeMutablePointer<UInt64>) {
      packed.update(repeating: 0, count: block.count)
      for (codes, width) in zip(keys, widths) {
        let (memory, bits) = (codes.memory, UInt32(width))
        switch codes.byteWidth {
        case 1: dq_pack_u8(memory.pointer(as: UInt8.self) + block.start, block.count, bits, packed)
        case 2:
          dq_pack_u16(memory.pointer(as: UInt16.self) + block.start, block.count, bits, packed)
        default:
          dq_pack_u32(memory.pointer(as: UInt32.self) + block.start, block.count, bits, packed)
        }
      }
    }
  }

  /// The distinct packed keys, ascending.
  let packed: [UInt64]
  /// For each row 1 + the index of its key; 0 where a row that lacks a key counts as missing.
  let codes: CodeArray

  /// Rows of a part: few enough that they stay in a core's cache while they are sorted.
  private static let partLength = 8192
  private static let mostPartBits = 12

  /// - Parameter isWhole: whether a row that lacks one of the keys has code 0.
  init(
    _ packing: some PackedKeys, rows: Int, isWhole: Bool, threads: Int,
    _ cancellation: CancellationFlag
  ) throws(ExecutionError) {
    let threads = Blocks.threads(rows, atMost: threads)
    let bits = packing.bitCount
    let partBits = min(
      Packing.width(domain: rows / Self.partLength), Self.mostPartBits, max(bits - 1, 0))
    let shift = UInt32(bits - partBits)
    let parts = 1 << partBits
    let sorted = ColumnMemory(uninitializedByteCount: rows * MemoryLayout<dq_keyed_row>.stride)
    let bounds = try Self.scatter(
      packing, rows: rows, shift: shift, parts: parts, threads: threads, cancellation, into: sorted)
    try cancellation.check()

    // The distinct keys of a part stand where its rows do until all are counted.
    let distinct = ColumnMemory(uninitializedByteCount: rows * 8)
    let counts = ThreadSlots<Int>(count: parts)
    let masks = isWhole ? packing.masks : []
    Parallel.forEach(parts, threads: threads) { part in
      if cancellation.isSet { return }
      let own = sorted.pointer(as: dq_keyed_row.self) + bounds[part]
      let count = bounds[part + 1] - bounds[part]
      let scratch = UnsafeMutablePointer<dq_keyed_row>.allocate(capacity: count)
      defer { scratch.deallocate() }
      dq_sort_keyed(own, count, scratch)
      counts[part] = dq_number_keyed(
        own, count, masks, masks.count, distinct.pointer(as: UInt64.self) + bounds[part])
    }
    try cancellation.check()
    var bases = [0]
    for part in 0..<parts { bases.append(bases[part] + (counts[part] ?? 0)) }
    let starts = bases

    let memory = ColumnMemory(uninitializedByteCount: rows * 4)
    Parallel.forEach(parts, threads: threads) { part in
      if cancellation.isSet { return }
      dq_store_numbers(
        sorted.pointer(as: dq_keyed_row.self) + bounds[part], bounds[part + 1] - bounds[part],
        UInt32(truncatingIfNeeded: starts[part] + 1), memory.pointer(as: UInt32.self))
    }
    try cancellation.check()
    codes = CodeArray(memory: memory, byteWidth: 4, count: rows)
    packed = [UInt64](unsafeUninitializedCapacity: starts[parts]) { buffer, count in
      count = starts[parts]
      for part in 0..<parts where starts[part + 1] > starts[part] {
        buffer.baseAddress.map { base in
          (base + starts[part]).update(
            from: distinct.pointer(as: UInt64.self) + bounds[part],
            count: starts[part + 1] - starts[part])
        }
      }
    }
  }

  /// Puts the rows of each part together, in their order; gives where the parts begin. Without
  /// meaning once the query is cancelled.
  private static func scatter(
    _ packing: some PackedKeys, rows: Int, shift: UInt32, parts: Int, threads: Int,
    _ cancellation: CancellationFlag, into memory: ColumnMemory
  ) throws(ExecutionError) -> [Int] {
    let blocks = Blocks.count(rows)
    let failure = FailureSlot()
    // Each thread has a run of rows; within a part those of an earlier run come first.
    @Sendable func forEachBlock(
      _ run: Int, _ body: (Block, UnsafeMutablePointer<UInt64>) -> Void
    ) {
      let fill: (Block, UnsafeMutablePointer<UInt64>) -> Void
      do throws(ExecutionError) {
        fill = try packing.filler()
      } catch {
        return failure.set(error)
      }
      let packed = UnsafeMutablePointer<UInt64>.allocate(capacity: NumberColumn.blockLength)
      defer { packed.deallocate() }
      for index in (blocks * run / threads)..<(blocks * (run + 1) / threads) {
        if cancellation.isSet { return }
        let block = Blocks.block(index, of: rows)
        fill(block, packed)
        body(block, packed)
      }
    }
    let counts = ThreadSlots<[Int]>(count: threads)
    Parallel.run(threads: threads) { run in
      var own = [Int](repeating: 0, count: parts)
      forEachBlock(run) { block, packed in dq_count_parts(packed, block.count, shift, &own) }
      counts[run] = own
    }
    if let error = failure.error { throw error }
    var bounds = [Int](repeating: 0, count: parts + 1)
    var next = 0
    var places = counts.values.map { $0 ?? [] }
    for part in 0..<parts {
      bounds[part] = next
      for run in places.indices {
        let count = places[run][part]
        places[run][part] = next
        next += count
      }
    }
    bounds[parts] = next
    let starts = places
    Parallel.run(threads: threads) { run in
      var own = starts[run]
      forEachBlock(run) { block, packed in
        dq_scatter_parts(
          packed, block.count, UInt32(truncatingIfNeeded: block.start), shift, &own,
          memory.pointer(as: dq_keyed_row.self))
      }
    }
    if let error = failure.error { throw error }
    return bounds
  }
}
