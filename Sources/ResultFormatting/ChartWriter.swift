/// The picture of a result for a terminal.
struct ChartWriter: RowWriter {
  private let lines: [String]

  /// Nil where the result has nothing that could be drawn.
  init?(_ table: ResultTable, options: FormatOptions) {
    guard let model = ChartBuilder.model(of: table, options: options) else { return nil }
    let style = TextStyle(usesColor: options.terminal?.usesColor ?? false)
    lines =
      TerminalChart(model, options: options).lines()
      + table.notes.map { style.dim(options.lines(of: $0)) }
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    for line in lines { buffer.append(line + "\n") }
  }

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {}

  func writeFooter(into buffer: inout ByteBuffer) {}
}
