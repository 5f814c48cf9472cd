import ColumnStore

/// Columns seen through a link: the value of the parent's row for each row of the child.
enum Gather {
  static func column(_ column: Column, rows: LinkIndex, threads: Int) -> Column {
    switch column {
    case .number(let numbers): .number(gather(numbers, rows))
    case .dictionary(let texts): .dictionary(gather(texts, rows))
    case .text(let texts):
      .dictionary(gather(TextEncoding.dictionary(of: .text(texts)), rows))
    case .tags(let tags): .tags(gather(tags, rows))
    }
  }

  private static func gather(_ column: NumberColumn, _ link: LinkIndex) -> NumberColumn {
    let memory = ColumnMemory(byteCount: link.count &* column.width.byteCount)
    let validity = Bitmap(count: link.count)
    var known = 0
    for row in 0..<link.count {
      let source = Int(link.rows[row])
      if source >= 0, column.isValid(source) {
        validity.words[row &>> 6] |= 1 &<< UInt64(row & 63)
        known &+= 1
      }
    }
    func copy<T: BitwiseCopyable>(_ type: T.Type) {
      let from = column.memory.pointer(as: type)
      let to = memory.pointer(as: type)
      for row in 0..<link.count where link.rows[row] >= 0 { to[row] = from[Int(link.rows[row])] }
    }
    switch column.width {
    case .int8: copy(Int8.self)
    case .int16: copy(Int16.self)
    case .int32: copy(Int32.self)
    case .int64, .float64: copy(Int64.self)
    }
    return NumberColumn(
      width: column.width, scale: column.scale, memory: memory, count: link.count,
      validity: known == link.count ? nil : validity)
  }

  private static func gather(_ column: DictionaryColumn, _ link: LinkIndex) -> DictionaryColumn {
    let codes = CodeArray(count: link.count, largest: column.dictionary.count)
    func copy<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) {
      let from = column.codes.memory.pointer(as: type)
      let to = codes.memory.pointer(as: type)
      for row in 0..<link.count where link.rows[row] >= 0 { to[row] = from[Int(link.rows[row])] }
    }
    // A loader may have kept wider codes than its dictionary needs.
    guard codes.byteWidth == column.codes.byteWidth else {
      for row in 0..<link.count where link.rows[row] >= 0 {
        codes.set(row, to: column.codes[Int(link.rows[row])])
      }
      return DictionaryColumn(codes: codes, dictionary: column.dictionary)
    }
    switch codes.byteWidth {
    case 1: copy(UInt8.self)
    case 2: copy(UInt16.self)
    default: copy(UInt32.self)
    }
    return DictionaryColumn(codes: codes, dictionary: column.dictionary)
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
