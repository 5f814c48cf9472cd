import DeskQL
import Foundation
import Testing

/// A fenced block of a page.
struct Example: Sendable, CustomTestStringConvertible {
  let page: String
  let line: Int
  /// What stands behind the fence, such as `deskql error`.
  let kind: String
  let text: String
  var testDescription: String { "\(page):\(line)" }

  static let all = ["README.md", "Grammar.md"].flatMap(blocks)

  private static func blocks(of page: String) -> [Example] {
    guard let text = try? Checkout.text(of: Checkout.root.appending(path: page)) else { return [] }
    var found: [Example] = []
    var open: (line: Int, kind: String, lines: [String])?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if let block = open {
        if line == "```" {
          let text = block.lines.map { $0 + "\n" }.joined()
          found.append(Example(page: page, line: block.line, kind: block.kind, text: text))
          open = nil
        } else {
          open?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        open = (index + 1, String(line.dropFirst(3)), [])
      }
    }
    return found
  }
}

@Suite("Examples")
struct ExampleTests {
  @Test(
    "Blocks of DeskQL run on the samples", arguments: Example.all.filter { $0.kind == "deskql" })
  func query(_ example: Example) throws {
    try Self.run(example.text, name: example.testDescription)
  }

  @Test(
    "Blocks that show an error have one",
    arguments: Example.all.filter { $0.kind == "deskql error" })
  func mistake(_ example: Example) throws {
    let session = try LoadedData.samples.session()
    #expect(throws: ScriptError.self) { try session.run(example.text) }
  }

  @Test("Sample scripts run", arguments: Checkout.files(in: Checkout.samples, ending: "deskql"))
  func script(_ file: URL) throws {
    try Self.run(Checkout.text(of: file), name: file.path, in: Session(threads: 2))
  }

  /// `$ command` and below it what the command prints.
  @Test(
    "Sessions of the README print what stands there",
    .enabled(if: Checkout.exists(Checkout.program), "build the product `deskql` first"),
    arguments: Example.all.filter { $0.kind == "console" })
  func console(_ example: Example) throws {
    for part in "\n\(example.text)".components(separatedBy: "\n$ ").dropFirst() {
      let command = part.prefix { $0 != "\n" }
      let wanted = part.dropFirst(command.count + 1)
      let printed = try Self.output(of: String(command))
      #expect(Self.trimmed(printed) == Self.trimmed(String(wanted)), "\(command)")
    }
  }

  @Test func examplesAreFound() {
    #expect(Example.all.filter { $0.kind == "deskql" && $0.page == "Grammar.md" }.count > 15)
    #expect(Example.all.contains { $0.kind == "console" })
    #expect(Checkout.files(in: Checkout.samples, ending: "deskql").count == 5)
  }

  private static func run(_ text: String, name: String, in session: Session? = nil) throws {
    let session = try session ?? LoadedData.samples.session()
    let source = SourceText(name: name, text)
    // Statement by statement, since what follows an unavailable clause must run too.
    for statement in try session.parse(source) {
      do throws(ScriptError) {
        _ = try session.run(statement, in: source)
      } catch {
        if NotAvailableYet.explains(error) { continue }
        let lines = error.diagnostics.map { DiagnosticRenderer().render($0, in: error.source) }
        Issue.record("\(lines.joined(separator: "\n"))")
      }
    }
  }

  /// Runs a command of a shell in the checkout, with the built program as `deskql`.
  private static func output(of command: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1; " + command]
    process.currentDirectoryURL = Checkout.root
    let folder = Checkout.program.deletingLastPathComponent().path
    process.environment = ["PATH": folder + ":/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func trimmed(_ text: String) -> String {
    text.trimmingCharacters(in: .newlines)
  }
}
