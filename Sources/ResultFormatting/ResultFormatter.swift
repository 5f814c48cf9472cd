@_exported import Results

/// Turns a result into text.
public enum ResultFormatter {
  /// Writes the result in pieces of some 64 KiB, so that a long one never stands in memory whole.
  ///
  /// What `sink` throws ends the writing and is thrown on; it is called without bytes too, to ask
  /// whether to go on.
  public static func write<Failure: Error>(
    _ table: ResultTable, options: FormatOptions,
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    guard let writer = rowWriter(for: table, options: options) else {
      var document = ResultDocument(options: options)
      _ = try document.add(table) { () throws(Failure) in try sink([]) }
      return try sink(document.bytes)
    }
    var buffer = ByteBuffer()
    writer.writeHeader(into: &buffer)
    for row in 0..<table.rowCount {
      if row & 0xFF == 0 { try sink([]) }
      writer.writeRow(row, into: &buffer)
      if buffer.bytes.count >= pieceSize {
        try sink(buffer.bytes)
        buffer.clear()
      }
    }
    writer.writeFooter(into: &buffer)
    if !buffer.bytes.isEmpty { try sink(buffer.bytes) }
  }

  /// The whole text of the result.
  public static func text(of table: ResultTable, options: FormatOptions) -> String {
    var bytes: [UInt8] = []
    write(table, options: options) { bytes.append(contentsOf: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One cell as people read it in a table: `84.2%`, `2h 14m`.
  public static func cell(of table: ResultTable, column: Int, row: Int) -> String {
    DisplayColumn(
      table.columns[column], in: table, rows: [row..<row + 1],
      options: FormatOptions(format: .table)
    ).text(row)
  }

  private static let pieceSize = 65_536

  /// Nil for documents, which are made as a whole.
  private static func rowWriter(
    for table: ResultTable, options: FormatOptions
  ) -> (any RowWriter)? {
    switch options.format {
    case .table where table.chart != nil && options.terminal != nil: picture(table, options)
    case .table: TableWriter(table, options: options)
    case .chart: picture(table, options)
    case .svg, .report: nil
    case .csv: DelimitedWriter(table, dialect: .csv, options: options)
    case .tsv: DelimitedWriter(table, dialect: .tsv, options: options)
    case .json: JSONWriter(table)
    case .jsonl: JSONLinesWriter(table)
    case .markdown: MarkdownWriter(table, options: options)
    case .html: HTMLWriter(table, options: options)
    case .vertical: VerticalWriter(table, options: options)
    }
  }

  /// The picture, or the table with a word on why there is none.
  private static func picture(
    _ table: ResultTable, _ options: FormatOptions
  ) -> any RowWriter {
    if let writer = ChartWriter(table, options: options) { return writer }
    var plain = table
    if table.chart != nil { plain.notes.append("There is no measure with values to draw.") }
    return TableWriter(plain, options: options)
  }
}

/// One format: what stands above the rows, each row, and what stands below them.
protocol RowWriter {
  func writeHeader(into buffer: inout ByteBuffer)
  func writeRow(_ row: Int, into buffer: inout ByteBuffer)
  func writeFooter(into buffer: inout ByteBuffer)
}
