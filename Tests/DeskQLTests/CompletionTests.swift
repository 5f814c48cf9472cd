import Foundation
import Testing

@testable import DeskQL

/// A text with the cursor at `|`, and what is offered there.
struct CompletionPosition: Sendable, CustomTestStringConvertible {
  let text: String
  /// The first candidates, in order.
  var first: [String] = []
  /// All candidates, in order.
  var all: [String]?
  /// Candidates at any place, and what must not be one.
  var some: [String] = []
  var none: [String] = []
  /// What a candidate replaces.
  var replaces = ""
  var testDescription: String { text }

  init(_ text: String, replaces: String = "", all: [String]) {
    self.text = text
    self.replaces = replaces
    self.all = all
  }

  init(
    _ text: String, replaces: String = "", first: [String] = [], some: [String] = [],
    none: [String] = []
  ) {
    self.text = text
    self.replaces = replaces
    self.first = first
    self.some = some
    self.none = none
  }

  var typed: String { text.replacingOccurrences(of: "|", with: "") }
  var cursor: Int { text.prefix { $0 != "|" }.utf8.count }
}

@Suite("Completion")
struct CompletionTests {
  /// A session over the samples with definitions and parameters.
  private func session() throws -> Session {
    let session = try LoadedData.samples.session()
    _ = try session.run(
      """
      define slow = frt > 4h
      define sla = percent(frt <= 1h) "answered within the hour"
      param month = 2024-03
      param ways = 'email'
      """)
    return session
  }

  private func check(_ position: CompletionPosition) throws {
    let found = try session().completions(in: position.typed, at: position.cursor)
    let texts = found.candidates.map(\.text)
    #expect(Array(texts.prefix(position.first.count)) == position.first)
    if let all = position.all { #expect(texts == all) }
    for text in position.some { #expect(texts.contains(text), "\(text) is not in \(texts)") }
    for text in position.none { #expect(!texts.contains(text), "\(text) is in \(texts)") }
    let replaced = Array(position.typed.utf8)[found.range]
    #expect(String(decoding: replaced, as: UTF8.self) == position.replaces)
    #expect(found.range.upperBound == position.cursor)
    #expect(found.candidates.allSatisfy { !$0.meaning.isEmpty && !$0.meaning.contains("\n") })
    #expect(Set(texts).count == texts.count && texts.count <= 200)
  }

  @Test(arguments: CompletionPosition.items)
  func items(_ position: CompletionPosition) throws { try check(position) }

  @Test(arguments: CompletionPosition.keys)
  func keys(_ position: CompletionPosition) throws { try check(position) }

  @Test(arguments: CompletionPosition.operators)
  func operators(_ position: CompletionPosition) throws { try check(position) }

  @Test(arguments: CompletionPosition.values)
  func values(_ position: CompletionPosition) throws { try check(position) }

  @Test(arguments: CompletionPosition.periods)
  func periods(_ position: CompletionPosition) throws { try check(position) }

  @Test(arguments: CompletionPosition.clauses)
  func clauses(_ position: CompletionPosition) throws { try check(position) }

  @Test(arguments: CompletionPosition.statements)
  func statements(_ position: CompletionPosition) throws { try check(position) }

  @Test(arguments: CompletionPosition.places)
  func places(_ position: CompletionPosition) throws { try check(position) }

  @Test func meanings() throws {
    let session = try session()
    func meaning(_ text: String, _ candidate: String) -> String? {
      session.completions(in: text, at: text.utf8.count).candidates
        .first { $0.text == candidate }?.meaning
    }
    #expect(meaning("tickets where channel = e", "email") == "2,604 rows")
    #expect(meaning("tickets where escalated = ", "true") == "504 rows")
    #expect(meaning("tickets where replies = ", "9") == "3 rows")
    #expect(meaning("cs", "csat") == "customer satisfaction: the share of good answers")
    #expect(meaning("sl", "sla") == "answered within the hour")
    #expect(meaning("tickets by cha", "channel") == "text in tickets")
    #expect(meaning("tickets by pla", "plan") == "text in customers")
    #expect(meaning("count from t", "tickets") == "5,713 rows, 29 columns")
    #expect(meaning("tickets in $", "$month") == "parameter: 2024-03")
  }

  /// Every key offered for a measure is one that the measure can be split by.
  @Test(arguments: ["tickets", "csat", "occupancy", "tickets, csat", "count(plan)"])
  func keysAreAccepted(_ items: String) throws {
    let session = try session()
    let text = "\(items) by "
    let keys = session.completions(in: text, at: text.utf8.count).candidates
    #expect(keys.count > 5)
    for key in keys { _ = try session.run("explain \(text)\(key.text)") }
  }

  /// Every measure offered at the start can be computed.
  @Test func measuresAreAccepted() throws {
    let session = try session()
    let names = Set(session.completions(in: "", at: 0).candidates.map(\.text))
    let records = session.catalog.records.filter { names.contains($0.name) }
    #expect(records.count > 15)
    for record in records { _ = try session.run("explain \(record.name)") }
  }

  /// The tables hold every word of the language.
  @Test func wordTables() {
    #expect(
      Set(WordTables.statements.map(\.text))
        == Set(Keyword.statementWords.map(\.rawValue))
        .subtracting(["why", "spikes", "link", "compare", "correlate"]))
    #expect(
      Set(WordTables.clauses.map(\.word))
        == Set(Keyword.clauseWords).subtracting([.group, .sort]))
    for option in WordTables.options.map(\.suggestion.text) {
      let number = option == "rolling" ? " 3" : ""
      #expect(
        Parser.parse(SourceText("tickets by month with \(option)\(number)")).diagnostics.isEmpty)
    }
    for aggregate in WordTables.aggregates {
      #expect(AggregateFunction.named(aggregate.text.filter { $0 != "(" }) != nil)
    }
  }

