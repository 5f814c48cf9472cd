import ColumnStore

/// A search in texts that hardly repeat, over their heap.
final class HeapCondition: ConditionOperator {
  private let column: TextColumn
  private let search: TextSearchTerm

  init(_ column: TextColumn, _ search: TextSearchTerm) {
    self.column = column
    self.search = search
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    search.mark(column.heap, rows: block.start..<(block.start + block.count), words: mask)
    if let validity = column.validity {
      let words = validity.words + block.start &>> 6
      for word in 0..<block.wordCount { mask[word] &= words[word] }
    }
  }
}

/// A search that tells digits apart, in texts that are templates and digits: those are put together
/// whose template leaves it open.
final class TemplateCondition: ConditionOperator {
  private enum Answer {
    static let no: UInt8 = 0
    static let yes: UInt8 = 1
    static let open: UInt8 = 2
  }

  private let codes: CodeArray
  private let reader: TemplateReader
  private let test: (UnsafeBufferPointer<UInt8>) -> Bool
  private let answers: [UInt8]

  init(_ column: TemplateColumn, _ search: TextSearchTerm) {
    codes = column.templates.codes
    reader = TemplateReader(column)
    test = search.test()
    let dictionary = column.templates.dictionary
    let mayMatch = search.ofTemplates?.table(of: dictionary)
    let matches = search.table(of: dictionary)
    answers = zip(matches.indices, TemplateColumn.digitCounts(dictionary)).map { code, digitCount in
      if code == 0 || mayMatch?[code] == 0 { return Answer.no }
      return digitCount == 0 ? matches[code] : Answer.open
    }
  }

  override func evaluate(_ block: Block, _ mask: UnsafeMutablePointer<UInt64>) {
    for word in 0..<block.wordCount {
      var bits: UInt64 = 0
      for bit in 0..<min(64, block.count - word * 64) {
        let row = block.start + word * 64 + bit
        if holds(row) { bits |= 1 &<< UInt64(bit) }
      }
      mask[word] = bits
    }
  }

  private func holds(_ row: Int) -> Bool {
    switch answers[codes[row]] {
    case Answer.no: false
    case Answer.yes: true
    default: reader.utf8(row).map(test) ?? false
    }
  }
}
