import Foundation
import Interactive
import LineEditing
import Testing

@Suite("The conversation")
struct ReplTests {
  @Test func answersAndLeavesAtTheEnd() throws {
    let talk = try Conversation(["rows 2", "say hello"])
    #expect(talk.output == "┌───┐\n│ n │\n├───┤\n│ 0 │\n│ 1 │\n└───┘\nhello\n\n")
    #expect(talk.errors == "")
    #expect(talk.ending == .quit)
  }

  @Test func anUnfinishedStatementGoesOn() throws {
    let talk = try Conversation(["say a,", "b,", "c", "say d"])
    #expect(
      talk.reader.prompts == [
        "deskql> ", "   ...> ", "   ...> ", "deskql> ", "deskql> ",
      ])
    #expect(talk.reader.remembered == ["say a,\nb,\nc", "say d"])
    #expect(talk.reader.pending == ["", "say a,\n", "say a,\nb,\n", "", ""])
    #expect(talk.output.hasPrefix("a, b, c\nd\n"))
  }

  @Test func whatTheEndOfInputCutsIsStillRun() throws {
    let talk = try Conversation(["say a,"])
    #expect(talk.output.hasPrefix("a,\n"))
  }

  @Test func controlCDropsTheLineAndStays() throws {
    let talk = try Conversation(["say a,"], then: [.interrupted, .interrupted, .line("say b")])
    #expect(talk.session.calls == ["run say b"])
    #expect(talk.ending == .quit)
  }

  @Test func anErrorLeavesTheConversationGoing() throws {
    let talk = try Conversation(["fail; say no", "oops", "say b"])
    #expect(talk.errors == "error: this fails\nerror: there is no name 'oops'\n")
    #expect(talk.session.calls == ["run fail", "run say b"])
  }

  @Test(arguments: [".quit", ".exit", "\\quit", ".QUIT;", "  .quit ; ", "quit", "exit;"])
  func leaving(word: String) throws {
    let talk = try Conversation([word, "say b"])
    #expect(talk.session.calls.isEmpty)
  }

  @Test(arguments: [".5 * csat", "quit by channel", "help, csat"])
  func notACommand(text: String) throws {
    #expect(try Conversation([text]).session.calls == ["run " + text])
  }

  @Test func aTypoGetsTheNearest() throws {
    let talk = try Conversation([".hlep", ".xyzzyx", ".mode jsn"])
    #expect(talk.errors.contains("there is no command '.hlep'\nhelp: write '.help'"))
    #expect(talk.errors.contains("there is no command '.xyzzyx'\nhelp: '.help' lists the commands"))
    #expect(talk.errors.contains("there is no format 'jsn'\nhelp: write '.mode json'"))
  }

  @Test func helpListsEveryCommand() throws {
    let talk = try Conversation([".help"])
    let names = [
      "help", "open", "datasets", "columns", "chart", "mode", "width", "once", "output", "read",
      "save", "watch", "timer", "history", "quit",
    ]
    for name in names { #expect("\n\(talk.output)".contains("\n  ." + name)) }
    #expect(talk.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }

  @Test(arguments: ["?", "help", ".?", "\\help;"])
  func askingForHelp(word: String) throws {
    #expect(try Conversation([word]).output.contains("\n  .open FILE…"))
  }

  @Test func helpOnATopic() throws {
    let talk = try Conversation([".help top", ".help mode", ".help .read", ".help csat"])
    #expect(talk.output.contains("bottom N …"))
    #expect(talk.output.contains(".mode [FORMAT]\n"))
    #expect(talk.output.contains(".read SCRIPT\n"))
    #expect(talk.session.calls == ["run describe csat"])
  }

  @Test func listings() throws {
    let talk = try Conversation([".datasets", ".columns", ".columns tickets"])
    #expect(
      talk.session.calls == [
        "run show datasets", "run show columns", "run show columns of `tickets`",
      ])
  }

  @Test func modes() throws {
    let talk = try Conversation([".mode", ".mode CSV", "rows 1", ".mode", "rows 1"])
    #expect(talk.output == "table\nn\n0\ncsv\nn\n0\n\n")
  }

  @Test func opensFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("a\n1\n", to: "a b.csv")
    let path = folder.file("a b.csv")
    let talk = try Conversation(
      [".open 'calls=\(path)' '\(path)'", ".open \(folder.file("none"))", ".open"], folder: folder)
    #expect(talk.session.calls.prefix(2) == ["load calls \(path)", "load - \(path)"])
    #expect(talk.errors.hasPrefix("3 rows\n3 rows\nerror: '"))
    #expect(talk.errors.hasSuffix("'.open' needs a file\nhelp: write '.open tickets.csv'\n"))
  }

  @Test func readsScripts() throws {
    let folder = try TemporaryFolder()
    try folder.write("say a;say b", to: "x.deskql")
    let talk = try Conversation(
      [".read \(folder.file("x.deskql"))", ".read \(folder.path)", ".read"], folder: folder)
    #expect(talk.output.hasPrefix("a\nb\n"))
    #expect(talk.errors.contains("cannot be read: Is a directory"))
    #expect(talk.errors.contains("'.read' needs a script"))
  }

  @Test func onceWritesOneResult() throws {
    let talk = try Conversation([".once FOLDER/r.csv", "define", "rows 1", "say b"])
    #expect(talk.output == "b\n\n")
    #expect(try talk.folder.text("r.csv") == "n\n0\n")
  }

  @Test func onceForAFailureLeavesTheOldFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("old", to: "r.csv")
    _ = try Conversation([".once FOLDER/r.csv", "fail"], folder: folder)
    #expect(try folder.text("r.csv") == "old")
    #expect(try folder.names == ["err", "history", "out", "r.csv"])
  }

  @Test func outputWritesUntilToldOtherwise() throws {
    let talk = try Conversation(
      [
        ".output FOLDER/r.json", "rows 1", "rows 0", ".output", "say b", ".output FOLDER/s.csv",
        "rows 1",
      ])
    #expect(talk.output == "b\n\n")
    #expect(try talk.folder.text("r.json").contains("{\"n\":0}"))
    #expect(try talk.folder.text("s.csv") == "n\n0\n", "leaving completes the file")
  }

  @Test func outputThatCannotBeWritten() throws {
    let talk = try Conversation([
      ".output FOLDER/none/r", "say b", ".once /dev/full", "rows 1", "say c",
    ])
    #expect(talk.output == "b\nc\n\n")
    #expect(talk.errors.contains("none/r' cannot be written: No such file or directory"))
    #expect(talk.errors.contains("the file '/dev/full' cannot be written: No space left on device"))
  }

  @Test func notesAreNotLost() throws {
    let talk = try Conversation([
      "noted", ".mode csv", "noted", ".mode table", ".once FOLDER/r.md", "noted",
    ])
    #expect(talk.output.contains("└───┘\nthin\nthin\n"))
    #expect(
      talk.errors
        == "note: thin\nnote: thin\nWritten to \(talk.folder.file("r.md"))\n",
      "once for the CSV and once for the file")
  }

  @Test func aReportIsWrittenAtItsEnd() throws {
    let talk = try Conversation([
      ".output FOLDER/r.html", "rows 1", "say <b>", "rows 2", ".output",
    ])
    let page = try talk.folder.text("r.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.components(separatedBy: "<table>").count == 3)
    #expect(page.contains("<pre>&lt;b&gt;\n</pre>") || page.contains("<pre>&lt;b&gt;</pre>"))
    #expect(page.hasSuffix("</html>\n"))
  }

  @Test func pictureOfWhatCannotBeDrawn() throws {
    let talk = try Conversation([".once FOLDER/r.svg", "rows 1"])
    #expect(talk.errors.hasPrefix("note: the result has no measure with values to draw"))
    #expect(try talk.folder.text("r.svg").hasPrefix("<svg "))
  }

  @Test func timer() throws {
    let talk = try Conversation([".timer on", "rows 1", ".timer off", "rows 1", ".timer x"])
    #expect(talk.errors.contains(#/^\d+\.\d ms\nerror: '.timer' is 'on' or 'off'/#))
  }

  @Test func historyListing() throws {
    let talk = try Conversation(["say a", "say a", "say b,", "c", ".history 2", ".history x"])
    #expect(talk.output.contains("\nsay b,\nc\n.history 2\n"))
    #expect(talk.errors.contains("'.history' takes a number"))
    #expect(try talk.folder.text("history") == "say a\nsay b,\\nc\n.history 2\n.history x\n")
  }
}

