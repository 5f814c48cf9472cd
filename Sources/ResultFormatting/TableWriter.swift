/// Boxes for people: units, aligned numbers, intervals in dim type.
struct TableWriter: RowWriter {
  private let table: ResultTable
  private let layout: TableLayout
  private let options: FormatOptions
  private let border: TableBorder
  private let style: TextStyle

  init(_ table: ResultTable, options: FormatOptions) {
    self.table = table
    self.options = options
    layout = TableLayout(table, options: options)
    border = options.usesASCII ? .ascii : .unicode
    style = TextStyle(usesColor: options.terminal?.usesColor ?? false)
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    if !table.title.isEmpty {
      for line in heading { buffer.append(style.bold(line) + "\n") }
    }
    writeRule(border.top, into: &buffer)
    let names = layout.columns.map(\.display.name)
    writeLines(layout.columns.map { header($0, among: names) }, style.bold, into: &buffer)
    writeRule(border.middle, into: &buffer)
  }

  /// A column's name in lines: of whole words where it has some that fit. What is told of another
  /// column, such as its change, keeps its own end.
  private func header(_ column: TableLayout.Column, among names: [String]) -> [String] {
    let name = column.display.name
    if DisplayWidth.of(name) <= column.width { return [name] }
    if layout.wraps { return DisplayWidth.wrapped(name, to: column.width) }
    if let lines = Self.words(of: name, to: column.width) { return lines }
    guard names.contains(where: { $0.count < name.count && name.hasPrefix($0 + "_") }) else {
      return [shortened(name, to: column.width)]
    }
    let end = DisplayWidth.shortened(
      String(name.reversed()), to: max(0, column.width - DisplayWidth.of(border.ellipsis)), mark: ""
    )
    return [border.ellipsis + String(end.reversed())]
  }

  /// A name in a few lines that end behind a blank or `_`; nil where it has no such places.
  private static func words(of name: String, to width: Int) -> [String]? {
    var lines = [""]
    var word = ""
    func end(_ word: String) {
      let line = lines[lines.count - 1] + word
      if DisplayWidth.of(line.trimmed) <= width {
        lines[lines.count - 1] = line
      } else {
        lines.append(word)
      }
    }
    for character in name {
      if character != " " || !word.isEmpty { word.append(character) }
      if character == " " || character == "_" {
        end(word)
        word = ""
      }
    }
    end(word)
    let fits = lines.allSatisfy { DisplayWidth.of($0.trimmed) <= width && !$0.trimmed.isEmpty }
    return fits && lines.count <= mostHeaderLines ? lines.map(\.trimmed) : nil
  }

  private static let mostHeaderLines = 3

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {
    guard let index = layout.rows.firstIndex(where: { $0.contains(row) }) else { return }
    if index > 0 && row == layout.rows[index].lowerBound { writeGap(into: &buffer) }
    if startsSummary(row) { writeRule(border.middle, into: &buffer) }
    if layout.wraps { return writeWrapped(row, into: &buffer) }
    writeLine(into: &buffer) { column, buffer in
      writeCell(row, of: column, into: &buffer)
    }
  }

  func writeFooter(into buffer: inout ByteBuffer) {
    writeRule(border.bottom, into: &buffer)
    for note in [rowCountNote, columnCountNote].compactMap({ $0 }) + table.notes {
      buffer.append(style.dim(options.lines(of: note)) + "\n")
    }
  }

  private func writeCell(
    _ row: Int, of column: TableLayout.Column, into buffer: inout ByteBuffer
  ) {
    let reserved =
      column.remarkWidth > 0 ? column.remarkWidth + TableLayout.Column.remarkGap : 0
    let width = max(0, column.width - reserved)
    let text = shortened(column.display.text(row), to: width)
    let styled =
      switch column.display.trend(row) {
      case .better: style.green(text)
      case .worse: style.red(text)
      case .unproven: style.dim(text)
      case .neutral: text
      }
    write(
      text, styled: styled, width: width, isRightAligned: column.display.isRightAligned,
      into: &buffer)
    if reserved > 0 {
      let remark = column.display.remark(row, withInterval: column.showsInterval)
      buffer.appendSpaces(TableLayout.Column.remarkGap)
      write(
        remark, styled: style.dim(remark), width: column.remarkWidth, isRightAligned: false,
        into: &buffer)
    }
  }

