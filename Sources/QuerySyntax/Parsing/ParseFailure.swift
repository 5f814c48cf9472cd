import Diagnostics

/// The error that stops the parser within a clause or statement.
///
/// A class, since a thrown structure would take its full size on the stack of every function that
/// can throw, and brackets nest deeply.
final class ParseFailure: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) {
    self.diagnostic = diagnostic
  }

  convenience init(
    _ code: String, _ message: String, at range: SourceRange, help: String? = nil
  ) {
    self.init(Diagnostic(code, message, at: range, help: help))
  }
}
