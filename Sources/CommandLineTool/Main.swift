import ArgumentParser
import Glibc
import Interactive

/// The `deskql` executable.
@main
enum Main {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    if let bad = (1..<Int(max(1, CommandLine.argc))).first(where: { !isUTF8($0) }) {
      let text = Printable.text(CommandLine.arguments[bad])
      MessageWriter.standardError(format: format(askedIn: words)).show(
        Diagnostic(
          "wrong-arguments", "an argument is not UTF-8: '\(text)'",
          help: "write it in the encoding of the terminal"))
      exit(ExitStatus.usage.rawValue)
    }
    // Only the first word can name another task, so that any file can still be loaded: a file
    // called fmt is ./fmt.
    let rest = Array(words.dropFirst())
    switch words.first {
    case FormatCommand.word: run(FormatCommand.self, rest) { $0.run() }
    case CheckCommand.word: run(CheckCommand.self, rest) { $0.run() }
    case CompletionScript.word: run(CompletionScript.self, rest) { $0.run() }
    default:
      // While the arguments are read; flags alone, such as --version, need no measures.
      if words.isEmpty || words.contains(where: { !$0.hasPrefix("-") }) { Session.prepare() }
      run(DeskQLCommand.self, words) { Application($0).run() }
    }
  }

  private static func run<Command: ParsableArguments>(
    _ type: Command.Type, _ words: [String], task: (Command) -> ExitStatus
  ) -> Never {
    let command: Command
    do {
      command = try type.parse(words)
    } catch {
      exit(finish(type, words, error))
    }
    exit(task(command).rawValue)
  }

  private static func isUTF8(_ index: Int) -> Bool {
    guard let argument = CommandLine.unsafeArgv[index] else { return true }
    return String(validatingCString: argument) != nil
  }

  /// How messages are asked for, in arguments that cannot be read as a whole.
  private static func format(askedIn words: [String]) -> MessageWriter.Format {
    let isJSON =
      words.contains("--errors=json")
      || zip(words, words.dropFirst()).contains { $0 == ("--errors", "json") }
    return isJSON ? .json : .text
  }

  /// Help and version go to standard output, mistakes in the arguments to standard error.
  private static func finish<Command: ParsableArguments>(
    _ type: Command.Type, _ words: [String], _ error: any Error
  ) -> Int32 {
    let code = type.exitCode(for: error)
    let format = format(askedIn: words)
    if !code.isSuccess, format == .json {
      let usage = type.usageString()
      MessageWriter.standardError(format: format).show(
        Diagnostic("wrong-arguments", type.message(for: error), help: usage))
      return ExitStatus.usage.rawValue
    }
    // A mistake quotes what was typed, which may have come from anywhere.
    let text = Printable.lines(type.fullMessage(for: error))
    let writer = code.isSuccess ? OutputWriter.standardOutput() : OutputWriter.standardError()
    do {
      if !text.isEmpty { try writer.write(text + "\n") }
    } catch {
      if let diagnostic = error.diagnostic {
        MessageWriter.standardError().show(diagnostic)
      }
      return ExitStatus(error).rawValue
    }
    return code.isSuccess ? ExitStatus.success.rawValue : ExitStatus.usage.rawValue
  }
}
