import ArgumentParser
import Interactive

/// The command line: what is to be loaded, run and written.
struct DeskQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deskql",
    abstract: "Ask customer-support data: csat by channel where month = 2024-03",
    discussion: """
      EXAMPLES
      \(examples)

      Results are tables on a terminal and CSV in a pipe or file, unless --format or the \
      name of the output file (.json, .md, .html, .svg, …) says otherwise. Scripts run before \
      commands.

      EXIT CODES
        0 done   1 a load or query failed   3 output failed   64 wrong arguments
        130 interrupted   141 the reader of the pipe left   143 terminated

      SETTINGS
      DESKQL_TIMEZONE, DESKQL_TODAY, … stand for 'set timezone = …' and every other setting \
      ('show settings'). ~/.config/deskql/init.deskql runs before every conversation. PAGER shows \
      what is taller than the screen. 'deskql --man | man -l -' is the manual.
      """,
    version: "deskql " + programVersion)

  static let examples = """
      deskql tickets.csv surveys.csv            talk to your data (.help there)
      deskql --demo                             the same with the sample data
      deskql tickets.csv -c 'frt by channel'    one answer
      deskql tickets=export.csv -c 'tickets by month' --format json
      deskql -f weekly.deskql -o weekly.csv     run a script, write a file
      deskql -f report.deskql --set month=2024-04
      deskql -f report.deskql -o report.html    a page with tables and pictures
      echo 'show metrics' | deskql              a script from a pipe
      deskql check export.csv                   what is seen in a file
      deskql fmt weekly.deskql                  scripts in their usual form
    """

  @Argument(help: "Data files to load; NAME=PATH names the dataset.", completion: .file())
  var data: [String] = []

  @Option(
    name: [.customShort("c"), .long], parsing: .singleValue,
    help: ArgumentHelp("Run these statements; may be repeated.", valueName: "query"))
  var command: [String] = []

  @Option(
    name: [.customShort("f"), .long], parsing: .singleValue,
    help: ArgumentHelp(
      "Run the script; '-' is standard input. May be repeated.",
      valueName: "script"), completion: .file())
  var file: [String] = []

  @Option(help: "How results are written.")
  var format: OutputFormat?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "Write results to a file, which changes only if all goes well.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Set a parameter of the scripts; may be repeated.", valueName: "name=value"))
  var set: [String] = []

  @Flag(help: "Load the sample data.")
  var demo = false

  @Flag(help: "Refuse files with values that do not fit their column.")
  var strict = false

  @Flag(help: "Run the following statements when one has failed.")
  var keepGoing = false

  @Option(help: ArgumentHelp("How many threads to use.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Talk without the start-up file.")
  var noInit = false

  @Option(help: ArgumentHelp("How errors are written.", valueName: "format"))
  var errors = MessageWriter.Format.text

  @Flag(help: "Begin CSV and TSV with a byte order mark, for Excel.")
  var bom = false

  @Flag(help: "Put ' before texts that a spreadsheet would take for formulas.")
  var spreadsheetSafe = false

  @Flag(help: "Describe the language, the measures and the program as JSON.")
  var spec = false

  @Flag(help: "Write the manual; 'deskql --man | man -l -' shows it.")
  var man = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads), but must be from 1 to 1024.")
    }
    if let bad = set.first(where: { Parameter($0) == nil }) {
      throw ValidationError("--set takes NAME=VALUE, such as --set month=2024-04; not '\(bad)'.")
    }
    if file.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("standard input can be read only once: -f - stands twice.")
    }
    if bom || spreadsheetSafe, let format = format ?? output.flatMap(OutputFormat.init(fileName:)),
      !format.isDelimited
    {
      throw ValidationError(
        "\(bom ? "--bom" : "--spreadsheet-safe") is for CSV and TSV, not for \(format.rawValue).")
    }
    if output?.isEmpty == true { throw ValidationError("--output needs the name of a file.") }
  }

  /// `NAME=VALUE`.
  struct Parameter {
    let name: String
    let value: String

    init?(_ text: String) {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
      name = String(text[..<equals])
      value = String(text[text.index(after: equals)...])
    }
  }
}

extension OutputFormat: NamedChoice {}
extension MessageWriter.Format: NamedChoice {}
