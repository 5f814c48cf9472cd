/// How a result is written.
public struct FormatOptions: Sendable {
  /// What is known of the terminal that shows the text.
  public struct Terminal: Sendable {
    /// Columns of the screen.
    public var width: Int
    /// A result of more rows than this is shown as its head and tail.
    public var rowLimit: Int
    /// Whether colours and dim type may be used.
    public var usesColor: Bool
    /// How to see every row of a cut result, such as `.once FILE writes them all`.
    public var hintForAll: String

    /// A terminal of the given width.
    public init(
      width: Int, rowLimit: Int = 40, usesColor: Bool = false, hintForAll: String = ""
    ) {
      self.width = width
      self.rowLimit = rowLimit
      self.usesColor = usesColor
      self.hintForAll = hintForAll
    }
  }

  /// A note, in lines that fit on the terminal.
  func lines(of note: String) -> String {
    let text = Printable.text(note)
    return terminal.map { Printable.lines(text, width: $0.width) } ?? text
  }

  /// The format that is written.
  public var format: OutputFormat
  /// The terminal that shows the text; nil for a file or pipe, where nothing is ever cut or
  /// coloured.
  public var terminal: Terminal?
  /// Draws with `+-|` instead of box characters.
  public var usesASCII: Bool
  /// Puts a `'` before each text that a spreadsheet would take for a formula, in CSV and TSV.
  public var isSpreadsheetSafe = false
  /// The text for people of an instant, given in seconds since 1970-01-01T00:00:00Z.
  public var instantText: @Sendable (Double) -> String

  /// Options for one format; instants are shown in UTC unless told otherwise.
  public init(
    format: OutputFormat, terminal: Terminal? = nil, usesASCII: Bool = false,
    instantText: @escaping @Sendable (Double) -> String = { InstantText.instant($0) }
  ) {
    self.format = format
    self.terminal = terminal
    self.usesASCII = usesASCII
    self.instantText = instantText
  }
}
