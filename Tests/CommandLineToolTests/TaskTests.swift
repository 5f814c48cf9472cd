import Foundation
import Interactive
import Testing

@testable import CommandLineTool

@Suite("Tasks beside queries")
struct TaskTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "deskql-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  @Test func scriptsAreFormattedInPlace() throws {
    let path = try write("CSAT   BY channel\n-- why\nfrt\n", to: "a.deskql")
    #expect(try run(["fmt", "--check", path]) == Output(code: 1, out: path + "\n"))
    #expect(try run(["fmt", path]) == Output(code: 0))
    let formatted = try String(contentsOfFile: path, encoding: .utf8)
    #expect(formatted.contains("by channel\n-- why\nfrt\n"))
    #expect(try run(["fmt", "--check", path]) == Output(code: 0))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.deskql"])
  }

  @Test func aBrokenScriptStaysAsItIs() throws {
    let path = try write("csat by by (\n", to: "a.deskql")
    let result = try run(["fmt", path])
    #expect(result.code == 1)
    #expect(result.err.hasPrefix("error: "))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "csat by by (\n")
    #expect(try run(["fmt", folder + "/none"]).code == 1)
    #expect(try run(["fmt"]).code == 64)
  }

  @Test func standardInputIsFormatted() throws {
    #expect(
      try run(["fmt", "-"], input: "frt   BY  team") == Output(code: 0, out: "frt by team\n"))
  }

  @Test func aFileIsChecked() throws {
    let path = try write("id,created,channel\n1,2024-01-02,email\n2,soon,chat\n", to: "tickets.csv")
    let result = try run(["check", path])
    #expect(result.code == 0)
    #expect(result.out.hasPrefix("tickets: 2 rows, 3 columns from \(path)"))
    for word in ["created", "channel", "text", "show columns", "separated by ',', in UTF-8"] {
      #expect(result.out.contains(word), "\(word)")
    }
    #expect(try run(["check", folder + "/none.csv"]).code == 1)
  }

  @Test func strictLoadsRefuseWhatDoesNotFit() throws {
    let rows = (1...40).map { "\($0),2024-01-02\n" }.joined()
    let path = try write("id,created\n" + rows + "41,soon\n", to: "tickets.csv")
    #expect(try run([path, "-c", "tickets"]).code == 0)
    #expect(try run([path, "--strict", "-c", "tickets"]).err.contains("record 42"))
    #expect(try run(["check", "--strict", path]).code == 1)
    #expect(try run(["-c", "load '\(path)' with (strict)"]).code == 1)
    #expect(try run(["-c", "load '\(path)' with (strict = no)"]).code == 0)
  }

  @Test func aListOfFilesIsOneDataset() throws {
    let first = try write("id,channel\n1,email\n", to: "a.csv")
    let second = try write("channel;id;team\nchat;2;A\n", to: "b.csv")
    let result = try run([
      "-c", "load '\(first)',\n  '\(second)' as tickets", "-c", "list id, channel, team",
    ])
    #expect(result.out == "id,channel,team\n1,email,\n2,chat,A\n")
    #expect(result.err.contains("read 2 files as one dataset"))
  }

  @Test func theWordsAreTasksOnlyAtTheFront() throws {
    let path = try write("n\n1\n", to: "fmt.csv")
    #expect(try run([path, "-c", "count from fmt"]) == Output(code: 0, out: "count\n1\n"))
    #expect(try run(["--help"]).out.contains("deskql fmt weekly.deskql"))
    #expect(try run(["check", "--help"]).out.contains("Say what is seen in data files."))
  }

  @Test func theLanguageAsData() throws {
    let result = try run(["--spec"])
    #expect(result.code == 0 && result.err == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    for name in [
      "keywords", "statements", "clauses", "options", "aggregates", "functions", "charts", "show",
      "settings", "grammar", "terminals", "signs", "datasets", "measures", "formats", "commands",
      "command_line", "exit_codes",
    ] { #expect((object[name] as? [Any])?.isEmpty == false, "\(name)") }
    let measures = try #require(object["measures"] as? [[String: Any]])
    let csat = try #require(measures.first { $0["name"] as? String == "csat" })
    #expect(csat["unit"] as? String == "percent" && csat["better"] as? String == "higher")
    #expect(csat["formulas"] as? [String] == ["percent(good)"])
    let options = try #require(object["command_line"] as? [[String: String]])
    #expect(
      options.contains {
        $0["usage"] == "-o, --output <file>"
          && $0["meaning"] == "Write results to a file, which changes only if all goes well."
      })
    #expect(options.allSatisfy { $0["meaning"]?.isEmpty == false })
  }

  @Test func theManualHasEveryOption() throws {
    let manual = try run(["--man"])
    #expect(manual.code == 0 && manual.out.hasPrefix(".TH DESKQL 1 "))
    let help = try run(["--help"]).out
    let names = Set(help.matches(of: /--[a-z][a-z-]+/).map { String($0.output) })
    #expect(names.count > 12)
    for name in names.subtracting(["--check"]) {
      #expect(manual.out.contains(name.replacingOccurrences(of: "-", with: "\\-")), "\(name)")
    }
    for word in ["DESKQL_TIMEZONE", "PAGER", "init.deskql", ".watch"] {
      #expect(manual.out.contains(word), "\(word)")
    }
  }

  @Test func theReadmeHasEveryOptionAndCommand() throws {
    let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(
      contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let names = OptionTable.rows().flatMap { $0.usage.matches(of: /--[a-z-]+/).map { $0.output } }
    #expect(names.count > 12)
    for name in names { #expect(readme.contains("`" + name), "\(name)") }
    for command in ShellReference.commands where !command.usage.hasPrefix(".help") {
      let name = command.usage.prefix { $0 != " " && $0 != "," }
      #expect(readme.contains("`" + name), "\(name)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func shellsCompleteTheOptions(shell: String) throws {
    let script = try run(["--generate-completion-script", shell])
    #expect(script.code == 0)
    for word in ["spreadsheet-safe", "jsonl", "no-init"] {
      #expect(script.out.contains(word), "\(word)")
    }
  }

  @Test func mistakesInArgumentsAreHarmless() throws {
    let result = try run(["--b\u{1B}[31m\u{202E}x"])
    #expect(result.code == 64)
    #expect(result.err.contains("\\u{1B}[31m") && !result.err.contains("\u{1B}"))
  }

  @Test func errorsAsData() throws {
    let result = try run(["--errors", "json", "-c", "show setings"])
    #expect(result.code == 1 && result.out == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.err.utf8)) as? [String: Any])
    #expect(object["severity"] as? String == "error" && object["file"] as? String == "command")
    #expect((object["range"] as? [String: [String: Int]])?["start"]?["column"] == 6)
  }

  @Test func filesForExcel() throws {
    let path = try write("id,subject\n1,=SUM(A1)\n2,plain\n", to: "tickets.csv")
    let query = ["-c", "list id, subject"]
    let plain = try run([path] + query)
    #expect(plain.code == 0 && plain.out == "id,subject\n1,=SUM(A1)\n2,plain\n")
    #expect(plain.err.contains("1 text begins as a formula does"))
    let safe = try run([path, "--bom", "--spreadsheet-safe"] + query)
    #expect(
      safe == Output(code: 0, out: "\u{FEFF}id,subject\n1,'=SUM(A1)\n2,plain\n"))
    #expect(try run([path, "--bom", "--format", "json"] + query).code == 64)
  }

  @Test func aReportIsAPage() throws {
    let path = try write("id,channel\n1,email\n", to: "tickets.csv")
    let result = try run([path, "-c", "tickets by channel chart", "-o", folder + "/x.html"])
    #expect(result.code == 0)
    let page = try String(contentsOfFile: folder + "/x.html", encoding: .utf8)
    #expect(page.contains("<svg ") && page.contains("<table>"))
  }

  private struct Output: Equatable {
    var code: Int32
    var out = ""
    var err = ""
  }

  private func write(_ text: String, to name: String) throws -> String {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  /// Runs the program that stands beside the tests.
  private func run(_ arguments: [String], input: String = "") throws -> Output {
    let tests = try #require(Bundle.allBundles.first?.executablePath ?? CommandLine.arguments.first)
    let program = URL(fileURLWithPath: tests).deletingLastPathComponent()
      .appendingPathComponent("deskql")
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let (stdin, out, err) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = out
    process.standardError = err
    try process.run()
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let errors = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Output(code: process.terminationStatus, out: output, err: errors)
  }
}
