import Diagnostics
import Foundation
import Testing

@testable import QuerySyntax

/// Holds Grammar.md, the published language, against the code.
@Suite("Grammar.md")
struct GrammarTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The productions that stand in the doc comments of the parser, spaces made single.
  private static func productionsOfCode() throws -> [String: String] {
    let folder = root.appendingPathComponent("Sources/QuerySyntax/Parsing")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var lines: [String] = []
    for file in files.sorted() where file.hasSuffix(".swift") {
      for line in try text("Sources/QuerySyntax/Parsing/\(file)").split(separator: "\n") {
        let comment = line.drop { $0 == " " }
        if comment.hasPrefix("///     ") { lines.append(String(comment.dropFirst(8))) }
      }
    }
    return productions(lines)
  }

  private static func productionsOfPage() throws -> [String: String] {
    productions(try blocks("ebnf").flatMap { $0.split(separator: "\n").map(String.init) })
  }

  private static func productions(_ lines: [String]) -> [String: String] {
    var result: [String: String] = [:]
    var name = ""
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      if !line.hasPrefix(" "), words.count > 2, words[1] == "=" {
        name = words[0]
        result[name] = words.dropFirst(2).joined(separator: " ")
      } else if !words.isEmpty {
        result[name, default: ""] += " " + words.joined(separator: " ")
      }
    }
    return result
  }

  /// The fenced blocks of a kind.
  private static func blocks(_ kind: String) throws -> [String] {
    try text("Grammar.md").components(separatedBy: "```\(kind)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
  }

  /// The words in backticks of a section.
  private static func words(of section: String) throws -> Set<String> {
    let parts = try text("Grammar.md").components(separatedBy: "\n### \(section)\n")
    let content = try #require(parts.count == 2 ? parts[1] : nil, "no section '\(section)'")
    let end = content.range(of: "\n#")?.lowerBound ?? content.endIndex
    let quoted = content[..<end].split(separator: "`", omittingEmptySubsequences: false)
    return Set(quoted.indices.filter { $0 % 2 == 1 }.map { String(quoted[$0]) })
  }

  @Test("has exactly the productions of the code")
  func holdsProductions() throws {
    let code = try Self.productionsOfCode()
    let page = try Self.productionsOfPage()
    #expect(code.count > 50)
    for name in Set(code.keys).union(page.keys).sorted() {
      #expect(code[name] == page[name], "\(name)")
    }
  }

  @Test("is what programs are told of the grammar")
  func isTold() throws {
    let page = try Self.productionsOfPage()
    let told = GrammarText.productions
    #expect(told.count == page.count)
    for production in told { #expect(production.body == page[production.name]) }
    #expect(told.first?.name == "script")
  }

  @Test("tells of the terminals what programs are told")
  func tellsTerminals() throws {
    let rows = try Self.text("Grammar.md").components(separatedBy: "| --- | --- |\n")
    let table = try #require(rows.first { $0.hasPrefix("| WORD |") })
    let lines = table.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0.hasPrefix("|") }.map(String.init)
    #expect(lines == GrammarText.terminals.map { "| \($0.name) | \($0.meaning) |" })
    let used = try Self.productionsOfPage().values.flatMap { body in
      body.split { !$0.isLetter && $0 != "_" }
    }
    for terminal in GrammarText.terminals { #expect(used.contains(Substring(terminal.name))) }
  }

  @Test("every production is reached from a script")
  func reachesProductions() throws {
    let page = try Self.productionsOfPage()
    var open = ["script"]
    var reached: Set<String> = []
    while let name = open.popLast() {
      guard reached.insert(name).inserted, let production = page[name] else { continue }
      let words = production.split(separator: " ").map(String.init)
      open += words.filter { page[$0] != nil }
      for word in words where word.first?.isLowercase == true {
        #expect(page[word] != nil, "\(word) in \(name)")
      }
    }
    #expect(reached == Set(page.keys))
  }

  @Test("has exactly the keywords of the code")
  func holdsKeywords() throws {
    #expect(try Self.words(of: "Keywords") == Set(Keyword.allCases.map(\.rawValue)))
  }

  @Test("has exactly the signs of the code")
  func holdsSymbols() throws {
    #expect(try Self.words(of: "Signs") == Set(Symbol.allCases.map(\.rawValue)))
  }

  @Test("has exactly the aggregates of the code")
  func holdsAggregates() throws {
    let names = AggregateFunction.names.flatMap(\.names)
    #expect(try Self.words(of: "Aggregates") == Set(names + ["p1", "p99", "p99.9"]))
    let production = try #require(try Self.productionsOfPage()["function"])
    for name in names { #expect(production.contains("\"\(name)\"")) }
  }

  @Test("uses no words in its productions that the code does not know")
  func knowsTerminals() throws {
    let known =
      Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue)
      + AggregateFunction.names.flatMap(\.names) + TimeUnit.allCases.map(\.rawValue)
      + ChartNode.Kind.allCases.map(\.rawValue) + Parser.weekdays + Parser.longWeekdays + ["s"]
    for (name, production) in try Self.productionsOfPage() {
      let quoted = production.split(separator: "\"", omittingEmptySubsequences: false)
      for index in quoted.indices where index % 2 == 1 {
        #expect(known.contains(String(quoted[index])), "\(quoted[index]) in \(name)")
      }
    }
    let text = try Self.productionsOfPage().values.joined(separator: " ")
    for keyword in Keyword.allCases {
      #expect(text.contains("\"\(keyword.rawValue)\""), "no production uses '\(keyword.rawValue)'")
    }
  }

  @Test("every example is read without errors and prints back")
  func readsExamples() throws {
    let examples = try Self.blocks("deskql")
    #expect(examples.count > 20)
    for example in examples {
      let script = Parser.parse(SourceText(example))
      #expect(script.diagnostics.isEmpty, "\(example)")
      let printed = Printer.print(script)
      #expect(Printer.print(Parser.parse(SourceText(printed))) == printed)
    }
  }

  @Test("has an example for every clause and option")
  func showsClauses() throws {
    let words = try Self.blocks("deskql").joined(separator: "\n")
      .split { !$0.isLetter }.map(String.init)
    let options = [
      "ci", "n", "total", "share", "open", "other", "rank", "running", "rolling", "gaps",
    ]
    for word in Keyword.clauseWords.map(\.rawValue) + options
    where !["sort", "group"].contains(word) {
      #expect(words.contains(word), "no example uses '\(word)'")
    }
  }
}
