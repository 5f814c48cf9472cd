import Testing

/// Words that no line of code may hold.
struct Ban: Sendable, CustomTestStringConvertible {
  let words: [String]
  /// What must stand around the words; nil: they are wrong wherever they stand.
  var pattern: (@Sendable (Substring) -> Bool)?
  /// The folders and files in which they are right.
  var exemptions: [String] = []
  var testDescription: String { words.joined(separator: ", ") }

  func isBroken(by line: String) -> Bool {
    guard words.contains(where: line.contains) else { return false }
    // Words of a message are not code.
    let code = line.replacing(/"(?:[^"\\]|\\.)*"/, with: "\"\"")
    return words.contains(where: code.contains) && (pattern?(code[...]) ?? true)
  }
}

/// What must not stand in Sources: traps on user data, second ways to print, things left undone.
@Suite("Habits")
struct HabitTests {
  private static let bans = [
    Ban(words: ["try!", "as!", "fatalError", "Dictionary(uniqueKeysWithValues:", "unsafeFlags"]),
    Ban(words: ["!"], pattern: { $0.contains(/[A-Za-z0-9_)\]]!(?![=A-Za-z"])/) }),
    Ban(
      words: ["precondition", "assert"],
      pattern: { $0.contains(/(^|[ (])(precondition|assert)(ionFailure|Failure)?\(/) },
      exemptions: ["Sources/TextSearch/Patterns/PatternProgram.swift"]),
    Ban(
      words: ["print(", "dump("],
      pattern: { !$0.contains("func ") && $0.contains(/(^|[^.\w])(debugPrint|print|dump)\(/) },
      // The printer of the language calls itself.
      exemptions: ["Sources/QuerySyntax/Printing/"]),
    Ban(
      words: ["exit(", "abort("],
      pattern: { !$0.contains("func ") && $0.contains(/(^|[^.\w])_?(exit|abort)\(/) },
      exemptions: ["Sources/CommandLineTool/Main.swift"]),
    Ban(
      words: ["open(", "opendir(", "unlink(", "rename("],
      pattern: {
        !$0.contains("func ") && $0.contains(/(^|[^.\w])f?(open|opendir|unlink|rename)\(/)
      },
      exemptions: [
        "Sources/DatasetLoading/", "Sources/SnapshotFile/", "Sources/Interactive/",
        "Sources/LineEditing/",
        "Sources/CivilTime/TimeZone", "Sources/DeskQL/ScriptFile.swift",
        "Sources/DeskQL/Completion/CandidateSource+Files.swift",
      ]),
    Ban(words: ["DateFormatter", "FileManager", "alwaysMapped", "String(contentsOf"]),
  ]

  @Test("Nothing banned stands in Sources", arguments: bans)
  func ban(_ ban: Ban) {
    for file in SourceTree.files where !ban.exemptions.contains(where: file.path.hasPrefix) {
      for (index, line) in file.code.enumerated() where ban.isBroken(by: line) {
        Issue.record("\(file.path):\(index + 1) \(line.drop { $0 == " " })")
      }
    }
  }

  @Test func bansSeeWhatTheyForbid() {
    let wrong = [
      "let x = try! f()", "let x = list.first!", "return y! + 1", "    precondition(x > 0)",
      "print(x)", "  exit(1)", "let f = open(path, O_RDONLY)", "let x = y as! Int",
    ]
    for line in wrong { #expect(Self.bans.contains { $0.isBroken(by: line) }, "\(line)") }
    let right = [
      "if !isEmpty { return }", "a != b", "let text = \"print(x)!\"", "printer.print(x)",
      "func exit() {}", "case .assert(let assertion):",
    ]
    for line in right { #expect(!Self.bans.contains { $0.isBroken(by: line) }, "\(line)") }
  }

  @Test func nothingIsLeftUndone() {
    for file in SourceTree.files {
      for (index, line) in file.lines.enumerated() {
        for word in ["TODO", "FIXME", "XXX", "HACK"] where line.contains(word) {
          Issue.record("\(file.path):\(index + 1) is left undone")
        }
      }
    }
  }

  /// 400 lines are long; a file of more than 600 says why in its header.
  @Test func filesAreOfAReadableSize() {
    for file in SourceTree.files where file.lines.count > 600 {
      #expect(file.lines[0].hasPrefix("//"), "\(file.path) has \(file.lines.count) lines")
    }
    for file in SourceTree.files {
      #expect(file.lines.contains { !$0.isEmpty }, "\(file.path) is empty")
    }
  }

  @Test func namesDifferByMoreThanCase() {
    let paths = SourceTree.files.map { $0.path.lowercased() }
    #expect(Set(paths).count == paths.count)
    let rooms = PackageManifest.dependencies.keys
    #expect(Set(rooms.map { $0.lowercased() }).count == rooms.count)
  }
}
