import ColumnStore

/// Answers that nobody gave.
extension DatasetBuild {
  /// Leaves out what Qualtrics writes when the author of a survey tries it; gives how many rows
  /// these are.
  func dropPreviews(_ columns: inout [Column]) -> Int {
    guard naming.role == .surveys,
      let status = plans.firstIndex(where: { HeaderText.squashed($0.header) == "status" }),
      case .dictionary(let texts) = columns[status]
    else { return 0 }
    let previews = (0..<texts.dictionary.count).filter { code in
      DatasetBuild.previewWords.contains(texts.dictionary.string(code).lowercased())
    }
    if previews.isEmpty { return 0 }
    let codes = Set(previews.map { $0 &+ 1 })
    let kept = (0..<texts.count).filter { !codes.contains(texts.codes[$0]) }
    let dropped = texts.count &- kept.count
    columns = columns.map { $0.rows(kept) }
    return dropped
  }

  private static let previewWords: Set<String> = ["survey preview", "survey test", "spam"]
}

extension Column {
  /// A column of some of the rows, for tables of the size of surveys.
  fileprivate func rows(_ rows: [Int]) -> Column {
    switch self {
    case .number(let column):
      if column.width == .float64 {
        return .number(NumberColumn(doubles: rows.map { column.double($0) }))
      }
      return .number(
        NumberColumn(
          rows.map { column.isValid($0) ? column.stored($0) : nil }, scale: column.scale))
    case .dictionary(let column):
      return .dictionary(DictionaryColumn(rows.map { column.string($0) }))
    case .text, .template:
      let reader = textReader()
      return .text(TextColumn(rows.map { reader?.string($0) }))
    case .tags(let column):
      let runs = rows.map { row in column.run(row).map { column.codes[$0] } }
      let offsets = ColumnMemory(byteCount: (rows.count &+ 1) &* 4)
      let codes = CodeArray(
        count: runs.reduce(0) { $0 &+ $1.count }, largest: column.dictionary.count)
      var end = 0
      offsets.pointer(as: UInt32.self)[0] = 0
      for (row, run) in runs.enumerated() {
        for code in run {
          codes.set(end, to: code)
          end &+= 1
        }
        offsets.pointer(as: UInt32.self)[row &+ 1] = UInt32(truncatingIfNeeded: end)
      }
      return .tags(
        TagsColumn(
          offsets: offsets, codes: codes, dictionary: column.dictionary, count: rows.count))
    }
  }
}
