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
    case intact, changed, unsound
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
    for use in uses {
      let verdict = verdict(use, threads: threads)
      if verdict != .intact { return verdict }
    }
    return .intact
  }

  private func verdict(_ use: SectionUse, threads: Int) -> Verdict {
    let section = sections[use.index]
    let blocks = SnapshotFormat.blockCount(section.byteCount)
    let worst = Atomic<Int>(Verdict.intact.rawValue)
    let (file, checksums) = (file, checksums)
    // Threads cost more than they save on a few blocks.
    let batch = 8
    Parallel.forEach((blocks &+ batch &- 1) / batch, threads: threads) { index in
      let size = min(SnapshotFormat.blockSize, section.byteCount)
      let buffer = UnsafeMutableRawPointer.allocate(byteCount: size &+ 64, alignment: 64)
      defer { buffer.deallocate() }
      for block in index &* batch..<min(blocks, (index &+ 1) &* batch) {
        let from = block &* SnapshotFormat.blockSize
        let count = min(SnapshotFormat.blockSize, section.byteCount &- from)
        guard file.read(buffer, at: section.offset &+ from, count: count),
          dq_crc32c(buffer, count) == checksums[section.firstBlock &+ block]
        else { return worst.store(Verdict.changed.rawValue, ordering: .relaxed) }
        if !use.isSound(UnsafeRawBufferPointer(start: buffer, count: count), from) {
          return worst.store(Verdict.unsound.rawValue, ordering: .relaxed)
        }
      }
    }
    return Verdict(rawValue: worst.load(ordering: .relaxed)) ?? .changed
  }
}
