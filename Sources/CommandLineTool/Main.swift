import ArgumentParser
import Glibc
import Interactive

/// The `deskql` executable.
@main
enum Main {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    // Only the first word can name another task, so that any file can still be loaded: a file
    // called fmt is ./fmt.
    let rest = Array(words.dropFirst())
    switch words.first {
    case FormatCommand.word: run(FormatCommand.self, rest) { $0.run() }
    case CheckCommand.word: run(CheckCommand.self, rest) { $0.run() }
    case CompletionScript.word: run(CompletionScript.self, rest) { $0.run() }
    default:
      // While the arguments are read.
      Session.prepare()
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
      exit(finish(type, error))
    }
    exit(task(command).rawValue)
  }

  /// Help and version go to standard output, mistakes in the arguments to standard error.
  private static func finish<Command: ParsableArguments>(
    _ type: Command.Type, _ error: any Error
  ) -> Int32 {
    let code = type.exitCode(for: error)
    // A mistake quotes what was typed, which may have come from anywhere.
    let text = Printable.lines(type.fullMessage(for: error))
    let writer = code.isSuccess ? OutputWriter.standardOutput() : OutputWriter.standardError()
    do {
      if !text.isEmpty { try writer.write(text + "\n") }
    } catch {
      return ExitStatus(error).rawValue
    }
    return code.isSuccess ? ExitStatus.success.rawValue : ExitStatus.usage.rawValue
  }
}
