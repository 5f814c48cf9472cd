import ColumnStore
import Diagnostics
import Results

/// What a statement gave.
public enum StatementResult: Sendable {
  /// The answer to a query, a list, `show` or `describe`.
  case table(ResultTable)
  /// Text for a reader, such as a plan.
  case text(String)
  /// What a load read and set aside.
  case loaded([LoadSummary])
  /// What the statements of an included file gave.
  case included([StatementResult])
  /// Nothing to show; a word of confirmation for somebody at the prompt.
  case done(String?)

  /// Lets go of a result without waiting until it is freed, which takes long for millions of rows;
  /// for whoever has given up showing it.
  public static func release(_ result: inout StatementResult?) { Parallel.release(&result) }
}

/// What a load read, chose and set aside, in lines ready for standard error.
public struct LoadSummary: Sendable {
  /// The lines, ready to be shown.
  public var text: String

  /// How the files are written, such as their encoding and delimiter.
  public var format: String

  /// A summary.
  public init(text: String, format: String = "") {
    self.text = text
    self.format = format
  }
}

/// Why a script could not be read or a statement not be run.
public struct ScriptError: Error, Sendable {
  /// What is wrong, the first thing first.
  public var diagnostics: [Diagnostic]
  /// The text that the diagnostics point into.
  public var source: SourceText

  /// An error in a source text.
  public init(diagnostics: [Diagnostic], source: SourceText) {
    self.diagnostics = diagnostics
    self.source = source
  }
}

/// What may come at a place in a text.
public struct CompletionList: Sendable {
  /// One continuation.
  public struct Candidate: Hashable, Sendable {
    /// What stands in the text afterwards.
    public var text: String
    /// One line on what it is.
    public var meaning: String

    /// A candidate.
    public init(text: String, meaning: String) {
      self.text = text
      self.meaning = meaning
    }
  }

  /// The UTF-8 offsets that a candidate replaces.
  public var range: Range<Int>
  /// The candidates, the likeliest first.
  public var candidates: [Candidate]
  /// Whether there are others, less likely ones.
  public var hasMore: Bool

  /// A list of continuations.
  public init(range: Range<Int>, candidates: [Candidate], hasMore: Bool = false) {
    self.range = range
    self.candidates = candidates
    self.hasMore = hasMore
  }
}
