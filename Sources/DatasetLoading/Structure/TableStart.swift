import Diagnostics

/// Where the table of a delimited text begins, and how it is written.
struct TableStart {
  /// The offset of the record that names the columns, or of blank lines before it.
  var offset = 0
  /// Line ends before it.
  var lineCount = 0
  var dialect = WrittenDialect.common[0]
  var notes: [String] = []

  // Lines over a table are looked for in the first ones only.
  private static let lineLimit = 20

  /// Finds the table in a text's first bytes; `delimiter` and the like stand where the user named
  /// them.
  static func find(
    _ head: [UInt8], isWhole: Bool, asked: LoadOptions
  ) -> TableStart {
    var start = TableStart()
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { start.offset = 3 }
    let named = start.takeNamedDelimiter(head)
    if let delimiter = asked.delimiter ?? named {
      start.dialect = WrittenDialect(
        delimiter, quote: asked.quote ?? 0x22, hasBackslashes: asked.hasBackslashes ?? false)
      return start
    }
    let finding = DialectSniffer(head[start.offset...], isWhole: isWhole).sniff()
    if asked.hasHeader, let behind = start.behindTitle(head, isWhole: isWhole, finding) {
      return behind.with(asked)
    }
    start.dialect = finding.dialect
    if let note = finding.note { start.notes.append(note) }
    return start.with(asked)
  }

  private func with(_ asked: LoadOptions) -> TableStart {
    var start = self
    start.dialect.quote = asked.quote ?? dialect.quote
    start.dialect.hasBackslashes = asked.hasBackslashes ?? dialect.hasBackslashes
    return start
  }

  /// Takes the line `sep=;` with which spreadsheets are told the delimiter.
  private mutating func takeNamedDelimiter(_ head: [UInt8]) -> [UInt8]? {
    let line = head[offset...].prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count == 5, line.starts(with: Array("sep=".utf8)), let mark = line.last,
      line.endIndex < head.count
    else { return nil }
    offset = TableStart.nextLine(head, offset) ?? offset
    lineCount = 1
    notes.append("line 1 names the delimiter")
    return [mark]
  }

  /// Where the line behind one begins; nil behind the last.
  private static func nextLine(_ head: [UInt8], _ from: Int) -> Int? {
    guard let end = head[from...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return nil
    }
    let isPair = head[end] == 0x0D && end &+ 1 < head.count && head[end &+ 1] == 0x0A
    return end &+ (isPair ? 2 : 1)
  }

  // MARK: Titles

  /// The start behind titles and remarks, where the text is a table from there on only.
  private func behindTitle(
    _ head: [UInt8], isWhole: Bool, _ whole: DialectSniffer.Finding
  ) -> TableStart? {
    let isTable = whole.trial.isPerfect && !head[offset...].starts(with: Array("# ".utf8))
    if isTable, whole.trial.columnCount < 3 || filled(whole.trial.header) > 1 { return nil }
    var line = offset
    var lines: [ArraySlice<UInt8>] = []
    for _ in 0..<TableStart.lineLimit {
      guard let next = TableStart.nextLine(head, line), next < head.count else { return nil }
      lines.append(head[line..<next].prefix { $0 != 0x0A && $0 != 0x0D })
      line = next
      if head[line] == 0x0A || head[line] == 0x0D { continue }
      let rest = DialectSniffer(head[line...], isWhole: isWhole).sniff(triesRare: false)
      let trial = rest.trial
      guard trial.isPerfect, trial.recordCount > 1, isHeader(trial.header), isTitle(lines, trial)
      else { continue }
      var start = self
      start.offset = line
      start.lineCount = lineCount &+ lines.count
      start.dialect = rest.dialect
      start.notes += rest.note.map { [$0] } ?? []
      let first = SafeText.quoted(SafeText.string(Array(lines[0])))
      start.notes.append(
        lines.count == 1
          ? "skipped a line before the table: \(first)"
          : "skipped \(lines.count) lines before the table, the first is \(first)")
      return start
    }
    return nil
  }

  private func filled(_ fields: [ArraySlice<UInt8>]) -> Int { fields.count { !$0.isEmpty } }

  /// Whether all fields are different names.
  private func isHeader(_ fields: [ArraySlice<UInt8>]) -> Bool {
    let named = fields.filter { field in field.contains { $0 | 0x20 >= 0x61 || $0 >= 0x80 } }
    return named.count == fields.count && Set(named).count == named.count
  }

  /// Whether lines are no records of a table: remarks, or with a field or two before a blank line.
  private func isTitle(_ lines: [ArraySlice<UInt8>], _ table: DialectSniffer.Trial) -> Bool {
    let mark = table.dialect.delimiter[0]
    let isApart = lines.last.map { $0.allSatisfy { $0 == mark } } ?? false
    let most = isApart && table.columnCount > 2 ? 2 : 1
    return lines.allSatisfy { line in
      if line.first == UInt8(ascii: "#") { return true }
      // A line with other delimiters may well be the header.
      let isOther = line.contains { $0 != mark && [0x09, 0x3B, 0x7C, 0x22].contains($0) }
      return line.split(separator: mark).count <= most && !isOther
    }
  }
}
