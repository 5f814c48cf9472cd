import CKernels
import ColumnStore
import DatasetLoading
import Diagnostics

/// Reads the catalog of a mapped snapshot; the columns are checked when they are first used.
struct SnapshotReader {
  private let file: MappedFile
  private let threads: Int
  private var decoder: CatalogDecoder
  private var table: SectionTable

  /// Opens a file whose header and catalog are intact.
  static func read(path: String, threads: Int) throws(Diagnostic) -> SnapshotContents {
    let file = try MappedFile(path: path)
    let header = try SnapshotHeader(file.bytes, path: path)
    let start = header.catalogOffset
    let (end, overflows) = start.addingReportingOverflow(header.catalogByteCount)
    guard header.byteCount == file.byteCount, !overflows,
      end &+ SnapshotFormat.alignment == file.byteCount
    else {
      throw SnapshotErrors.damaged(
        path, "it has \(file.byteCount) bytes, but was written with \(header.byteCount)")
    }
    let catalog = UnsafeRawBufferPointer(rebasing: file.bytes[start..<end])
    guard dq_crc32c(catalog.baseAddress, catalog.count) == header.catalogChecksum else {
      throw SnapshotErrors.damaged(path, "its catalog is not as it was written")
    }
    do throws(MalformedCatalog) {
      var reader = try SnapshotReader(file, catalog, end: start, threads: threads)
      return try reader.contents()
    } catch {
      throw SnapshotErrors.damaged(path, "its catalog contradicts itself")
    }
  }

  private init(
    _ file: MappedFile, _ catalog: UnsafeRawBufferPointer, end: Int, threads: Int
  ) throws(MalformedCatalog) {
    self.file = file
    self.threads = threads
    decoder = CatalogDecoder(catalog)
    table = try SectionTable(&decoder, file, end: end)
  }

  private mutating func contents() throws(MalformedCatalog) -> SnapshotContents {
    var datasets: [SnapshotDataset] = []
    for _ in 0..<(try decoder.fixed(UInt32.self)) { datasets.append(try dataset()) }
    var links: [SnapshotLink] = []
    for _ in 0..<(try decoder.fixed(UInt32.self)) { links.append(try link(datasets)) }
    guard decoder.isAtEnd else { throw MalformedCatalog() }
    return SnapshotContents(datasets: datasets, links: links)
  }

  private mutating func dataset() throws(MalformedCatalog) -> SnapshotDataset {
    let name = try decoder.text()
    let rowCount = try decoder.count()
    let isDerived = try decoder.flag()
    var infos: [ColumnInfo] = []
    var columns: [LazyColumn] = []
    for _ in 0..<(try decoder.fixed(UInt32.self)) {
      infos.append(try decoder.columnInfo())
      columns.append(
        try column(rowCount: rowCount, name: "'\(infos.last?.name ?? "")' of \(name)"))
    }
    guard zip(infos, columns).allSatisfy({ Self.fits($0, $1.outline) }) else {
      throw MalformedCatalog()
    }
    let areRatingsKnown = try decoder.flag()
    let ratings = try decoder.valueCounts()
    let report = try decoder.flag() ? decoder.report() : nil
    return SnapshotDataset(
      table: Table(
        name: name, schema: Schema(columns: infos), columns: TableColumns(columns),
        rowCount: rowCount, source: file),
      isDerived: isDerived, ratings: areRatingsKnown ? ratings : nil, report: report)
  }

  /// Whether values are stored as their type asks.
  private static func fits(_ info: ColumnInfo, _ column: Column) -> Bool {
    switch (info.type, column) {
    case (.text, .dictionary), (.text, .text), (.text, .template), (.tags, .tags): true
    case (.text, _), (.tags, _): false
    case (_, .number): true
    default: false
    }
  }