  private func writeWrapped(_ row: Int, into buffer: inout ByteBuffer) {
    let cells = layout.columns.map { column in
      DisplayWidth.wrapped(column.display.text(row), to: column.width)
    }
    writeLines(cells, { $0 }, into: &buffer)
  }

  /// Cells of several lines each.
  private func writeLines(
    _ cells: [[String]], _ styled: (String) -> String, into buffer: inout ByteBuffer
  ) {
    for line in 0..<(cells.map(\.count).max() ?? 0) {
      var place = 0
      writeLine(into: &buffer) { column, buffer in
        let text = line < cells[place].count ? cells[place][line] : ""
        place += 1
        write(
          text, styled: styled(text), width: column.width,
          isRightAligned: column.display.isRightAligned, into: &buffer)
      }
    }
  }

  private func write(
    _ text: String, styled: String, width: Int, isRightAligned: Bool,
    into buffer: inout ByteBuffer
  ) {
    let padding = width - DisplayWidth.of(text)
    if isRightAligned { buffer.appendSpaces(padding) }
    buffer.append(styled)
    if !isRightAligned { buffer.appendSpaces(padding) }
  }

  private func writeLine(
    into buffer: inout ByteBuffer,
    cell: (TableLayout.Column, inout ByteBuffer) -> Void
  ) {
    let bar = style.dim(border.bar)
    for column in layout.columns {
      buffer.append(bar)
      buffer.append(byte: UInt8(ascii: " "))
      cell(column, &buffer)
      buffer.append(byte: UInt8(ascii: " "))
    }
    buffer.append(bar)
    buffer.append(byte: UInt8(ascii: "\n"))
  }

  /// The row of dots between head and tail.
  private func writeGap(into buffer: inout ByteBuffer) {
    writeLine(into: &buffer) { column, buffer in
      write(
        border.gap, styled: style.dim(border.gap), width: column.width,
        isRightAligned: column.display.isRightAligned, into: &buffer)
    }
  }

  private func writeRule(_ rule: TableBorder.Rule, into buffer: inout ByteBuffer) {
    let parts = layout.columns.map { String(repeating: rule.line, count: $0.width + 2) }
    let line = rule.left + parts.joined(separator: rule.joint) + rule.right
    buffer.append(style.dim(line) + "\n")
  }

  /// Whether a rule parts the row, `(total)` or `(other)`, from the groups above it.
  private func startsSummary(_ row: Int) -> Bool {
    guard row > 0, let values = layout.columns.first?.display.values else { return false }
    guard case .label = values[row] else { return false }
    if case .label = values[row - 1] { return false }
    return true
  }

  /// `60 of 6,000 rows (40 shown; …)`, as much of it as says something.
  private var rowCountNote: String? {
    let summaries = table.rowCount - summaryStart
    let shown = layout.rows.reduce(0) { $0 + $1.count } - summaries
    let count = table.rowCount - summaries
    let all = max(count, table.uncutRowCount ?? 0)
    guard all > count || shown < count else { return nil }
    let rows = (all > count ? "\(grouped(count)) of " : "") + "\(grouped(all)) rows"
    guard shown < count else { return rows }
    let hint = options.terminal?.hintForAll ?? ""
    return rows + " (\(grouped(shown)) shown" + (hint.isEmpty ? ")" : "; \(hint))")
  }

  /// Where the rows `(other)` and `(total)` begin at the end of the others.
  private var summaryStart: Int {
    guard let values = layout.columns.first?.display.values else { return table.rowCount }
    var start = table.rowCount
    while start > 0, case .label = values[start - 1] { start -= 1 }
    return start
  }

  private var columnCountNote: String? {
    guard layout.hiddenColumnCount > 0 else { return nil }
    return "\(table.columns.count) columns (\(layout.columns.count) shown; "
      + "a wider window or the vertical format shows them all)"
  }

  private func grouped(_ count: Int) -> String { NumberText.grouped(Int64(count)) }

  private func shortened(_ text: String, to width: Int) -> String {
    DisplayWidth.shortened(text, to: width, mark: border.ellipsis)
  }

  private var heading: [String] {
    let text = Printable.text(table.heading)
    guard let width = options.terminal?.width else { return [text] }
    return DisplayWidth.heading(text, to: width, mark: border.ellipsis)
  }
}

extension String {
  /// Without a blank at its end.
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
