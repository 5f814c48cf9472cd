import CKernels
import ColumnStore
import Diagnostics

/// Writes the sections of a snapshot and notes in a catalog where they stand.
struct SnapshotWriter {
  private let file: ReplacementFile
  private let cancellation: CancellationFlag
  private let progress: WorkProgress
  private var sections: [(offset: Int, byteCount: Int)] = []
  private var checksums: [UInt32] = []
  /// The sections of memory that several columns share, such as the dictionary of a gathered one.
  private var known: [ObjectIdentifier: Int] = [:]
  private var catalog = CatalogEncoder()

  init(
    path: String, cancellation: CancellationFlag, progress: WorkProgress
  ) throws(Diagnostic) {
    file = try ReplacementFile(path: path)
    self.cancellation = cancellation
    self.progress = progress
    progress.begin(path, total: nil)
    try file.pad(to: SnapshotFormat.headerSize)
  }

  /// Writes everything; the file is in place when it returns.
  ///
  /// - Parameter verify: called before the file takes its place; throws where what was written
  ///   cannot be trusted.
  mutating func write(
    _ contents: SnapshotContents, verify: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    catalog.append(fixed: UInt32(truncatingIfNeeded: contents.datasets.count))
    for dataset in contents.datasets { try append(dataset) }
    catalog.append(fixed: UInt32(truncatingIfNeeded: contents.links.count))
    for link in contents.links { try append(link) }
    try verify()
    try finish()
  }

  private mutating func append(_ dataset: SnapshotDataset) throws(Diagnostic) {
    let table = dataset.table
    catalog.append(table.name)
    catalog.append(table.rowCount)
    catalog.append(dataset.isDerived)
    catalog.append(fixed: UInt32(truncatingIfNeeded: table.columns.count))
    for (info, column) in zip(table.schema.columns, table.columns) {
      catalog.append(info)
      try append(column)
    }
    catalog.append(dataset.ratings != nil)
    catalog.append(dataset.ratings ?? ValueCounts(entries: []))
    catalog.append(dataset.report != nil)
    if let report = dataset.report { catalog.append(report) }
  }

  private mutating func append(_ link: SnapshotLink) throws(Diagnostic) {
    for number in [link.child, link.key, link.parent, link.parentKey] { catalog.append(number) }
    try append(link.rows.column)
    catalog.append(link.unmatched)
    catalog.append(link.hasMatches)
    catalog.append(fixed: UInt32(truncatingIfNeeded: link.gathered.count))
    for gathered in link.gathered {
      catalog.append(gathered.column)
      try append(gathered.values.column)
    }
  }

  // MARK: Values

  private mutating func append(_ column: Column) throws(Diagnostic) {
    switch column {
    case .number(let numbers):
      catalog.append(byte: 0)
      catalog.append(byte: numbers.width.rawValue)
      catalog.append(byte: UInt8(truncatingIfNeeded: numbers.scale))
      catalog.append(numbers.count)
      try appendSection(numbers.memory, numbers.count &* numbers.width.byteCount)
      try append(numbers.validity)
      let bounds = try numbers.blockBounds.withBytes { bytes throws(Diagnostic) in
        try section(bytes)
      }
      catalog.append(bounds)
    case .dictionary(let texts):
      catalog.append(byte: 1)
      try append(texts.codes)
      try append(texts.dictionary)
    case .text(let texts):
      catalog.append(byte: 2)
      try append(texts.heap)
      try append(texts.validity)
    case .template(let texts):
      catalog.append(byte: 4)
      try append(texts.templates.codes)
      try append(texts.templates.dictionary)
      try appendSection(texts.digits, texts.digits.byteCount)
      try appendSection(texts.offsets, TemplateColumn.offsetCount(texts.count) &* 8)
    case .tags(let tags):
      catalog.append(byte: 3)
      catalog.append(tags.count)
      try appendSection(tags.offsets, (tags.count &+ 1) &* 4)
      try append(tags.codes)
      try append(tags.dictionary)
    }
  }

  private mutating func append(_ codes: CodeArray) throws(Diagnostic) {
    catalog.append(codes.count)
    catalog.append(byte: UInt8(truncatingIfNeeded: codes.byteWidth))
    try appendSection(codes.memory, codes.count &* codes.byteWidth)
  }

  private mutating func append(_ heap: TextHeap) throws(Diagnostic) {
    catalog.append(heap.count)
    catalog.append(heap.isWide)
    try appendSection(heap.bytes, heap.offset(heap.count))
    try appendSection(heap.offsets, (heap.count &+ 1) &* (heap.isWide ? 8 : 4))
  }

  private mutating func append(_ validity: Bitmap?) throws(Diagnostic) {
    guard let validity else {
      catalog.append(-1)
      return
    }
    try appendSection(validity.memory, Bitmap.wordCount(validity.count) &* 8)
  }

  // MARK: Sections

  private mutating func appendSection(
    _ memory: ColumnMemory, _ byteCount: Int
  ) throws(Diagnostic) {
    let identity = ObjectIdentifier(memory)
    if let index = known[identity], sections[index].byteCount == byteCount {
      catalog.append(index)
      return
    }
    let index = try section(UnsafeRawBufferPointer(start: memory.base, count: byteCount))
    known[identity] = index
    catalog.append(index)
  }

  /// Writes a section and gives its index.
  private mutating func section(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) -> Int {
    sections.append((file.end, bytes.count))
    var start = 0
    while start < bytes.count {
      if cancellation.isSet { throw SnapshotErrors.cancelled() }
      let end = min(start &+ SnapshotFormat.blockSize, bytes.count)
      let block = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      checksums.append(dq_crc32c(block.baseAddress, block.count))
      try file.append(block)
      progress.advance(block.count)
      start = end
    }
    try file.pad(to: SnapshotFormat.aligned(file.end))
    return sections.count &- 1
  }

  /// Writes the catalog and the header, and puts the file in its place.
  private func finish() throws(Diagnostic) {
    var whole = CatalogEncoder()
    whole.append(list: sections) { encoder, section in
      encoder.append(section.offset)
      encoder.append(section.byteCount)
    }
    whole.append(list: checksums) { $0.append(fixed: $1) }
    let bytes = whole.bytes + catalog.bytes
    let offset = file.end
    try bytes.withBytes { bytes throws(Diagnostic) in try file.append(bytes) }
    try file.pad(to: file.end &+ SnapshotFormat.alignment)
    let header = SnapshotHeader(
      byteCount: file.end, catalogOffset: offset, catalogByteCount: bytes.count,
      catalogChecksum: bytes.withUnsafeBytes { dq_crc32c($0.baseAddress, $0.count) })
    try header.bytes.withBytes { bytes throws(Diagnostic) in try file.write(bytes, at: 0) }
    try file.commit()
  }
}
