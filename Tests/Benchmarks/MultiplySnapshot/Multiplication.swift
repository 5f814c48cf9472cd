import ColumnStore
import SnapshotFile

/// Repeats every row of datasets.
struct Multiplication {
  let factor: Int

  func contents(_ contents: SnapshotContents) -> SnapshotContents {
    SnapshotContents(
      datasets: contents.datasets.map(dataset),
      links: contents.links.map { link in
        SnapshotLink(
          child: link.child, key: link.key, parent: link.parent, parentKey: link.parentKey,
          rows: LazyColumn(rows(link.rows.column)), unmatched: link.unmatched * factor,
          hasMatches: link.hasMatches,
          gathered: link.gathered.map {
            SnapshotLink.Gathered(
              column: $0.column, values: LazyColumn(repeated($0.values.column)))
          })
      })
  }

  private func dataset(_ dataset: SnapshotDataset) -> SnapshotDataset {
    let table = dataset.table
    var larger = dataset
    larger.table = Table(
      name: table.name, schema: table.schema,
      columns: zip(table.schema.columns, table.columns).map { info, column in
        isKey(info) ? numbered(column) : repeated(column)
      }, rowCount: table.rowCount * factor)
    larger.report?.rowCount *= factor
    larger.ratings = dataset.ratings.map { ratings in
      ValueCounts(
        entries: ratings.entries.map {
          .init(text: $0.text, value: $0.value, count: $0.count * factor)
        })
    }
    return larger
  }

  private func isKey(_ info: ColumnInfo) -> Bool { info.name == "id" || info.name == "ticket" }

  // MARK: Keys

  /// A key of its own for each copy.
  private func numbered(_ column: Column) -> Column {
    guard case .number(let keys) = column, keys.width != .float64 else { return repeated(column) }
    let largest = keys.maximum * Int64(factor) + Int64(factor) - 1
    let width = NumberColumn.Width.narrowest(keys.minimum * Int64(factor), largest)
    let memory = ColumnMemory(byteCount: keys.count * factor * width.byteCount)
    for row in 0..<keys.count where keys.isValid(row) {
      let first = keys.stored(row) &* Int64(factor)
      for copy in 0..<factor {
        NumberColumn.store(
          first &+ Int64(copy), in: memory, width: width, row: row &* factor &+ copy)
      }
    }
    return .number(
      NumberColumn(
        width: width, scale: keys.scale, memory: memory, count: keys.count * factor,
        validity: keys.validity.map(repeated)))
  }

  /// The rows of a link: each copy of a child belongs to the same copy of its parent.
  private func rows(_ column: Column) -> Column {
    guard case .number(let rows) = column else { return column }
    let memory = ColumnMemory(byteCount: rows.count * factor * 4)
    let target = memory.pointer(as: Int32.self)
    let source = rows.memory.pointer(as: Int32.self)
    for row in 0..<rows.count {
      let parent = source[row]
      for copy in 0..<factor {
        target[row &* factor &+ copy] = parent < 0 ? -1 : parent &* Int32(factor) &+ Int32(copy)
      }
    }
    return .number(NumberColumn(width: .int32, memory: memory, count: rows.count * factor))
  }

  // MARK: Values

  private func repeated(_ column: Column) -> Column {
    switch column {
    case .number(let numbers):
      .number(
        NumberColumn(
          width: numbers.width, scale: numbers.scale,
          memory: repeated(numbers.memory, numbers.count, numbers.width.byteCount),
          count: numbers.count * factor, validity: numbers.validity.map(repeated)))
    case .dictionary(let texts):
      .dictionary(repeated(texts))
    case .text(let texts):
      .text(TextColumn(heap: repeated(texts.heap), validity: texts.validity.map(repeated)))
    case .template(let texts): .template(repeated(texts))
    case .tags(let tags): .tags(repeated(tags))
    }
  }

  private func repeated(_ texts: DictionaryColumn) -> DictionaryColumn {
    DictionaryColumn(codes: repeated(texts.codes), dictionary: texts.dictionary)
  }