  private mutating func link(
    _ datasets: [SnapshotDataset]
  ) throws(MalformedCatalog) -> SnapshotLink {
    let child = try decoder.count()
    let key = try decoder.count()
    let parent = try decoder.count()
    let parentKey = try decoder.count()
    guard child < datasets.count, parent < datasets.count else { throw MalformedCatalog() }
    let (from, to) = (datasets[child].table, datasets[parent].table)
    guard key < from.columns.count, parentKey < to.columns.count else { throw MalformedCatalog() }
    let name = "link from \(from.name) to \(to.name)"
    let rows = try column(rowCount: from.rowCount, name: name)
    guard case .number(let numbers) = rows.outline, numbers.width == .int32, numbers.scale == 0,
      numbers.validity == nil, numbers.minimum >= -1, numbers.maximum < max(to.rowCount, 1)
    else { throw MalformedCatalog() }
    let unmatched = try decoder.count()
    let hasMatches = try decoder.flag()
    guard unmatched <= from.rowCount else { throw MalformedCatalog() }
    let count = try decoder.fixed(UInt32.self)
    var gathered: [SnapshotLink.Gathered] = []
    for _ in 0..<count {
      let column = try decoder.count()
      guard column < to.columns.count else { throw MalformedCatalog() }
      let values = try self.column(rowCount: from.rowCount, name: name)
      guard Self.fits(to.schema.columns[column], values.outline) else { throw MalformedCatalog() }
      gathered.append(SnapshotLink.Gathered(column: column, values: values))
    }
    return SnapshotLink(
      child: child, key: key, parent: parent, parentKey: parentKey, rows: rows,
      unmatched: unmatched, hasMatches: hasMatches, gathered: gathered)
  }

  // MARK: Values

  /// A column that is checked when its values are first asked for.
  private mutating func column(
    rowCount: Int, name: String
  ) throws(MalformedCatalog) -> LazyColumn {
    var uses: [SectionUse] = []
    let outline = try values(&uses)
    guard outline.count == rowCount else { throw MalformedCatalog() }
    let (file, table, threads, all) = (file, table, threads, uses)
    return LazyColumn(outline: outline) {
      switch table.verdict(all, threads: threads) {
      case .intact: return outline
      case .changed: file.note("the column \(name) is not as it was written")
      case .unsound: file.note("the column \(name) contradicts itself")
      }
      return outline.allMissing
    }
  }

  private mutating func values(_ uses: inout [SectionUse]) throws(MalformedCatalog) -> Column {
    switch try decoder.byte() {
    case 0: return .number(try numbers(&uses))
    case 1: return .dictionary(try dictionary(&uses))
    case 2:
      let heap = try heap(&uses)
      return .text(TextColumn(heap: heap, validity: try validity(heap.count, &uses)))
    case 3: return .tags(try tags(&uses))
    case 4: return .template(try templates(&uses))
    default: throw MalformedCatalog()
    }
  }

  private mutating func numbers(
    _ uses: inout [SectionUse]
  ) throws(MalformedCatalog) -> NumberColumn {
    guard let width = NumberColumn.Width(rawValue: try decoder.byte()) else {
      throw MalformedCatalog()
    }
    let scale = Int(try decoder.byte())
    let count = try decoder.count()
    guard scale <= (width == .float64 ? 0 : 18) else { throw MalformedCatalog() }
    let index = try decoder.integer()
    let values = try table.memory(index, byteCount: count &* width.byteCount)
    let validity = try validity(count, &uses)
    let bounds = try blockBounds(width, count)
    uses.append(.numbers(index, width: width, bounds: bounds, validity: validity))
    return NumberColumn(
      width: width, scale: scale, memory: values, count: count, validity: validity,
      blockBounds: bounds)
  }

  /// The bounds, which are read now: the planner asks for them before anybody reads values.
  private mutating func blockBounds(
    _ width: NumberColumn.Width, _ count: Int
  ) throws(MalformedCatalog) -> [Int64] {
    let index = try decoder.integer()
    let length = NumberColumn.blockLength
    let pairs = width == .float64 ? 0 : (count &+ length &- 1) / length
    let memory = try table.memory(index, byteCount: pairs &* 16)
    guard table.verdict([.bytes(index)], threads: 1) == .intact else { throw MalformedCatalog() }
    let bounds = Array(
      UnsafeBufferPointer(start: memory.pointer(as: Int64.self), count: pairs &* 2))
    for pair in stride(from: 0, to: bounds.count, by: 2) {
      let (low, high) = (bounds[pair], bounds[pair &+ 1])
      let isEmpty = low == .max && high == .min
      guard isEmpty || low <= high && low >= width.smallest && high <= width.largest else {
        throw MalformedCatalog()
      }
    }
    return bounds
  }

