/// What must not be written over, or not in the format that a name asks for.
public enum OutputTarget {
  /// Why results are not written to a file; nil where they may be.
  ///
  /// - Parameter format: the format that was asked for, whatever the file's name says.
  public static func refusal(
    _ path: String, format: OutputFormat?, _ session: any QuerySession
  ) -> Diagnostic? {
    let name = "'\(Printable.text(String(path.suffix(60))))'"
    if session.isLoaded(path: path) {
      return Diagnostic(
        "output-is-data", "\(name) is a file that data were loaded from",
        help: "write the result to another file")
    }
    let ending = path.split(separator: "/").last?.split(separator: ".").dropFirst().last
    guard format == nil, let ending = ending?.lowercased(), foreignEndings.contains(ending) else {
      return nil
    }
    return Diagnostic(
      "output-format", "results are not written as .\(ending) files: \(name)",
      help: "use .csv, .tsv, .json, .jsonl, .md, .html, .svg or .txt; --format writes "
        + "one of them whatever the name")
  }

  private static let foreignEndings: Set<String> = [
    "xlsx", "xls", "ods", "pdf", "png", "jpg", "jpeg", "gif", "parquet", "arrow", "feather", "doc",
    "docx", "ppt", "pptx", "zip", "gz", "zst", "xml", "db", "sqlite", "duckdb", "deskdb", "deskql",
  ]
}
