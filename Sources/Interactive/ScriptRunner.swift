/// Runs scripts statement by statement: results go to the printer, everything else that must be
/// said to standard error.
public final class ScriptRunner {
  /// How a script ended.
  public enum Outcome: Hashable, Sendable {
    case succeeded
    /// At least one statement failed, and was reported.
    case failed
    /// Ctrl-C, or a signal to end.
    case interrupted
  }

  /// Where results go.
  public var printer: ResultPrinter
  /// Whether a statement that fails leaves the following ones to be run.
  public var keepsGoing: Bool
  /// Whether the time of every statement is shown.
  public var showsTime = false
  /// Whether somebody is there to read what went well: each load, each definition.
  public var isChatty: Bool
  /// Whether a result was shown since this was last set to false.
  var hasShown = false
  let messages: MessageWriter
  private let session: any QuerySession
  private let errand = Errand()

  /// A runner of scripts in the session.
  public init(
    session: any QuerySession, printer: ResultPrinter, messages: MessageWriter,
    keepsGoing: Bool = false, isChatty: Bool = false
  ) {
    self.session = session
    self.printer = printer
    self.messages = messages
    self.keepsGoing = keepsGoing
    self.isChatty = isChatty
  }

  /// Runs every statement of the text. Nothing is run where the text cannot be read as a whole.
  public func run(_ text: SourceText) throws(OutputError) -> Outcome {
    guard begin() else { return .interrupted }
    let statements: [Statement]
    do {
      statements = try session.parse(text)
    } catch {
      if let diagnostic = Self.commandOfThePrompt(in: text) {
        messages.show(diagnostic, in: text)
        return .failed
      }
      return report(error)
    }
    var outcome = Outcome.succeeded
    for statement in statements {
      switch try run(statement, in: text) {
      case .succeeded: continue
      case .failed where keepsGoing: outcome = .failed
      case let ending: return ending
      }
    }
    return outcome
  }

  /// The error for a text that cannot be read, where a line of it is a command of the prompt.
  private static func commandOfThePrompt(in text: SourceText) -> Diagnostic? {
    var start = 0
    while start < text.bytes.count {
      let line = text.lineRange(at: start)
      let words = text.text(of: line).split(separator: " ")
      if let word = words.first.map({ $0.prefix { $0 != ";" } }), ".\\".contains(word.prefix(1)),
        ReplCommand.name(in: String(word)) != nil
      {
        return Diagnostic(
          "command-in-script",
          "'\(Printable.text(String(word.prefix(40))))' is a command of the prompt, not of the "
            + "language", at: line,
          help: "at the prompt it stands by itself; `show`, `set`, `load` and `save` work here too")
      }
      start = max(line.upper, start) + 1
    }
    return nil
  }

  /// Waits for what was given up before, and forgets the wish for it; false where something else is
  /// to be given up.
  private func begin() -> Bool {
    guard errand.settle(isStopped: { ProcessSignals.isStopRequested }) else { return false }
    session.clearCancellation()
    return true
  }

  /// Loads data files in their order; `goesOn` behind one that is refused.
  public func load(_ files: [DataArgument], goesOn: Bool) -> Outcome {
    guard begin() else { return .interrupted }
    let session = session
    let answer = try? unlessGivenUp { () throws(ScriptError) in
      session.loadTogether(files.map { ($0.path, $0.name) })
    }
    guard let loaded = answer else { return .interrupted }
    var outcome = Outcome.succeeded
    for (index, file) in files.enumerated() {
      let ending = loaded.map { report($0[index]) } ?? load(path: file.path, as: file.name)
      switch ending {
      case .succeeded: continue
      case .failed where goesOn: outcome = .failed
      default: return ending
      }
    }
    return outcome
  }

  /// Loads a data file.
  public func load(path: String, as name: String?) -> Outcome {
    guard begin() else { return .interrupted }
    let session = session
    do {
      let summary = try unlessGivenUp { () throws(ScriptError) in
        try session.load(path: path, as: name)
      }
      return summary.map { report(.success($0)) } ?? .interrupted
    } catch {
      return report(error)
    }
  }

  private func run(_ statement: Statement, in text: SourceText) throws(OutputError) -> Outcome {
    if ProcessSignals.isStopRequested { return .interrupted }
    let start = ContinuousClock.now
    let session = session
    var result: StatementResult?
    do {
      result = try unlessGivenUp(statement.changesNothingWhenGivenUp) {
        () throws(ScriptError) in try session.run(statement, in: text)
      }
    } catch {
      return report(error)
    }
    if result == nil { return .interrupted }
    let time = ContinuousClock.now - start
    do throws(OutputError) {
      if let result { try show(result) }
    } catch {
      StatementResult.release(&result)
      throw error
    }
    if showsTime { messages.remark(Self.text(of: time)) }
    return .succeeded
  }

  /// What the work gives; nil where somebody has given it up who sits at the prompt: it ends by
  /// itself then, without an effect, before the next one begins.
  private func unlessGivenUp<Answer: Sendable>(
    _ mayGoOn: Bool = true, _ work: @escaping @Sendable () throws(ScriptError) -> Answer
  ) throws(ScriptError) -> Answer? {
    try ProgressDisplay.during(session.progress, messages) { () throws(ScriptError) in
      guard isChatty, mayGoOn else { return try work() }
      return try errand.run(isStopped: { ProcessSignals.isStopRequested }) {
        Result(catching: work)
      }?.get()
    }
  }

  private func show(_ result: StatementResult) throws(OutputError) {
    switch result {
    case .table(let table):
      hasShown = true
      for note in try printer.print(table) {
        messages.show(Diagnostic("result-note", note, severity: .note))
      }
    case .text(let text):
      hasShown = true
      try printer.print(text: text)
    case .loaded(let summaries): report(summaries)
    case .included(let results): for inner in results { try show(inner) }
    case .done(let message): if isChatty, let message { messages.remark(message) }
    }
  }

  private func report(_ load: Result<LoadSummary, ScriptError>) -> Outcome {
    switch load {
    case .success(let summary):
      report([summary])
      return .succeeded
    case .failure(let error): return report(error)
    }
  }

  private func report(_ error: ScriptError) -> Outcome {
    if ProcessSignals.isStopRequested { return .interrupted }
    messages.show(error)
    return .failed
  }

  /// Where nobody reads along, a load speaks up only when there is more to say than its one line
  /// of counts.
  private func report(_ summaries: [LoadSummary]) {
    for summary in summaries where isChatty || summary.hasRemarks {
      messages.say(summary.text)
    }
  }

  /// `12.3 ms`, `1.234 s`
  private static func text(of time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    if seconds == 0 {
      let tenths = attoseconds / 100_000_000_000_000
      return "\(tenths / 10).\(tenths % 10) ms"
    }
    let millisecond = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds)." + String(repeating: "0", count: 3 - millisecond.count) + millisecond + " s"
  }
}

extension Statement {
  /// Whether everything is as it was once it has ended after being given up.
  fileprivate var changesNothingWhenGivenUp: Bool {
    switch kind {
    case .query, .list, .explain, .describe, .show, .load, .include: true
    case .define, .parameter, .set, .goal, .save, .measure, .unavailable: false
    }
  }
}

extension LoadSummary {
  /// Whether something was set aside, guessed or noted.
  var hasRemarks: Bool {
    text.utf8.dropLast().contains(UInt8(ascii: "\n"))
  }
}
