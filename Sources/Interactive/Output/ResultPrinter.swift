/// Writes results, one after the other, to one place.
public final class ResultPrinter {
  /// The format; nil chooses a table for a terminal and CSV for anything else.
  public var format: OutputFormat?
  private let writer: OutputWriter
  private let screen: TerminalScreen?
  private let instantText: @Sendable (Double) -> String
  private let partsResults: Bool
  private let isFile: Bool
  /// The results so far, where they make up one document.
  private var document: ResultDocument?
  /// Whether a result was written, or its writing was begun.
  private(set) var hasWritten = false

  /// A printer of results to the writer, which a screen may stand behind. `partsResults` puts an
  /// empty line between two of them, or makes one document of all; `isFile` is set where nobody
  /// sees what is written.
  public init(
    writer: OutputWriter, screen: TerminalScreen?, format: OutputFormat?,
    partsResults: Bool = true, isFile: Bool = false,
    instantText: @escaping @Sendable (Double) -> String
  ) {
    self.partsResults = partsResults
    self.isFile = isFile
    self.writer = writer
    self.screen = screen
    self.format = format
    self.instantText = instantText
  }

  /// Whether what is written shows how sure its numbers are.
  public var showsIntervals: Bool {
    switch chosenFormat {
    case .table, .vertical: screen != nil
    case .chart, .svg, .report: true
    case .csv, .tsv, .json, .jsonl, .markdown, .html: false
    }
  }

  /// Writes a table, and gives the notes that nobody would see there.
  public func print(_ table: ResultTable) throws(OutputError) -> [String] {
    let format = chosenFormat
    var asides = isFile || format.isMachineReadable ? table.notes : []
    if format.isDocument && partsResults {
      hasWritten = true
      var whole = document ?? ResultDocument(options: options(format))
      if !whole.add(table) {
        let name = table.title.isEmpty ? "the result" : "'\(table.title.prefix(60))'"
        asides.append("\(name) has no measure with values to draw and is not in the picture")
      }
      document = whole
    } else {
      try separate(format)
      try ResultFormatter.write(table, options: options(format)) {
        (bytes: [UInt8]) throws(OutputError) in
        try self.writer.write(bytes)
      }
    }
    var seen: Set<String> = []
    return asides.filter { seen.insert($0).inserted }
  }

  /// Writes prose, such as the answer to `describe`; as JSON it is an object with one member, so
  /// that a program that reads JSON goes on reading it.
  public func print(text: String) throws(OutputError) {
    let format = chosenFormat
    if format.isDocument && partsResults {
      hasWritten = true
      var whole = document ?? ResultDocument(options: options(format))
      whole.add(text: text)
      document = whole
      return
    }
    try separate(format)
    let column = ResultColumn(name: "text", unit: .text, role: .key, values: [.text(text)])
    switch format {
    case .json, .jsonl:
      let table = ResultTable(columns: [column])
      let line = ResultFormatter.text(of: table, options: FormatOptions(format: .jsonl))
      try writer.write(line)
    default:
      let lines = screen.map { Printable.lines(text, width: $0.width) } ?? Printable.lines(text)
      try writer.write(lines.hasSuffix("\n") ? lines : lines + "\n")
    }
  }

  /// Writes what had to wait for the last result.
  public func finish() throws(OutputError) {
    guard let whole = document else { return }
    document = nil
    try writer.write(whole.bytes)
  }

  private func options(_ format: OutputFormat) -> FormatOptions {
    FormatOptions(
      format: format, terminal: screen.map(terminal(of:)), usesASCII: screen?.usesASCII ?? false,
      instantText: instantText)
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
