import Foundation
import LineEditing
import Testing

@testable import Interactive

@Suite("Commands")
struct CommandTests {
  @Test func everyClauseAndStatementHasHelp() {
    for keyword in Keyword.clauseWords + Keyword.statementWords {
      #expect(LanguageHelp.topic(named: keyword.rawValue) != nil, "\(keyword.rawValue)")
    }
    let names = LanguageHelp.topics.flatMap(\.names)
    #expect(Set(names).count == names.count, "a word leads to one topic")
  }

  /// Words of statements that are read, but not run yet.
  private static let unread = ["why", "spikes", "correlate", "link", "compare"]

  @Test(arguments: LanguageHelp.topics.map(\.names[0]))
  func helpIsShortAndItsExamplesAreRead(name: String) throws {
    let topic = try #require(LanguageHelp.topic(named: name))
    let lines = topic.text.split(separator: "\n")
    #expect(lines.count <= 6 && lines.allSatisfy { $0.count <= 100 })
    let examples = lines.filter { $0.hasPrefix("  ") }
    #expect(!examples.isEmpty)
    for example in examples where !Self.unread.contains(name) {
      let script = Parser.parse(SourceText(String(example)))
      #expect(script.diagnostics.isEmpty && script.statements.count == 1, "\(example)")
    }
  }

  @Test func savesByTheLanguage() throws {
    let talk = try Conversation([".save 'a b.deskdb'", ".save \"it's\"", ".save"])
    #expect(talk.session.calls == ["run save 'a b.deskdb'", "run save 'it''s'"])
    #expect(talk.errors == "error: '.save' needs a file\nhelp: write '.save support.deskdb'\n")
  }

  @Test func argumentsThatAreNone() throws {
    let talk = try Conversation([".chart", ".chart maybe", ".width x", ".width 5", ".watch"])
    #expect(talk.errors.components(separatedBy: "'.chart' is 'on' or 'off'").count == 2)
    #expect(talk.errors.components(separatedBy: "'.width' takes columns from 20").count == 3)
    #expect(talk.output.hasPrefix("off\n"))
    #expect(talk.errors.contains("there is none yet"))
    let later = try Conversation(["rows 1", ".watch 0", ".watch x"])
    #expect(later.errors.components(separatedBy: "'.watch' takes seconds").count == 3)
  }

  @Test func wordsTooMany() throws {
    let talk = try Conversation([
      ".once | cat", ".once a b", ".quit now", ".datasets x", ".open 'it''s.csv' b.csv",
    ])
    #expect(talk.errors.contains("takes one word behind it, not '| cat'"))
    #expect(talk.errors.contains("there are no pipes here"))
    #expect(talk.errors.contains("'.quit' takes nothing behind it, not 'now'"))
    #expect(talk.session.calls == ["load - it's.csv"])
  }

  @Test func aCommandInAText() throws {
    for text in ["rows 1\n.datasets\noops", ".mode json\noops", "  .datasets;\r\noops"] {
      let talk = try Conversation([], then: [.line("say x\n" + text)])
      #expect(talk.errors.contains("is a command of the prompt"), "\(text)")
      #expect(talk.session.calls.isEmpty)
    }
  }

  @Test func dataAreNotWrittenOver() throws {
    let talk = try Conversation([
      ".once FOLDER/loaded.csv", "rows 1", ".output FOLDER/x.xlsx", "rows 1",
      ".once FOLDER/kept.csv",
    ])
    #expect(talk.errors.contains("loaded.csv' is a file that data were loaded from"))
    #expect(talk.errors.contains("results are not written as .xlsx files"))
    #expect(talk.errors.contains("No result came, so"))
    #expect(try talk.folder.names.allSatisfy { !$0.contains(".") })
  }

  @Test func helpOnSeveralWords() throws {
    let talk = try Conversation([".help order by", "\\help top;", ".help `Ticket Subject`"])
    #expect(talk.output.contains("sorts the rows"))
    #expect(talk.output.contains("bottom N …"))
    #expect(talk.session.calls == ["run describe `Ticket Subject`"])
  }

