import ColumnStore
import QueryPlanning

extension RowCompiler {
  /// A text expression as a dictionary column over all rows.
  func dictionary(_ expression: RowExpression) throws(ExecutionError) -> DictionaryColumn {
    if case .column(let path) = expression, case .dictionary(let texts) = column(path) {
      return texts
    }
    return try store.text(request(TypedRow(expression, .text))) { () throws(ExecutionError) in
      try makeDictionary(expression)
    }
  }

  private func makeDictionary(
    _ expression: RowExpression
  ) throws(ExecutionError) -> DictionaryColumn {
    switch expression {
    case .column(let path):
      return try TextEncoding.dictionary(
        of: column(path), threads: store.threads, check: store.checkCancellation)
    case .text(let text):
      let codes = CodeArray(count: rowCount, largest: 1)
      for row in 0..<rowCount { codes.set(row, to: 1) }
      return DictionaryColumn(codes: codes, dictionary: TextHeap([text]))
    case .lowercased(let operand): return mapped(try dictionary(operand)) { $0.lowercased() }
    case .uppercased(let operand): return mapped(try dictionary(operand)) { $0.uppercased() }
    case .choose(let test, let first, let second):
      let bitmap = try bitmap(test)
      let (first, second) = (try dictionary(first), try dictionary(second))
      return DictionaryColumn(
        (0..<rowCount).map { bitmap[$0] ? first.string($0) : second.string($0) })
    case .coalesce(let operands):
      var columns: [DictionaryColumn] = []
      for operand in operands { columns.append(try dictionary(operand)) }
      return DictionaryColumn(
        (0..<rowCount).map { row in
          for column in columns { if let text = column.string(row) { return text } }
          return nil
        })
    default: return DictionaryColumn([String?](repeating: nil, count: rowCount))
    }
  }

  /// The same rows with every text replaced.
  private func mapped(
    _ column: DictionaryColumn, _ transform: (String) -> String
  ) -> DictionaryColumn {
    let texts = (0..<column.dictionary.count).map { transform(column.dictionary.string($0)) }
    let entries = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var codeOf: [String: Int] = [:]
    for (index, entry) in entries.enumerated() { codeOf[entry] = index + 1 }
    let table = [0] + texts.map { codeOf[$0] ?? 0 }
    let codes = CodeArray(count: column.count, largest: entries.count)
    for row in 0..<column.count { codes.set(row, to: table[column.codes[row]]) }
    return DictionaryColumn(codes: codes, dictionary: TextHeap(entries))
  }
}
