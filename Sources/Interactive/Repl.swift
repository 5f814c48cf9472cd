import LineEditing

/// The conversation: reads a statement or a command, answers it, and so on until the end.
///
/// Ctrl-C drops what is typed or cancels what runs; only Ctrl-D, `.quit` and a signal to end leave.
public final class Repl {
  /// Why the conversation ended.
  public enum Ending: Hashable, Sendable {
    case quit
    /// A signal asked the program to end.
    case terminated(Int32)
  }

  let session: any QuerySession
  let runner: ScriptRunner
  let messages: MessageWriter
  let out: OutputWriter
  let screen: TerminalScreen?
  let history: SessionHistory
  /// The printer to the terminal; `.output` puts another one in its place for a while.
  let terminalPrinter: ResultPrinter
  var redirection: Redirection?
  var hasQuit = false
  /// What last had a result, for `.watch`.
  private(set) var lastScript: SourceText?
  private let reader: any LineReader

  /// A conversation. Results and answers to commands go to `out`.
  public init(
    session: any QuerySession, reader: any LineReader, out: OutputWriter, screen: TerminalScreen?,
    messages: MessageWriter, history: SessionHistory, format: OutputFormat? = nil
  ) {
    self.session = session
    self.reader = reader
    self.out = out
    self.screen = screen
    self.messages = messages
    self.history = history
    terminalPrinter = ResultPrinter(
      writer: out, screen: screen, format: format, partsResults: false,
      instantText: { session.instantText($0) })
    runner = ScriptRunner(
      session: session, printer: terminalPrinter, messages: messages, isChatty: true)
  }

  /// Talks until the end of input, `.quit`, or a signal to end.
  public func run(greeting: String? = nil) throws(OutputError) -> Ending {
    if let warning = history.load(into: reader) { messages.remark(warning) }
    if let greeting { messages.remark(greeting) }
    do {
      try talk()
    } catch {
      // Results for a file are written also where the terminal is gone.
      finishRedirection()
      throw error
    }
    finishRedirection()
    return ProcessSignals.termination.map { .terminated($0) } ?? .quit
  }

  private func talk() throws(OutputError) {
    while !hasQuit, ProcessSignals.termination == nil {
      ProcessSignals.clearInterrupt()
      switch readStatement() {
      case .line(let text): try answer(text)
      case .interrupted, .leftUpwards: try out.writeLineEnd()
      case .endOfInput:
        try out.writeLineEnd()
        hasQuit = true
      }
    }
  }

  /// What Tab offers at the cursor; `pending` are the lines of the statement typed before.
  public static func completion(
    of line: String, at cursor: Int, after pending: String, in session: any QuerySession
  ) -> LineCompletion {
    if pending.isEmpty,
      var found = ReplCommand.completion(of: line, at: cursor, in: session)
    {
      found.candidates.removeAll { Printable.text($0.text) != $0.text }
      return found
    }
    let shift = pending.utf8.count
    let found = session.completions(in: pending + line, at: shift + cursor)
    let lower = found.range.lowerBound - shift
    guard lower >= 0, lower <= cursor else { return LineCompletion(range: 0..<0, candidates: []) }
    // A value from the data that could harm the terminal is not offered.
    let candidates = found.candidates.filter { Printable.text($0.text) == $0.text }
    return LineCompletion(
      range: lower..<cursor,
      candidates: candidates.map {
        LineCompletion.Candidate(text: $0.text, meaning: Printable.text($0.meaning))
      }, hasMore: found.hasMore)
  }

  /// Reads on while the statement is open. What Ctrl-D ends is run as it stands; whoever goes up
  /// from a line gets all of them to edit.
  private func readStatement() -> LineEvent {
    history.pending = ""
    var above: String?
    var start = LineStart()
    while true {
      let prompt = start.goesOn ? Self.continuationPrompt : Self.prompt
      let event = reader.readLine(prompt: prompt, start: start)
      start = LineStart()
      switch event {
      case .line(let line):
        let text = above.map { $0 + "\n" + line } ?? line
        guard ReplCommand.name(in: text) == nil, session.isIncomplete(text) else {
          return .line(text)
        }
        above = text
        history.pending = text + "\n"
        start.goesOn = true
      case .leftUpwards(let line):
        start.before = above ?? ""
        start.behind = "\n" + line
        above = nil
        history.pending = ""
      case .interrupted: return event
      case .endOfInput: return above.map { .line($0) } ?? event
      }
    }
  }

  private func answer(_ text: String) throws(OutputError) {
    let entry = text.trimmingBlanks()
    if entry.isEmpty { return }
    if let warning = history.add(entry, to: reader) { messages.remark(warning) }
    do {
      if let name = ReplCommand.name(in: entry) {
        try perform(name, in: entry)
      } else {
        let source = SourceText(name: "input", text)
        runner.hasShown = false
        if try runScript(source) == .succeeded, runner.hasShown { lastScript = source }
      }
    } catch {
      try recover(from: error)
    }
  }

  private func perform(_ name: String, in entry: String) throws(OutputError) {
    if let command = ReplCommand.named(name) {
      let words = ReplCommand.arguments(in: entry)
      if let limit = command.argumentLimit, words.count > limit {
        return complain(
          "'.\(command.names[0])' takes \(limit == 0 ? "nothing" : "one word") behind it, not "
            + "'\(Printable.text(String(words.joined(separator: " ").prefix(60))))'",
          help: words.contains("|") || words.contains(">")
            ? "there are no pipes here: '.once FILE' writes one result to a file"
            : "write '\(command.usage)'; quotes keep blanks within a name")
      }
      try command.action(self, words)
    } else {
      let nearest = closestMatch(to: name, among: ReplCommand.all.flatMap(\.names))
      let quoted = Printable.text(String(name.prefix(40)))
      messages.show(
        Diagnostic(
          "unknown-command", "there is no command '.\(quoted)'",
          help: nearest.map { "write '.\($0)'" } ?? "'.help' lists the commands"))
    }
  }

  /// Runs a text that was typed, read, or stands for a command.
  @discardableResult
  func runScript(_ source: SourceText) throws(OutputError) -> ScriptRunner.Outcome {
    let outcome = try runner.run(source)
    report(outcome)
    endRedirectionForOneResult(after: outcome)
    return outcome
  }

  func report(_ outcome: ScriptRunner.Outcome) {
    guard outcome == .interrupted, ProcessSignals.termination == nil else { return }
    ProcessSignals.clearInterrupt()
    messages.remark("\nCancelled.")
  }

  /// Trouble with a file is said and the terminal takes over again; a terminal that is gone ends
  /// the conversation.
  private func recover(from error: OutputError) throws(OutputError) {
    switch error {
    case .interrupted: report(.interrupted)
    case .closedPipe where redirection == nil: throw error
    case .failed where redirection == nil: throw error
    case .closedPipe, .failed: if let diagnostic = error.diagnostic { messages.show(diagnostic) }
    }
    abandonRedirection()
  }

  static let prompt = "deskql> "
  static let continuationPrompt = "   ...> "
}

extension OutputWriter {
  /// Moves below the line that the user left open.
  func writeLineEnd() throws(OutputError) {
    ProcessSignals.clearInterrupt()
    try write([UInt8(ascii: "\n")], isStoppable: false)
  }
}

extension String {
  /// Without blanks at both ends.
  func trimmingBlanks() -> String {
    let isBlank = { (character: Character) in
      character == " " || character.isNewline || character == "\t"
    }
    var rest = drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
  }
}
