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
  /// Whether each section is intact; nil where nobody has looked yet.
  private let verdicts: Mutex<[Bool?]>

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
    verdicts = Mutex(Array(repeating: nil, count: sections.count))
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

  /// Whether sections are as they were written; each is read once.
  func areIntact(_ indexes: [Int], threads: Int) -> Bool {
    indexes.allSatisfy { index in
      if let known = verdicts.withLock({ $0[index] }) { return known }
      let verdict = isIntact(sections[index], threads: threads)
      verdicts.withLock { $0[index] = verdict }
      return verdict
    }
  }

  private func isIntact(_ section: Section, threads: Int) -> Bool {
    let blocks = SnapshotFormat.blockCount(section.byteCount)
    let isDamaged = Atomic<Bool>(false)
    let (file, checksums) = (file, checksums)
    // Threads cost more than they save on a few blocks.
    let batch = 16
    Parallel.forEach((blocks &+ batch &- 1) / batch, threads: threads) { index in
      for block in index &* batch..<min(blocks, (index &+ 1) &* batch) {
        let from = block &* SnapshotFormat.blockSize
        let count = min(SnapshotFormat.blockSize, section.byteCount &- from)
        let start = file.bytes.baseAddress.map { $0 + (section.offset &+ from) }
        let sum = dq_crc32c(start, count)
        if sum != checksums[section.firstBlock &+ block] {
          isDamaged.store(true, ordering: .relaxed)
        }
      }
    }
    return !isDamaged.load(ordering: .relaxed)
  }
}