  @Test func completionOfArguments() {
    let session = StubSession()
    func words(_ line: String) -> [String] {
      Repl.completion(of: line, at: line.utf8.count, after: "", in: session).candidates.map(\.text)
    }
    #expect(words(".chart ") == ["on", "off"])
    #expect(words(".help wh") == ["where", "why"])
    #expect(words(".help .wa") == [".watch"])
    #expect(words(".columns c") == ["csat", "csat_score"], "what the language offers")
    #expect(session.calls == ["complete describe wh at 11", "complete show columns of c at 17"])
    #expect(words(".timer on ") == [])
    #expect(words(".quit ").isEmpty)
  }

  @Test func theStartFileIsInTheConfigurationFolder() throws {
    let folder = try TemporaryFolder()
    let home = ["HOME": folder.path]
    #expect(StartFile.path { home[$0] } == nil)
    for path in [".config/deskql", "xdg/deskql"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(path), withIntermediateDirectories: true)
      try folder.write("set week_start = sunday", to: path + "/init.deskql")
    }
    #expect(StartFile.path { home[$0] } == folder.file(".config/deskql/init.deskql"))
    let both = ["HOME": folder.path, "XDG_CONFIG_HOME": folder.file("xdg")]
    #expect(StartFile.path { both[$0] } == folder.file("xdg/deskql/init.deskql"))
    #expect(StartFile.path { _ in nil } == nil)
  }

  @Test func settingsFromTheEnvironment() throws {
    let session = Session()
    let errors = EnvironmentSettings.apply(
      [
        "DESKQL_AAA": "1", "DESKQL_CSAT_GOOD": "few", "DESKQL_TIMEZONE": "Europe/Berlin",
        "DESKQL_WEEK_START": "sunday",
        "DESKQL_HOURS": "mon-fri 09:00-17:00", "DESKQL_TODAY": "2024-12-31",
        "DESKQL_CSAT_SCALE": "0..10", "DESKQL_INTERVALS": "off", "DESKQL_CES_SCALE": "", "X": "y",
      ], to: session)
    #expect(errors.map(\.source.name) == ["DESKQL_AAA", "DESKQL_CSAT_GOOD"])
    let settings = try session.query("show settings")
    let rows = zip(settings.columns[0].values, settings.columns[1].values).map { "\($0) \($1)" }
    for word in ["Europe/Berlin", "sunday", "2024-12-31", "off"] {
      #expect(rows.contains { $0.contains(word) }, "\(word)")
    }
  }

  @Test(arguments: [
    ("DESKQL_TIMEZON", "UTC", "did you mean DESKQL_TIMEZONE?"),
    ("DESKQL_TIMEZONE", "Europe/Berlim", "did you mean 'Europe/Berlin'?"),
    ("DESKQL_WEEK_START", "friday", nil),
    ("DESKQL_TODAY", "2024-12-31\nset intervals = off", nil),
  ])
  func wrongVariables(name: String, value: String, help: String?) throws {
    let errors = EnvironmentSettings.apply([name: value], to: Session())
    #expect(errors.map(\.source.name) == [name])
    if let help { #expect(errors.first?.diagnostics.first?.help == help) }
  }
}

@Suite("Messages as data")
struct MessageTests {
  @Test func oneObjectOnALine() throws {
    let folder = try TemporaryFolder()
    let descriptor = open(folder.file("err"), O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    let messages = MessageWriter(
      writer: OutputWriter(descriptor: descriptor, target: "err"), screen: nil, format: .json)
    let source = SourceText(name: "a.deskql", "csat\nfrt by é, chanel\u{1B}")
    messages.show(
      Diagnostic(
        "unknown-name", "nothing is called 'chanel'", at: SourceRange(16, 22), help: "channel?"),
      in: source)
    messages.say("tickets: 3 rows\n  created: 1 value set aside\n")
    let lines = try folder.text("err").split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines[0] == """
        {"severity":"error","code":"unknown-name","message":"nothing is called 'chanel'",\
        "file":"a.deskql","range":{"start":{"line":2,"column":11,"offset":16},\
        "end":{"line":2,"column":17,"offset":22}},"notes":[],"hints":["channel?"]}
        """)
    #expect(
      lines[1] == """
        {"severity":"note","code":"report","message":"tickets: 3 rows","file":null,"range":null,\
        "notes":["created: 1 value set aside"],"hints":[]}
        """)
  }
}
