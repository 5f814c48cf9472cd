import ArgumentParser
import Glibc
import Interactive

/// `deskql fmt`: scripts in their canonical form.
struct FormatCommand: ParsableCommand {
  static let word = "fmt"

  static let configuration = CommandConfiguration(
    commandName: "deskql fmt",
    abstract: "Write scripts in their usual form, in place.",
    discussion: """
      A script that cannot be read stays as it is. With --check nothing is written: the names \
      of the scripts that would change are listed, and the exit code is 1 if there are any.
      """)

  @Argument(help: ArgumentHelp("Scripts; '-' goes from standard input to standard output."))
  var files: [String]

  @Flag(help: "Only name the scripts that would change.")
  var check = false

  func validate() throws {
    if files.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("standard input can be read only once: - stands twice.")
    }
  }

  @Option(help: ArgumentHelp("How errors are written.", valueName: "format"))
  var errors = MessageWriter.Format.text

  /// Formats every script, or says which are not formatted.
  func run() -> ExitStatus {
    let messages = MessageWriter.standardError(format: errors)
    var status = ExitStatus.success
    for path in files {
      do throws(OutputError) {
        if try !format(path, messages) { status = .failure }
      } catch {
        if let diagnostic = error.diagnostic { messages.show(diagnostic) }
        return ExitStatus(error)
      }
    }
    return status
  }

  /// Whether all is well with the script.
  private func format(_ path: String, _ messages: MessageWriter) throws(OutputError) -> Bool {
    let source: SourceText
    do {
      source = try ScriptFile.read(path)
    } catch {
      messages.show(error)
      return false
    }
    let formatted: [UInt8]
    do {
      formatted = Array(try Printer.format(source).utf8)
    } catch {
      messages.show(error, in: source)
      return false
    }
    let isFormatted = formatted == source.bytes
    if check {
      if !isFormatted {
        let name = path == "-" ? "standard input" : path
        try OutputWriter.standardOutput().write(Printable.text(name) + "\n")
      }
      return isFormatted
    }
    if path == "-" {
      try OutputWriter.standardOutput().write(formatted)
    } else if !isFormatted {
      let file = try OutputFile(path: path)
      try file.writer.write(formatted)
      try file.commit()
    }
    return true
  }
}
