/// One problem found in a text or a file, in words a support lead understands.
///
/// A diagnostic is data; `DiagnosticRenderer` turns it into text.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How grave a diagnostic is.
  public enum Severity: String, Hashable, Sendable {
    case error, warning, note
  }

  /// A stable, machine-readable name of the kind of problem, in kebab case.
  public var code: String
  /// How grave it is.
  public var severity: Severity
  /// What is wrong: one sentence without a final period that quotes the user's own words.
  public var message: String
  /// The exact words at fault, where the problem stands in a source text.
  public var range: SourceRange?
  /// The file that the problem is about, where it stands in no source text.
  public var file: String?
  /// Further facts, apart from the reason.
  public var notes: [String]
  /// What to write instead: one fix.
  public var help: String?

  /// A diagnostic of the given kind.
  public init(
    _ code: String, _ message: String, at range: SourceRange? = nil,
    severity: Severity = .error, file: String? = nil, notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.file = file
    self.notes = notes
    self.help = help
  }
}