extension ReplTests {
  @Test func completionOfCommands() {
    let session = StubSession()
    let found = Repl.completion(of: ".mo", at: 3, after: "", in: session)
    #expect(found.range == 0..<3)
    #expect(found.candidates.map(\.text) == [".mode"])
    let modes = Repl.completion(of: ".mode js", at: 8, after: "", in: session)
    #expect(modes.range == 6..<8)
    #expect(modes.candidates.map(\.text) == ["json", "jsonl"])
    #expect(
      Repl.completion(of: "\\ti", at: 3, after: "", in: session).candidates.map(\.text) == [
        "\\timer"
      ])
    #expect(session.calls.isEmpty)
  }

  @Test func completionOfQueries() {
    let session = StubSession()
    let found = Repl.completion(of: "é c", at: 4, after: "", in: session)
    #expect(found.range == 3..<4)
    #expect(found.candidates.map(\.text) == ["csat", "csat_score"], "no escape code is offered")
    let later = Repl.completion(of: "c", at: 1, after: "csat by (\n", in: session)
    #expect(later.range == 0..<1)
    #expect(session.calls.last == "complete csat by (\nc at 11")
  }

  @Test func completionOfFiles() throws {
    let folder = try TemporaryFolder()
    for name in ["a.csv", "ab.csv", ".hidden", "b b.csv"] { try folder.write("", to: name) }
    let line = ".open \(folder.path)/a"
    let found = Repl.completion(of: line, at: line.utf8.count, after: "", in: StubSession())
    #expect(found.candidates.map(\.text) == [folder.file("a.csv"), folder.file("ab.csv")])
    let all = Repl.completion(
      of: String(line.dropLast()), at: line.utf8.count - 1, after: "", in: StubSession())
    #expect(all.candidates.count == 3)
    func words(_ line: String) -> [String] {
      Repl.completion(of: line, at: line.utf8.count, after: "", in: StubSession()).candidates
        .map(\.text)
    }
    #expect(words(".open \(folder.path)/b") == ["'\(folder.file("b b.csv"))'"])
    #expect(
      words(".open x.csv 't=1.csv' \"\(folder.path)/b b") == ["\"\(folder.file("b b.csv"))\""])
    #expect(words(".open t=\(folder.path)/ab") == ["t=\(folder.file("ab.csv"))"])
  }
}
