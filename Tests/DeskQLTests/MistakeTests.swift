import DeskQL
import Foundation
import Testing

/// A script with a mistake in it, beside the text that a person gets to read.
struct Mistake: Sendable, CustomTestStringConvertible {
  let script: URL
  var name: String { script.deletingPathExtension().lastPathComponent }
  var testDescription: String { name }
  var answerFile: URL { script.deletingPathExtension().appendingPathExtension("txt") }

  static let all = Checkout.files(in: Checkout.mistakes, ending: "deskql").map(Self.init)

  /// The folder as seen from the top of the checkout, where `swift test` runs: messages cut long
  /// paths, and a checkout may lie deep.
  private static let folder = "Tests/DeskQLTests/Mistakes/"

  /// What the program says to the script: its errors, or the notes below its results.
  ///
  /// A script that loads files of its own, or whose name begins with `bare_`, starts without data.
  func answer() throws -> String {
    let text = try Checkout.text(of: script)
    let startsBare = name.hasPrefix("bare_") || text.contains("load '")
    let session =
      try startsBare
      ? Session(threads: 1, now: { LoadedData.now }) : LoadedData.samples.session()
    let source = SourceText(name: Self.folder + script.lastPathComponent, text)
    var lines: [String] = []
    do {
      for statement in try session.parse(source) {
        if case .table(let table) = try session.run(statement, in: source) {
          lines += table.notes.map { "note: \($0)" }
        }
      }
    } catch {
      let renderer = DiagnosticRenderer()
      lines += error.diagnostics.map { renderer.render($0, in: error.source) }
    }
    return lines.map { $0.replacing(Self.folder, with: "") + "\n" }
      .joined(separator: "\n")
  }
}

/// With `DESKQL_RECORD=1` in the environment the answers are written anew, and the run fails.
@Suite("Mistakes")
struct MistakeTests {
  private static let isRecording = ProcessInfo.processInfo.environment["DESKQL_RECORD"] == "1"

  @Test("What is said to a mistake", arguments: Mistake.all)
  func answer(to mistake: Mistake) throws {
    let answer = try mistake.answer()
    let recorded = try? Checkout.text(of: mistake.answerFile)
    if Self.isRecording, recorded != answer {
      try answer.write(to: mistake.answerFile, atomically: true, encoding: .utf8)
      Issue.record("recorded \(mistake.answerFile.lastPathComponent); read it and run again")
    } else {
      #expect(answer == recorded, "DESKQL_RECORD=1 records what is said now")
    }
  }

  /// Whatever is said is short, safe for a terminal, and says what to do.
  @Test("The form of what is said", arguments: Mistake.all)
  func form(of mistake: Mistake) throws {
    let answer = try mistake.answer()
    #expect(!answer.isEmpty, "nothing is said")
    for part in answer.components(separatedBy: "\n\n") { #expect(part.utf8.count < 1024) }
    let isHarmless = answer.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }
    #expect(isHarmless)
  }

  @Test func everyAnswerHasItsScript() {
    let answers = Checkout.files(in: Checkout.mistakes, ending: "txt")
    #expect(Mistake.all.count >= 45)
    for answer in answers {
      #expect(Checkout.exists(answer.deletingPathExtension().appendingPathExtension("deskql")))
    }
  }
}
