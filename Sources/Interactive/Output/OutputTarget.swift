import Glibc

/// What must not be written over, or not in the format that a name asks for.
public enum OutputTarget {
  /// Why results are not written to a file; nil where they may be.
  ///
  /// - Parameters:
  ///   - format: the format that was asked for, whatever the file's name says.
  ///   - scripts: the files that statements are read from.
  public static func refusal(
    _ path: String, format: OutputFormat?, _ session: any QuerySession, scripts: [String] = []
  ) -> Diagnostic? {
    let name = "'\(Printable.text(String(path.suffix(60))))'"
    if session.isLoaded(path: path) {
      return Diagnostic(
        "output-is-data", "\(name) is a file that data were loaded from",
        help: "write the result to another file")
    }
    if isInput(path, scripts) {
      return Diagnostic(
        "output-is-input", "\(name) is a file that is being read",
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

  /// Whether a path leads to a script, or to the file that standard input comes from.
  private static func isInput(_ path: String, _ scripts: [String]) -> Bool {
    var target = stat()
    guard stat(path, &target) == 0, target.st_mode & S_IFMT == S_IFREG else { return false }
    func isTarget(_ other: stat) -> Bool {
      other.st_dev == target.st_dev && other.st_ino == target.st_ino
    }
    var input = stat()
    if fstat(STDIN_FILENO, &input) == 0, isTarget(input) { return true }
    return scripts.contains { script in
      var status = stat()
      return stat(script, &status) == 0 && isTarget(status)
    }
  }

  private static let foreignEndings: Set<String> = [
    "xlsx", "xls", "ods", "pdf", "png", "jpg", "jpeg", "gif", "parquet", "arrow", "feather", "doc",
    "docx", "ppt", "pptx", "zip", "gz", "zst", "xml", "db", "sqlite", "duckdb", "deskdb", "deskql",
  ]
}
