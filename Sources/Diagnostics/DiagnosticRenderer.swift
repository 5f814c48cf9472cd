/// Turns a diagnostic into the text that a person reads: the message, the line with carets under
/// the exact words, the notes and the fix; always under 1 kB and without raw control characters.
public struct DiagnosticRenderer: Sendable {
  /// Whether the text is coloured.
  public enum Style: Hashable, Sendable {
    /// Text only, for pipes and logs.
    case plain
    /// With ANSI colours, for a terminal.
    case ansi
  }

  /// Whether the text is coloured.
  public var style: Style

  /// The columns that an excerpt of a source may take.
  public var width: Int

  /// A renderer of one style, for a screen so wide.
  public init(style: Style = .plain, width: Int = .max) {
    self.style = style
    self.width = width
  }

  /// The largest size of a rendered diagnostic in bytes.
  public static let byteLimit = 1000

  /// The text of a diagnostic without a line end at its close; `source` is the text that its range
  /// points into.
  public func render(_ diagnostic: Diagnostic, in source: SourceText? = nil) -> String {
    let color = diagnostic.severity == .error ? Code.red : Code.yellow
    let message = DisplayText.cut(DisplayText.escaped(diagnostic.message), toBytes: 260)
    var lines = ["\(paint(diagnostic.severity.rawValue, color)): \(paint(message, Code.bold))"]
    if let source, let range = diagnostic.range {
      lines += excerpt(of: range, in: source, color: color)
    }
    let help = diagnostic.help.map { "\(paint("help", Code.cyan)): \(short($0))" }
    var room = Self.byteLimit - size(of: lines) - (help.map { $0.utf8.count + 1 } ?? 0)
    for note in diagnostic.notes {
      let line = "\(paint("note", Code.cyan)): \(short(note))"
      room -= line.utf8.count + 1
      if room < 0 { break }
      lines.append(line)
    }
    return (lines + (help.map { [$0] } ?? [])).joined(separator: "\n")
  }

  private func short(_ text: String) -> String {
    DisplayText.cut(DisplayText.escaped(text), toBytes: 180)
  }

  private func size(of lines: [String]) -> Int {
    lines.reduce(0) { $0 + $1.utf8.count + 1 }
  }

  private enum Code {
    static let red = "1;31"
    static let yellow = "1;33"
    static let cyan = "36"
    static let blue = "34"
    static let bold = "1"
  }

  private func paint(_ text: String, _ code: String) -> String {
    style == .ansi ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// The place, the line and the carets.
  private func excerpt(of range: SourceRange, in source: SourceText, color: String) -> [String] {
    let place = source.location(at: range.lower)
    let digits = String(place.line).count
    let excerpt = SourceExcerpt(of: range, in: source, width: width &- digits &- 3)
    let name = DisplayText.end(of: DisplayText.escaped(source.name), toBytes: 120)
    let margin = String(repeating: " ", count: digits)
    let indent = String(repeating: " ", count: excerpt.caretColumn)
    let carets = String(repeating: "^", count: excerpt.caretCount)
    let bar = paint("|", Code.blue)
    return [
      "\(margin)\(paint("-->", Code.blue)) \(name):\(place.line):\(place.column)",
      "\(margin) \(bar)",
      "\(paint(String(place.line), Code.blue)) \(bar) \(excerpt.text)",
      "\(margin) \(bar) \(indent)\(paint(carets, color))",
    ]
  }
}
