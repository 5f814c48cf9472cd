/// Writes results, one after the other, to one place.
public final class ResultPrinter {
  /// The format; nil chooses a table for a terminal and CSV for anything else.
  public var format: OutputFormat?
  private let writer: OutputWriter
  private let screen: TerminalScreen?
  private let instantText: @Sendable (Double) -> String
  private let partsResults: Bool
  /// Whether a result was written, or its writing was begun.
  private(set) var hasWritten = false

  /// A printer of results to the writer, which a screen may stand behind. `partsResults` puts an
  /// empty line between two of them.
  public init(
    writer: OutputWriter, screen: TerminalScreen?, format: OutputFormat?,
    partsResults: Bool = true, instantText: @escaping @Sendable (Double) -> String
  ) {
    self.partsResults = partsResults
    self.writer = writer
    self.screen = screen
    self.format = format
    self.instantText = instantText
  }

  /// Writes a table.
  public func print(_ table: ResultTable) throws(OutputError) {
    let format = chosenFormat
    try separate(format)
    let options = FormatOptions(
      format: format, terminal: screen.map(terminal(of:)), instantText: instantText)
    try ResultFormatter.write(table, options: options) { (bytes: [UInt8]) throws(OutputError) in
      try self.writer.write(bytes)
    }
  }

  /// Writes prose, such as the answer to `describe`; as JSON it is an object with one member, so
  /// that a program that reads JSON goes on reading it.
  public func print(text: String) throws(OutputError) {
    let format = chosenFormat
    try separate(format)
    let column = ResultColumn(name: "text", unit: .text, role: .key, values: [.text(text)])
    switch format {
    case .json, .jsonl:
      let table = ResultTable(columns: [column])
      let line = ResultFormatter.text(of: table, options: FormatOptions(format: .jsonl))
      try writer.write(line)
    default:
      let lines = Printable.lines(text)
      try writer.write(lines.hasSuffix("\n") ? lines : lines + "\n")
    }
  }

  private var chosenFormat: OutputFormat { format ?? (screen == nil ? .csv : .table) }

  private func terminal(of screen: TerminalScreen) -> FormatOptions.Terminal {
    FormatOptions.Terminal(
      width: screen.width, usesColor: screen.usesColor,
      hintForAll: "a file or pipe gets them all: .once FILE, --output FILE")
  }

  /// Results are parted by an empty line, but for those that are read line by line.
  private func separate(_ format: OutputFormat) throws(OutputError) {
    let isReadByLine = format == .jsonl || format == .json
    if partsResults && hasWritten && !isReadByLine { try writer.write("\n") }
    hasWritten = true
  }
}
