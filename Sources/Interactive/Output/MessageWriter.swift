/// Says on standard error what is wrong, and what was done that is no result.
public struct MessageWriter {
  let writer: OutputWriter
  /// The terminal behind the writer; nil where there is none.
  let screen: TerminalScreen?
  private let renderer: DiagnosticRenderer
  private let style: TextStyle

  /// Messages to the writer, in colour where the screen behind it has them.
  public init(writer: OutputWriter, screen: TerminalScreen?) {
    let usesColor = screen?.usesColor ?? false
    self.writer = writer
    self.screen = screen
    renderer = DiagnosticRenderer(style: usesColor ? .ansi : .plain)
    style = TextStyle(usesColor: usesColor)
  }

  /// Every problem of a script, with its place.
  public func show(_ error: ScriptError) {
    for diagnostic in error.diagnostics { show(diagnostic, in: error.source) }
  }

  /// One problem.
  public func show(_ diagnostic: Diagnostic, in source: SourceText? = nil) {
    write(renderer.render(diagnostic, in: source))
  }

  /// A fact, in its own words.
  public func say(_ text: String) {
    write(Printable.lines(text))
  }

  /// A fact beside the point, in dim type.
  public func remark(_ text: String) {
    write(style.dim(Printable.lines(text)))
  }

  /// Where standard error cannot be written there is nobody left to tell.
  private func write(_ text: String) {
    guard !text.isEmpty else { return }
    try? writer.write(text.hasSuffix("\n") ? text : text + "\n")
  }
}
