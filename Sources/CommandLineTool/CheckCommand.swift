import ArgumentParser
import Glibc
import Interactive

/// `deskql check`: what is seen in data files, without asking anything of them.
struct CheckCommand: ParsableCommand {
  static let word = "check"

  static let configuration = CommandConfiguration(
    commandName: "deskql check",
    abstract: "Say what is seen in data files.",
    discussion: """
      For each file: the dataset that it becomes and why, how it was read, each column with its \
      type, the header it comes from and why, and the values that were set aside. The exit code \
      is 1 if a file cannot be loaded.
      """)

  @Argument(help: "Data files; NAME=PATH names the dataset.")
  var files: [String]

  @Flag(help: "Refuse files with values that do not fit their column.")
  var strict = false

  @Option(help: ArgumentHelp("How errors are written.", valueName: "format"))
  var errors = MessageWriter.Format.text

  /// Loads each file by itself and tells of it.
  func run() -> ExitStatus {
    let out = OutputWriter.standardOutput()
    let messages = MessageWriter.standardError(format: errors)
    var status = ExitStatus.success
    for (index, file) in files.enumerated() {
      do throws(OutputError) {
        if index > 0 { try out.write("\n") }
        if try !check(DataArgument(file), out, messages) { status = .failure }
        if ProcessSignals.isStopRequested { return .interrupted }
      } catch {
        if let diagnostic = error.diagnostic { messages.show(diagnostic) }
        return ExitStatus(error)
      }
    }
    return status
  }

  /// Whether the file could be loaded.
  private func check(
    _ argument: DataArgument, _ out: OutputWriter, _ messages: MessageWriter
  ) throws(OutputError) -> Bool {
    let session = Session()
    ProcessSignals.install(
      onStop: { session.cancel() }, onLostPage: { session.noteLostPage() })
    session.setStrict(strict)
    let summary: LoadSummary
    var tables: [ResultTable] = []
    do {
      summary = try session.load(path: argument.path, as: argument.name)
      tables.append(try session.query("show columns"))
      tables.append(try session.query("show problems"))
    } catch {
      messages.show(error)
      return false
    }
    try out.write(Printable.lines(summary.text + "  \(summary.format)\n"))
    let printer = ResultPrinter(
      writer: out, screen: TerminalScreen(descriptor: STDOUT_FILENO), format: .table,
      partsResults: false, instantText: { session.instantText($0) })
    for table in tables where table.rowCount > 0 { _ = try printer.print(table) }
    return true
  }
}