  private func repeated(_ texts: TemplateColumn) -> TemplateColumn {
    let lengths = TemplateColumn.digitCounts(texts.templates.dictionary)
    let digits = ColumnMemory(uninitializedByteCount: texts.digits.byteCount * factor)
    var (from, to) = (0, 0)
    for row in 0..<texts.count {
      let length = lengths[texts.templates.codes[row]]
      for _ in 0..<factor {
        (digits.base + to).copyMemory(from: texts.digits.base + from, byteCount: length)
        to &+= length
      }
      from &+= length
    }
    return TemplateColumn(templates: repeated(texts.templates), digits: digits)
  }

  private func repeated(_ codes: CodeArray) -> CodeArray {
    CodeArray(
      memory: repeated(codes.memory, codes.count, codes.byteWidth), byteWidth: codes.byteWidth,
      count: codes.count * factor)
  }

  /// Values of so many bytes, each as often as the factor says.
  private func repeated(_ memory: ColumnMemory, _ count: Int, _ byteWidth: Int) -> ColumnMemory {
    let larger = ColumnMemory(uninitializedByteCount: count * factor * byteWidth)
    func copy<T: BitwiseCopyable>(_ type: T.Type) {
      let (source, target) = (memory.pointer(as: type), larger.pointer(as: type))
      for row in 0..<count {
        (target + row &* factor).update(repeating: source[row], count: factor)
      }
    }
    switch byteWidth {
    case 1: copy(UInt8.self)
    case 2: copy(UInt16.self)
    case 4: copy(UInt32.self)
    default: copy(UInt64.self)
    }
    return larger
  }

  private func repeated(_ bitmap: Bitmap) -> Bitmap {
    let larger = Bitmap(count: bitmap.count * factor)
    for row in 0..<bitmap.count where bitmap[row] {
      for copy in row &* factor..<(row &+ 1) &* factor {
        larger.words[copy &>> 6] |= 1 &<< UInt64(copy & 63)
      }
    }
    return larger
  }

  private func repeated(_ heap: TextHeap) -> TextHeap {
    let total = heap.offset(heap.count) * factor
    let isWide = total > Int(UInt32.max)
    let bytes = ColumnMemory(uninitializedByteCount: total)
    let offsets = ColumnMemory(
      uninitializedByteCount: (heap.count * factor + 1) * (isWide ? 8 : 4))
    var end = 0
    func store(_ index: Int) {
      if isWide {
        offsets.pointer(as: UInt64.self)[index] = UInt64(end)
      } else {
        offsets.pointer(as: UInt32.self)[index] = UInt32(truncatingIfNeeded: end)
      }
    }
    store(0)
    for row in 0..<heap.count {
      let start = heap.offset(row)
      let length = heap.offset(row &+ 1) &- start
      for copy in 0..<factor {
        (bytes.base + end).copyMemory(from: heap.bytes.base + start, byteCount: length)
        end &+= length
        store(row &* factor &+ copy &+ 1)
      }
    }
    return TextHeap(bytes: bytes, offsets: offsets, isWide: isWide, count: heap.count * factor)
  }

  private func repeated(_ tags: TagsColumn) -> TagsColumn {
    let offsets = ColumnMemory(byteCount: (tags.count * factor + 1) * 4)
    let codes = CodeArray(
      memory: ColumnMemory(byteCount: tags.codes.count * factor * tags.codes.byteWidth),
      byteWidth: tags.codes.byteWidth, count: tags.codes.count * factor)
    var end = 0
    for row in 0..<tags.count {
      for copy in 0..<factor {
        for index in tags.run(row) {
          codes.set(end, to: tags.codes[index])
          end &+= 1
        }
        offsets.pointer(as: UInt32.self)[row &* factor &+ copy &+ 1] = UInt32(
          truncatingIfNeeded: end)
      }
    }
    return TagsColumn(
      offsets: offsets, codes: codes, dictionary: tags.dictionary, count: tags.count * factor)
  }
}
