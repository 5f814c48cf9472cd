import CKernels
import ColumnStore
import Glibc
import Synchronization

/// Where the sections of a snapshot stand, and what their blocks must sum to.
final class SectionTable: Sendable {
  private struct Section {
    var offset: Int
    var byteCount: Int
    var firstBlock: Int
  }

  private let file: MappedFile
  private let sections: [Section]
  private let checksums: [UInt32]

  /// What a look at sections gave.
  enum Verdict: Int {
    case intact, unsound, changed
  }

  /// Reads the first part of a catalog.
  init(
    _ decoder: inout CatalogDecoder, _ file: MappedFile, end: Int
  ) throws(MalformedCatalog) {
    self.file = file
    var blocks = 0
    sections = try decoder.list { decoder throws(MalformedCatalog) in
      let offset = try decoder.count()
      let byteCount = try decoder.count()
      // The bytes behind a section belong to the file too: kernels read whole vectors.
      guard offset % SnapshotFormat.alignment == 0, offset >= SnapshotFormat.headerSize,
        offset &+ byteCount &+ SnapshotFormat.alignment <= end
      else { throw MalformedCatalog() }
      defer { blocks &+= SnapshotFormat.blockCount(byteCount) }
      return Section(offset: offset, byteCount: byteCount, firstBlock: blocks)
    }
    checksums = try decoder.list { decoder throws(MalformedCatalog) in
      try decoder.fixed(UInt32.self)
    }
    guard checksums.count == blocks else { throw MalformedCatalog() }
  }

  /// The memory of a section that must have so many bytes.
  func memory(_ index: Int, byteCount: Int) throws(MalformedCatalog) -> ColumnMemory {
    guard sections.indices.contains(index), sections[index].byteCount == byteCount,
      let memory = file.memory(at: sections[index].offset, byteCount: byteCount)
    else { throw MalformedCatalog() }
    return memory
  }

  /// The memory of a section of any length.
  func memory(_ index: Int) throws(MalformedCatalog) -> ColumnMemory {
    guard sections.indices.contains(index) else { throw MalformedCatalog() }
    return try memory(index, byteCount: sections[index].byteCount)
  }

  /// Whether sections are as they were written, and as their use asks.
  ///
  /// The bytes are read through the file and not through its mapping: a copy that stays in the
  /// processor costs less than the pages of what no query may ever look at.
  func verdict(_ uses: [SectionUse], threads: Int) -> Verdict {
    let blocks = uses.flatMap { use in
      (0..<SnapshotFormat.blockCount(sections[use.index].byteCount)).map { (use: use, index: $0) }
    }
    let size = uses.map { min(SnapshotFormat.blockSize, sections[$0.index].byteCount) }.max() ?? 0
    let worst = Atomic<Int>(Verdict.intact.rawValue)
    let next = Atomic<Int>(0)
    // Threads cost more than they save on a few blocks.
    let workers = min(threads, (blocks.count &+ 7) / 8)
    Parallel.run(threads: max(1, workers)) { [self] _ in
      // One for each thread, since the pages of a new one cost as much as the sums.
      let buffer = UnsafeMutableRawPointer.allocate(byteCount: size &+ 64, alignment: 64)
      defer { buffer.deallocate() }
      while worst.load(ordering: .relaxed) == Verdict.intact.rawValue {
        let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard block < blocks.count else { return }
        let verdict = verdict(of: blocks[block].index, blocks[block].use, buffer)
        worst.max(verdict.rawValue, ordering: .relaxed)
      }
    }
    return Verdict(rawValue: worst.load(ordering: .relaxed)) ?? .changed
  }

  /// Reads a block of a section into a buffer and looks at it.
  private func verdict(
    of block: Int, _ use: SectionUse, _ buffer: UnsafeMutableRawPointer
  ) -> Verdict {
    let section = sections[use.index]
    let from = block &* SnapshotFormat.blockSize
    let count = min(SnapshotFormat.blockSize, section.byteCount &- from)
    guard file.read(buffer, at: section.offset &+ from, count: count),
      dq_crc32c(buffer, count) == checksums[section.firstBlock &+ block]
    else { return .changed }
    return use.isSound(UnsafeRawBufferPointer(start: buffer, count: count), from)
      ? .intact : .unsound
  }
}
