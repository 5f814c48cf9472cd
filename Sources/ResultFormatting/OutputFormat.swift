/// The ways a result can be written.
public enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  /// Boxes and units, for people at a terminal.
  case table
  /// Comma-separated values as RFC 4180 has them.
  case csv
  /// Tab-separated values; tabs and line ends within values are escaped.
  case tsv
  /// One object with title, columns, rows and notes.
  case json
  /// One object per row.
  case jsonl
  /// A table in a Markdown text.
  case markdown
  /// A table element with a caption.
  case html
  /// One `name: value` line per cell, one block per row.
  case vertical
  /// A picture in characters; a table where there is nothing to draw.
  case chart
  /// Pictures as vector graphics.
  case svg
  /// A page of its own in HTML, with every result's title, picture and table.
  case report

  /// Whether values are plain and at full precision, to be read by programs.
  public var isMachineReadable: Bool {
    switch self {
    case .csv, .tsv, .json, .jsonl: true
    case .table, .markdown, .html, .vertical, .chart, .svg, .report: false
    }
  }

  /// What it is, in a few words.
  public var meaning: String {
    switch self {
    case .table: "boxes and units, for people"
    case .csv: "comma-separated values"
    case .tsv: "tab-separated values"
    case .json: "one object with title, columns, rows and notes"
    case .jsonl: "one object per row"
    case .markdown: "a table in a Markdown text"
    case .html: "a table to be put into a page"
    case .vertical: "one line per value"
    case .chart: "a picture in characters"
    case .svg: "pictures as vector graphics"
    case .report: "a page with every title, picture and table"
    }
  }

  /// Whether spreadsheets open files of it.
  public var isDelimited: Bool { self == .csv || self == .tsv }

  /// Whether all results of a run make up one document, which is written at the end.
  public var isDocument: Bool { self == .svg || self == .report }

  /// The format that a file of this name is expected to hold; nil where the name does not say.
  public init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[dot...].dropFirst().lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .report
    case "svg": self = .svg
    case "txt": self = .table
    default: return nil
    }
  }
}
