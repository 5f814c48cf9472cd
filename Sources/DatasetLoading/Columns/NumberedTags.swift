import ColumnStore

/// Joins columns such as `tag_1`, `tag_2`, … to one column of tags.
enum NumberedTags {
  /// The list of each row: the texts of all columns, each once.
  static func column(_ columns: [Column], rowCount: Int) -> TagsColumn {
    let parts = columns.compactMap { column in
      if case .dictionary(let part) = column { part } else { nil }
    }
    var entries: Set<[UInt8]> = []
    let texts = parts.map { part in
      (0..<part.dictionary.count).map { Array(part.dictionary.string($0).utf8) }
    }
    for part in texts { entries.formUnion(part) }
    let sorted = entries.sorted { $0.lexicographicallyPrecedes($1) }
    var codeOf: [[UInt8]: Int] = [:]
    for (index, entry) in sorted.enumerated() { codeOf[entry] = index &+ 1 }
    let codes = texts.map { part in [0] + part.map { codeOf[$0] ?? 0 } }

    let offsets = ColumnMemory(byteCount: (rowCount &+ 1) &* 4)
    let starts = offsets.pointer(as: UInt32.self)
    var all: [Int] = []
    starts[0] = 0
    for row in 0..<rowCount {
      var own: Set<Int> = []
      for (index, part) in parts.enumerated() { own.insert(codes[index][part.codes[row]]) }
      all += own.subtracting([0]).sorted()
      starts[row &+ 1] = UInt32(truncatingIfNeeded: all.count)
    }
    let array = CodeArray(count: all.count, largest: sorted.count)
    for (index, code) in all.enumerated() { array.set(index, to: code) }
    return TagsColumn(
      offsets: offsets, codes: array, dictionary: TextHeap(sorted.map { SafeText.string($0) }),
      count: rowCount)
  }
}
