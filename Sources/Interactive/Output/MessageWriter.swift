import Glibc

/// Says on standard error what is wrong, and what was done that is no result.
public struct MessageWriter {
  /// How messages are written.
  public enum Format: String, CaseIterable, Sendable {
    /// In words, with the line at fault.
    case text
    /// One JSON object on a line for each message.
    case json
  }

  let writer: OutputWriter
  /// The terminal behind the writer; nil where there is none.
  let screen: TerminalScreen?
  private let renderer: DiagnosticRenderer
  private let style: TextStyle
  private let format: Format

  /// Messages to the writer, in colour where the screen behind it has them.
  public init(writer: OutputWriter, screen: TerminalScreen?, format: Format = .text) {
    let usesColor = screen?.usesColor ?? false
    self.writer = writer
    self.screen = screen
    self.format = format
    renderer = DiagnosticRenderer(style: usesColor ? .ansi : .plain)
    style = TextStyle(usesColor: usesColor)
  }

  /// Messages to standard error, in colour where it is a screen that has them.
  public static func standardError(format: Format = .text) -> MessageWriter {
    MessageWriter(
      writer: .standardError(), screen: TerminalScreen(descriptor: STDERR_FILENO), format: format)
  }

  /// Every problem of a script, with its place.
  public func show(_ error: ScriptError) {
    for diagnostic in error.diagnostics { show(diagnostic, in: error.source) }
  }

  /// One problem.
  public func show(_ diagnostic: Diagnostic, in source: SourceText? = nil) {
    // After Ctrl-C, what failed may have failed by that alone.
    let isError = diagnostic.severity == .error
    switch format {
    case .text:
      // The window may have changed since the last one.
      var renderer = renderer
      renderer.width = screen?.width ?? .max
      write(renderer.render(diagnostic, in: source), isStoppable: isError)
    case .json: write(diagnostic.json(in: source).line, isStoppable: isError)
    }
  }

  /// A fact, in its own words.
  public func say(_ text: String) {
    switch format {
    case .text: write(lines(of: text))
    case .json:
      var lines = text.split(separator: "\n").map(String.init)
      guard !lines.isEmpty else { return }
      let first = lines.removeFirst()
      let notes = lines.map { $0.trimmingBlanks() }
      show(Diagnostic("report", first, severity: .note, notes: notes))
    }
  }

  /// A fact beside the point, in dim type.
  public func remark(_ text: String) {
    switch format {
    case .text: write(style.dim(lines(of: text)))
    case .json: say(text)
    }
  }

  private func lines(of text: String) -> String {
    screen.map { Printable.lines(text, width: $0.width) } ?? Printable.lines(text)
  }

  /// Where standard error cannot be written there is nobody left to tell. What Ctrl-C came too late
  /// for has happened, and is told.
  private func write(_ text: String, isStoppable: Bool = false) {
    guard !text.isEmpty else { return }
    let line = text.hasSuffix("\n") ? text : text + "\n"
    try? writer.write(Array(line.utf8), isStoppable: isStoppable)
  }
}
