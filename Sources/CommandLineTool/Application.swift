import Glibc
import Interactive

/// One run of the program, from its arguments to its exit code.
struct Application {
  let arguments: DeskQLCommand
  let session: Session
  let messages: MessageWriter

  init(_ arguments: DeskQLCommand) {
    self.arguments = arguments
    session = arguments.threads.map { Session(threads: $0) } ?? Session()
    session.setStrict(arguments.strict)
    messages = MessageWriter.standardError(format: arguments.errors)
  }

  func run() -> ExitStatus {
    ProcessSignals.install(
      onStop: { [session] in session.cancel() },
      onLostPage: { [session] in session.noteLostPage() })
    do {
      if arguments.spec || arguments.man {
        try OutputWriter.standardOutput().write(
          arguments.spec ? Specification.text() : ManualPage.text())
        return .success
      }
      return try isConversation ? converse() : runScripts()
    } catch {
      if let diagnostic = error.diagnostic { messages.show(diagnostic) }
      return ExitStatus(error)
    }
  }

  /// Somebody sits at the terminal and has named nothing to run.
  private var isConversation: Bool {
    arguments.command.isEmpty && arguments.file.isEmpty && arguments.output == nil
      && isatty(STDIN_FILENO) == 1
  }

  // MARK: Conversation

  private func converse() throws(OutputError) -> ExitStatus {
    let printer = ResultPrinter(
      writer: .standardOutput(), screen: TerminalScreen(descriptor: STDOUT_FILENO), format: nil,
      instantText: { [session] in session.instantText($0) })
    let runner = ScriptRunner(
      session: session, printer: printer, messages: messages, isChatty: true)
    // A file that cannot be loaded is no reason to turn away somebody who can name another.
    let startFile = arguments.noInit ? nil : StartFile.path(environment: environmentValue)
    session.setIntervals(isatty(STDOUT_FILENO) == 1)
    if try prepare(runner, startFile: startFile, isLenient: true) == .interrupted {
      if ProcessSignals.termination != nil { return .interrupted }
      ProcessSignals.clearInterrupt()
      messages.remark("Cancelled.")
    }
    let ending = try Shell.run(
      session: session, messages: messages, format: arguments.format, spreadsheet: spreadsheet,
      greeting: greeting)
    switch ending {
    case .quit: return .success
    case .terminated(let number): return .signal(number)
    }
  }

  /// What somebody needs to know who has never seen the program.
  private var greeting: String {
    let isEmpty = ((try? session.query("show datasets"))?.rowCount ?? 0) == 0
    return """
      DeskQL \(programVersion). Tab completes, .help helps, Ctrl-D leaves.
      \(isEmpty ? Self.emptyGreeting : Self.loadedGreeting)
      """
  }

  private static let emptyGreeting =
    "Nothing is loaded yet: '.open FILE' loads an export; 'deskql --demo' has sample data."
  private static let loadedGreeting =
    "Ask for a measure, such as 'tickets by month chart'; 'show metrics' lists them."

  private var spreadsheet: ResultPrinter.Spreadsheet {
    .init(hasByteOrderMark: arguments.bom, isSafe: arguments.spreadsheetSafe)
  }

  // MARK: Scripts

  /// Why results are not written where they are asked for.
  private var outputRefusal: Diagnostic? {
    arguments.output.flatMap {
      OutputTarget.refusal(
        $0, format: arguments.format, session, scripts: arguments.file.filter { $0 != "-" })
    }
  }

  private func runScripts() throws(OutputError) -> ExitStatus {
    var file: OutputFile?
    if let diagnostic = outputRefusal {
      messages.show(diagnostic)
      return .failure
    }
    if let path = arguments.output { file = try OutputFile(path: path) }
    let screen = file == nil ? TerminalScreen(descriptor: STDOUT_FILENO) : nil
    let printer = ResultPrinter(
      writer: file?.writer ?? .standardOutput(), screen: screen,
      format: arguments.format ?? arguments.output.flatMap { OutputFormat(fileName: $0) },
      isFile: file != nil, instantText: { [session] in session.instantText($0) })
    printer.spreadsheet = spreadsheet
    let runner = ScriptRunner(
      session: session, printer: printer, messages: messages, keepsGoing: arguments.keepGoing,
      isChatty: isatty(STDERR_FILENO) == 1)
    session.setIntervals(printer.showsIntervals)
    let outcome = try runAll(runner)
    if outcome == .succeeded || (outcome == .failed && arguments.keepGoing) {
      // Only now is it known what a script loads.
      if let diagnostic = outputRefusal {
        messages.show(diagnostic)
        return .failure
      }
      try printer.finish()
      try file?.commit()
    }
    switch outcome {
    case .succeeded: return .success
    case .failed: return .failure
    case .interrupted: return .interrupted
    }
  }

  private func runAll(_ runner: ScriptRunner) throws(OutputError) -> ScriptRunner.Outcome {
    var result = ScriptRunner.Outcome.succeeded
    var texts: [SourceText] = []
    // Scripts are read before the data: only the columns that they look at need be.
    for step in steps {
      do {
        texts.append(try text(of: step))
      } catch {
        if ProcessSignals.isStopRequested { return .interrupted }
        messages.show(error)
        guard arguments.keepGoing else { return .failed }
        result = .failed
      }
    }
    if result == .succeeded, !arguments.set.isEmpty {
      let parameters = ScriptParameters(of: texts)
      let unknown = arguments.set.compactMap(DeskQLCommand.Parameter.init)
        .compactMap { parameters.refusal(of: $0.name) }
      for diagnostic in unknown { messages.show(diagnostic) }
      if !unknown.isEmpty { return .failed }
    }
    // One file of JSON is one value.
    if arguments.output != nil { runner.printer.listsResults = giveSeveralResults(texts) }
    // That there are no samples is said when they are loaded.
    let files = (try? dataFiles()) ?? []
    session.expect(texts, files: files.map { ($0.path, $0.name) })
    switch try prepare(runner, startFile: nil, isLenient: arguments.keepGoing) {
    case .succeeded: break
    case .failed where arguments.keepGoing: result = .failed
    case let ending: return ending
    }
    for text in texts {
      switch try runner.run(text) {
      case .succeeded: continue
      case .failed where arguments.keepGoing: result = .failed
      case let ending: return ending
      }
    }
    return result
  }

  private enum Step {
    case file(String)
    case command(String)
  }

  /// Without scripts and commands, standard input is the script.
  private var steps: [Step] {
    if arguments.file.isEmpty && arguments.command.isEmpty { return [.file("-")] }
    return arguments.file.map(Step.file) + arguments.command.map(Step.command)
  }

  private func text(of step: Step) throws(Diagnostic) -> SourceText {
    switch step {
    case .command(let text): SourceText(name: "command", text)
    case .file(let path):
      try ScriptFile.read(path, isStopped: { ProcessSignals.isStopRequested })
    }
  }
}