  /// Only measures of what is loaded are offered; before a load, those that begin as typed.
  @Test func whatIsLoaded() throws {
    let empty = Session(threads: 1)
    func names(_ session: Session) -> Set<String> {
      Set(session.completions(in: "", at: 0).candidates.map(\.text))
    }
    #expect(empty.completions(in: "", at: 0).candidates.first?.text == "load")
    #expect(names(empty).isDisjoint(with: ["tickets", "csat", "occupancy"]))
    #expect(empty.completions(in: "cs", at: 2).candidates.first?.text == "csat")
    #expect(empty.completions(in: "tickets by ", at: 11).candidates.isEmpty)
    try empty.load(path: Checkout.samples.appending(path: "shifts.csv").path)
    #expect(names(empty).contains("occupancy"))
    #expect(names(empty).isDisjoint(with: ["tickets", "csat", "nps"]))
  }

  /// Values that are no plain words are quoted, and never mean a column.
  @Test func spellingOfValues() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = ["it's", "team", "last", "and", "two words", "live-chat", "Größe", "2024-03", "x"]
    let lines = rows.flatMap { [String](repeating: "\"\($0)\",A", count: 2) }
    try ("kind of,team\n" + lines.joined(separator: "\n") + "\n")
      .write(to: folder.appending(path: "plain.csv"), atomically: true, encoding: .utf8)
    let session = Session(threads: 1)
    try session.load(path: folder.appending(path: "plain.csv").path)
    let text = "count from plain where kind_of = "
    let texts = session.completions(in: text, at: text.utf8.count).candidates.map(\.text)
    #expect(
      Set(texts) == [
        "'it''s'", "'team'", "'last'", "'and'", "'two words'", "live-chat", "Größe", "'2024-03'",
        "x",
      ])
    for value in texts {
      #expect(try session.query(text + value).columns[0].values == [.integer(2)])
    }
    let quoted = text + "'it''"
    #expect(
      session.completions(in: quoted, at: quoted.utf8.count).candidates.map(\.text) == ["'it''s'"])
  }

  @Test func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let inner = folder.appending(path: "inner")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["b.csv", "a b.tsv", "notes.pdf", ".hidden.csv", "week.deskql"] {
      try Data().write(to: folder.appending(path: name))
    }
    let session = Session(threads: 1)
    func offered(_ start: String) -> [String] {
      let text = "\(start) '\(folder.path)/"
      return session.completions(in: text, at: text.utf8.count).candidates
        .map { $0.text.replacingOccurrences(of: folder.path, with: "") }
    }
    #expect(offered("load") == ["'/a b.tsv'", "'/b.csv'", "'/inner/"])
    #expect(offered("include") == ["'/week.deskql'", "'/inner/"])
    let none = "load '\(folder.path)/no/"
    #expect(session.completions(in: none, at: none.utf8.count).candidates.isEmpty)
  }

  @Test func valuesOfColumnsThatHaveTooManyToList() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // Each customer twice, so that there is a dictionary; each subject once, so that there is none.
    let rows = (0..<50_000).map { row in
      "\(row),Cust \(row % 5_000 == 0 ? 24_000 : row / 2),\(row == 7 ? "Überfällig" : "Line \(row)")"
    }
    let file = folder.appending(path: "tickets.csv")
    try Data((["id,customer,subject"] + rows).joined(separator: "\n").utf8).write(to: file)
    let session = Session(threads: 1)
    try session.load(path: file.path)
    func offered(_ text: String) -> [String] {
      session.completions(in: text, at: text.utf8.count).candidates
        .map { "\($0.text) \($0.meaning)" }
    }
    #expect(offered("tickets where customer = 'cust_2499").count == 11)
    #expect(offered("tickets where customer = 'Cust 24999") == ["'Cust 24999' 2 rows"])
    #expect(offered("tickets where subject = 'LINE 4999").count == 11)
    #expect(offered("tickets where subject = Ü") == ["Überfällig 1 row"])
    #expect(offered("tickets where customer = ").count == 200)
    #expect(offered("tickets where customer = ").first == "'Cust 24000' 12 rows")
    #expect(offered("tickets where customer = 'cust").first == "'Cust 24000' 12 rows")
    #expect(offered("tickets where customer = 'nobody").isEmpty)
  }

  /// At any place of any text there is an answer.
  @Test func anyPlace() throws {
    let session = try session()
    var texts = try Checkout.files(in: Checkout.samples, ending: "deskql").map(Checkout.text(of:))
    texts += [
      String(repeating: "(", count: 3_000), String(repeating: "p90 ", count: 3_000),
      String(repeating: "not ", count: 3_000), "csat where x = (((', \"\u{1F600}` $ ! 2024-",
      "\u{0}\u{FEFF}é\r\n| ..", String(repeating: "tickets, ", count: 1_000),
    ]
    for text in texts {
      let count = text.utf8.count
      for offset in stride(from: -1, through: count + 1, by: max(1, count / 60)) {
        let found = session.completions(in: text, at: offset)
        #expect(found.range.lowerBound >= 0 && found.range.upperBound <= count)
        #expect(found.candidates.count <= 200)
      }
    }
  }
}