  private mutating func dictionary(
    _ uses: inout [SectionUse]
  ) throws(MalformedCatalog) -> DictionaryColumn {
    let (codes, index) = try codes()
    let heap = try heap(&uses)
    uses.append(.codes(index, byteWidth: codes.byteWidth, largest: heap.count))
    return DictionaryColumn(codes: codes, dictionary: heap)
  }

  private mutating func templates(
    _ uses: inout [SectionUse]
  ) throws(MalformedCatalog) -> TemplateColumn {
    let texts = try dictionary(&uses)
    let index = try decoder.integer()
    let digits = try table.memory(index)
    let starts = try decoder.integer()
    let count = TemplateColumn.offsetCount(texts.count)
    let offsets = try table.memory(starts, byteCount: count &* 8)
    uses.append(.digits(index))
    uses.append(
      .offsets(
        starts, count: count, isWide: true, step: 0, end: digits.byteCount, memory: offsets))
    return TemplateColumn(templates: texts, digits: digits, offsets: offsets)
  }

  private mutating func tags(_ uses: inout [SectionUse]) throws(MalformedCatalog) -> TagsColumn {
    let count = try decoder.count()
    let starts = try decoder.integer()
    let offsets = try table.memory(starts, byteCount: (count &+ 1) &* 4)
    let (codes, index) = try codes()
    let heap = try heap(&uses)
    uses.append(.codes(index, byteWidth: codes.byteWidth, largest: heap.count))
    uses.append(
      .offsets(
        starts, count: count &+ 1, isWide: false, step: 0, end: codes.count, memory: offsets))
    return TagsColumn(offsets: offsets, codes: codes, dictionary: heap, count: count)
  }

  /// Codes and the section that they stand in.
  private mutating func codes() throws(MalformedCatalog) -> (codes: CodeArray, index: Int) {
    let count = try decoder.count()
    let byteWidth = Int(try decoder.byte())
    guard [1, 2, 4].contains(byteWidth) else { throw MalformedCatalog() }
    let index = try decoder.integer()
    let memory = try table.memory(index, byteCount: count &* byteWidth)
    return (CodeArray(memory: memory, byteWidth: byteWidth, count: count), index)
  }

  private mutating func heap(_ uses: inout [SectionUse]) throws(MalformedCatalog) -> TextHeap {
    let count = try decoder.count()
    let isWide = try decoder.flag()
    let text = try decoder.integer()
    let bytes = try table.memory(text)
    let ends = try decoder.integer()
    let offsets = try table.memory(ends, byteCount: (count &+ 1) &* (isWide ? 8 : 4))
    uses.append(.bytes(text))
    uses.append(
      .offsets(
        ends, count: count &+ 1, isWide: isWide, step: 1, end: bytes.byteCount, memory: offsets))
    return TextHeap(bytes: bytes, offsets: offsets, isWide: isWide, count: count)
  }

  private mutating func validity(
    _ count: Int, _ uses: inout [SectionUse]
  ) throws(MalformedCatalog) -> Bitmap? {
    let index = try decoder.integer()
    if index == -1 { return nil }
    let memory = try table.memory(index, byteCount: Bitmap.wordCount(count) &* 8)
    uses.append(.bits(index, count: count))
    return Bitmap(memory: memory, count: count)
  }
}

extension Column {
  /// A column of the same kind and length without values: what is read in place of a damaged one
  /// until the damage is reported.
  fileprivate var allMissing: Column {
    switch self {
    case .number(let numbers):
      .number(NumberColumn([Int64?](repeating: nil, count: numbers.count)))
    case .dictionary(let texts):
      .dictionary(
        DictionaryColumn(codes: CodeArray(count: texts.count, largest: 0), dictionary: TextHeap([]))
      )
    case .text, .template: .text(TextColumn([String?](repeating: nil, count: count)))
    case .tags(let tags):
      .tags(
        TagsColumn(
          offsets: ColumnMemory(byteCount: (tags.count &+ 1) &* 4),
          codes: CodeArray(count: 0, largest: 0), dictionary: TextHeap([]), count: tags.count))
    }
  }
}

extension NumberColumn.Width {
  fileprivate var smallest: Int64 {
    switch self {
    case .int8: Int64(Int8.min)
    case .int16: Int64(Int16.min)
    case .int32: Int64(Int32.min)
    case .int64, .float64: .min
    }
  }

  fileprivate var largest: Int64 { ~smallest }
}
