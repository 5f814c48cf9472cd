import Glibc
import LineEditing

/// The conversation at the terminal behind the standard streams.
public enum Shell {
  /// Talks with whoever sits at the terminal until they leave.
  public static func run(
    session: any QuerySession, messages: MessageWriter, format: OutputFormat?,
    spreadsheet: ResultPrinter.Spreadsheet, greeting: String
  ) throws(OutputError) -> Repl.Ending {
    let out = OutputWriter.standardOutput()
    let screen = TerminalScreen(descriptor: STDOUT_FILENO)
    let history = SessionHistory(file: .standard(environment: environmentValue))
    let repl = Repl(
      session: session,
      reader: reader(session, out: screen == nil ? messages.writer : out, screen, history),
      out: out, screen: screen, messages: messages, history: history, format: format)
    repl.terminalPrinter.spreadsheet = spreadsheet
    return try repl.run(greeting: greeting)
  }

  private static func reader(
    _ session: any QuerySession, out: OutputWriter, _ screen: TerminalScreen?,
    _ history: SessionHistory
  ) -> any LineReader {
    if let screen, !TerminalScreen.isDumb {
      let editor = LibEditReader(
        shouldStop: { ProcessSignals.isStopRequested },
        completion: { line, cursor in
          Repl.completion(of: line, at: cursor, after: history.pending, in: session)
        },
        listing: { completion, isAgain in
          CompletionListing(
            width: screen.width, height: screen.height, usesColor: screen.usesColor
          ).text(of: completion.candidates, hasMore: completion.hasMore, isAgain: isAgain)
        })
      if let editor { return editor }
    }
    return PlainReader(
      descriptor: STDIN_FILENO, shouldStop: { ProcessSignals.isStopRequested },
      showPrompt: { try? out.write($0) })
  }
}
