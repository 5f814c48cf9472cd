import ColumnStore

/// Columns seen through a link: the value of the parent's row for each row of the child.
enum Gather {
  static func column(_ column: Column, rows: LinkIndex, threads: Int) -> Column {
    switch column {
    case .number(let numbers): .number(gather(numbers, rows, threads))
    case .dictionary(let texts): .dictionary(gather(texts, rows, threads))
    case .text, .template:
      .dictionary(
        gather(
          TextEncoding.dictionary(of: column, threads: threads, check: {}), rows, threads))
    case .tags(let tags): .tags(gather(tags, rows))
    }
  }

  private static func gather(
    _ column: NumberColumn, _ link: LinkIndex, _ threads: Int
  ) -> NumberColumn {
    let memory = ColumnMemory(uninitializedByteCount: link.count &* column.width.byteCount)
    let validity = Bitmap(count: link.count)
    Blocks.forEach(link.count, threads: threads) { block in
      for row in block.start..<block.start &+ block.count {
        let source = Int(link.rows[row])
        if source >= 0, column.isValid(source) {
          validity.words[row &>> 6] |= 1 &<< UInt64(row & 63)
        }
      }
      switch column.width {
      case .int8: copy(Int8.self, column.memory, memory, link, block)
      case .int16: copy(Int16.self, column.memory, memory, link, block)
      case .int32: copy(Int32.self, column.memory, memory, link, block)
      case .int64, .float64: copy(Int64.self, column.memory, memory, link, block)
      }
    }
    return NumberColumn(
      width: column.width, scale: column.scale, memory: memory, count: link.count,
      validity: validity.oneCount == link.count ? nil : validity)
  }

  private static func gather(
    _ column: DictionaryColumn, _ link: LinkIndex, _ threads: Int
  ) -> DictionaryColumn {
    let codes = CodeArray(count: link.count, largest: column.dictionary.count)
    Blocks.forEach(link.count, threads: threads) { block in
      // A loader may have kept wider codes than its dictionary needs.
      guard codes.byteWidth == column.codes.byteWidth else {
        for row in block.start..<block.start &+ block.count where link.rows[row] >= 0 {
          codes.set(row, to: column.codes[Int(link.rows[row])])
        }
        return
      }
      switch codes.byteWidth {
      case 1: copy(UInt8.self, column.codes.memory, codes.memory, link, block)
      case 2: copy(UInt16.self, column.codes.memory, codes.memory, link, block)
      default: copy(UInt32.self, column.codes.memory, codes.memory, link, block)
      }
    }
    return DictionaryColumn(codes: codes, dictionary: column.dictionary)
  }

  /// The parents' values for a block of rows, 0 for rows without a parent.
  private static func copy<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type, _ source: ColumnMemory, _ target: ColumnMemory, _ link: LinkIndex,
    _ block: Block
  ) {
    let from = source.pointer(as: type)
    let to = target.pointer(as: type)
    for row in block.start..<block.start &+ block.count {
      let parent = Int(link.rows[row])
      to[row] = parent >= 0 ? from[parent] : 0
    }
  }

  private static func gather(_ column: TagsColumn, _ link: LinkIndex) -> TagsColumn {
    let offsets = ColumnMemory(byteCount: (link.count &+ 1) &* 4)
    let starts = offsets.pointer(as: UInt32.self)
    var total = 0
    for row in 0..<link.count {
      starts[row] = UInt32(truncatingIfNeeded: total)
      if link.rows[row] >= 0 { total &+= column.run(Int(link.rows[row])).count }
    }
    starts[link.count] = UInt32(truncatingIfNeeded: total)
    let codes = CodeArray(count: total, largest: column.dictionary.count)
    var next = 0
    for row in 0..<link.count where link.rows[row] >= 0 {
      for index in column.run(Int(link.rows[row])) {
        codes.set(next, to: column.codes[index])
        next &+= 1
      }
    }
    return TagsColumn(
      offsets: offsets, codes: codes, dictionary: column.dictionary, count: link.count)
  }
}
