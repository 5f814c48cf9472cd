/// Writes results, one after the other, to one place.
public final class ResultPrinter {
  /// The format; nil chooses a table for a terminal and CSV for anything else.
  public var format: OutputFormat?
  /// Whether tables on a terminal are shown as pictures where they have something to draw.
  public var showsPictures = false
  /// The columns that results on a terminal take; nil: those of the screen.
  public var width: Int?
  /// How CSV and TSV are written for spreadsheets.
  public var spreadsheet = Spreadsheet()
  /// Whether results in JSON are the elements of one array; without it they follow each other.
  public var listsResults = false
  private let writer: OutputWriter
  private let screen: TerminalScreen?
  private let instantText: @Sendable (Double) -> String
  private let partsResults: Bool
  private let isFile: Bool
  /// The results so far, where they make up one document.
  private var document: ResultDocument?
  /// Whether a result was written, or its writing was begun.
  private(set) var hasWritten = false

  /// What spreadsheets need of CSV and TSV files.
  public struct Spreadsheet: Sendable {
    /// Whether a byte order mark tells that the text is UTF-8.
    public var hasByteOrderMark: Bool
    /// Whether texts that would be taken for formulas get a `'` in front.
    public var isSafe: Bool

    /// Plain files unless told otherwise.
    public init(hasByteOrderMark: Bool = false, isSafe: Bool = false) {
      self.hasByteOrderMark = hasByteOrderMark
      self.isSafe = isSafe
    }
  }

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
    // An object of JSON has notes, which tell what rests on a few rows.
    !chosenFormat.isMachineReadable || chosenFormat == .json
  }

  /// Writes a table, and gives the notes that nobody would see there.
  public func print(_ table: ResultTable) throws(OutputError) -> [String] {
    let format = chosenFormat
    var asides = isFile || format.isMachineReadable ? table.notes : []
    if format.isDelimited, !spreadsheet.isSafe, let warning = formulaWarning(table) {
      asides.append(warning)
    }
    if format.isDocument && partsResults {
      hasWritten = true
      var whole = document ?? ResultDocument(options: options(format))
      if try !whole.add(table, check: { () throws(OutputError) in try writer.write([]) }) {
        let name = table.title.isEmpty ? "the result" : "'\(table.title.prefix(60))'"
        asides.append("\(name) has no measure with values to draw and is not in the picture")
      }
      document = whole
    } else {
      try separate(format)
      try show { sink throws(OutputError) in
        try ResultFormatter.write(table, options: options(format), to: sink)
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
      let lines =
        screen.map { Printable.lines(text, width: width ?? $0.width) } ?? Printable.lines(text)
      try show { sink throws(OutputError) in
        try sink(Array((lines.hasSuffix("\n") ? lines : lines + "\n").utf8))
      }
    }
  }

  /// Writes prose that is no result, by the pager where it is taller than the screen.
  func page(_ text: String) throws(OutputError) {
    try show { sink throws(OutputError) in try sink(Array(text.utf8)) }
  }

  /// Writes what `content` gives, by the pager where it is taller than the screen.
  private func show(
    _ content: ((([UInt8]) throws(OutputError) -> Void)) throws(OutputError) -> Void
  ) throws(OutputError) {
    guard let pager = Pager(screen: screen, writer: writer) else {
      return try content { bytes throws(OutputError) in try self.writer.write(bytes) }
    }
    do throws(OutputError) {
      try content { bytes throws(OutputError) in try pager.write(bytes) }
    } catch {
      // Whoever leaves the pager early has seen enough.
      guard error == .closedPipe else { throw error }
    }
    try pager.finish()
  }

  private func formulaWarning(_ table: ResultTable) -> String? {
    let count = SpreadsheetFormula.count(in: table)
    guard count > 0 else { return nil }
    let begin = count == 1 ? "1 text begins" : "\(count) texts begin"
    return "\(begin) as a formula does (= + - @), and a spreadsheet may run it; "
      + "--spreadsheet-safe puts ' in front"
  }

  /// Writes what had to wait for the last result.
  public func finish() throws(OutputError) {
    // A file of JSON is one value, also where there is no result.
    if isListing, hasWritten {
      try writer.write("]\n")
    } else if isFile, chosenFormat == .json, !hasWritten {
      try writer.write("[]\n")
    }
    // A file of pictures without any is still one that opens.
    let isEmptyFile = isFile && chosenFormat.isDocument && partsResults && !hasWritten
    guard
      let whole = document
        ?? (isEmptyFile ? ResultDocument(options: options(chosenFormat)) : nil)
    else { return }
    document = nil
    try writer.write(whole.bytes)
  }

  private func options(_ format: OutputFormat) -> FormatOptions {
    var options = FormatOptions(
      format: format, terminal: screen.map(terminal(of:)), usesASCII: screen?.usesASCII ?? false,
      instantText: instantText)
    options.isSpreadsheetSafe = spreadsheet.isSafe
    return options
  }

  private var chosenFormat: OutputFormat {
    let format = format ?? (screen == nil ? .csv : .table)
    return format == .table && showsPictures ? .chart : format
  }

  private func terminal(of screen: TerminalScreen) -> FormatOptions.Terminal {
    let hasPager = Pager(screen: screen, writer: writer) != nil
    var terminal = FormatOptions.Terminal(
      width: width ?? screen.width, usesColor: screen.usesColor,
      hintForAll: partsResults
        ? "a pipe or -o FILE gets them all" : "all of them: .once FILE, or set PAGER")
    if hasPager { terminal.rowLimit = Self.pagedRowLimit }
    return terminal
  }

  /// What somebody may page through.
  private static let pagedRowLimit = 10_000

  private var isListing: Bool { listsResults && chosenFormat == .json }

  /// Results are parted by an empty line, but for those that are read line by line.
  private func separate(_ format: OutputFormat) throws(OutputError) {
    if isListing { try writer.write(hasWritten ? "," : "[") }
    let isReadByLine = format == .jsonl || format == .json
    if partsResults && hasWritten && !isReadByLine { try writer.write("\n") }
    if !hasWritten, format.isDelimited, spreadsheet.hasByteOrderMark {
      try writer.write("\u{FEFF}")
    }
    hasWritten = true
  }
}
