import ArgumentParser
import Glibc
import Interactive

/// The `deskql` executable.
@main
enum Main {
  static func main() {
    let arguments: DeskQLCommand
    do {
      arguments = try DeskQLCommand.parse()
    } catch {
      exit(finish(error))
    }
    exit(Application(arguments).run().rawValue)
  }

  /// Help and version go to standard output, mistakes in the arguments to standard error.
  private static func finish(_ error: any Error) -> Int32 {
    let code = DeskQLCommand.exitCode(for: error)
    let text = DeskQLCommand.fullMessage(for: error)
    let writer = code.isSuccess ? OutputWriter.standardOutput() : OutputWriter.standardError()
    do {
      if !text.isEmpty { try writer.write(text + "\n") }
    } catch {
      return ExitStatus(error).rawValue
    }
    return code.isSuccess ? ExitStatus.success.rawValue : ExitStatus.usage.rawValue
  }
}
