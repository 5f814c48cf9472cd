@_exported import DeskQL

/// What the shell asks of an engine; `Session` answers it, and in tests something smaller does.
public protocol QuerySession: Sendable {
  func load(path: String, as name: String?) throws(ScriptError) -> LoadSummary
  /// Loads small files side by side and gives what came of each; nil, with nothing loaded, where
  /// they are not small.
  func loadTogether(
    _ files: [(path: String, name: String?)]
  ) -> [Result<LoadSummary, ScriptError>]?
  func setParameter(_ name: String, to literal: String) throws(ScriptError)
  func parse(_ text: SourceText) throws(ScriptError) -> [Statement]
  func run(_ statement: Statement, in text: SourceText) throws(ScriptError) -> StatementResult
  func completions(in text: String, at utf8Offset: Int) -> CompletionList
  /// Whether shares and means come with intervals, until a script says otherwise.
  func setIntervals(_ on: Bool)
  func isIncomplete(_ text: String) -> Bool
  /// Stops the running load or query at its next block; safe in a signal handler.
  func cancel()
  /// Forgets an earlier wish to stop.
  func clearCancellation()
  /// Whether a loaded file is no longer what it was.
  var hasChangedFiles: Bool { get }
  /// The loaded files that are no longer there.
  var missingFiles: [String] { get }
  /// Whether a path leads to a file that data were loaded from.
  func isLoaded(path: String) -> Bool
  /// Loads again what has changed since it was loaded.
  func reloadChangedFiles() throws(ScriptError) -> [LoadSummary]
  /// The text for people of an instant in seconds since 1970-01-01T00:00:00Z, in the session's
  /// time zone.
  func instantText(_ seconds: Double) -> String
  /// How far the running load has come.
  var progress: LoadProgress { get }
}

extension QuerySession {
  /// Nothing: one after another is as good.
  public func loadTogether(
    _ files: [(path: String, name: String?)]
  ) -> [Result<LoadSummary, ScriptError>]? { nil }

  /// The instant in UTC.
  public func instantText(_ seconds: Double) -> String { InstantText.instant(seconds) }
}

extension Session: QuerySession {
  /// Stops the running load or query at its next block.
  public func cancel() { cancellation.set() }
  /// Forgets an earlier wish to stop.
  public func clearCancellation() { cancellation.clear() }
}
