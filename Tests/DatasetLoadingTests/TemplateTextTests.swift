import ColumnStore
import Testing

@testable import DatasetLoading

/// Texts whose words repeat while their digits do not.
@Suite struct TemplateTextTests {
  private static let openers = [
    "Invoice is wrong", "Where is my refund, please", "Cancel \"subscription\"", "注文について",
    "1st line",
    "",
  ]
  private static let endings = [" #", " after update 17, order ", " - ", ""]

  private static func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let opener = openers.randomElement(using: &random) ?? ""
      if opener.isEmpty { return "" }
      let number = Int.random(in: 0..<1_000_000, using: &random)
      return opener + (endings.randomElement(using: &random) ?? "")
        + (Int.random(in: 0..<3, using: &random) == 0 ? "" : "\(number)")
    }
  }

  private enum Form { case text, template }

  /// Loads the texts as subjects, in chunks of several sizes; all keep their texts, and are held in
  /// a form where one is given.
  private func check(_ texts: [String], _ form: Form?, quotesAll: Bool = false) throws {
    let fields = texts.map { text in
      quotesAll || text.contains { ",\"\n".contains($0) }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    let text = (["id,subject"] + zip(fields, 1...).map { "\($1),\($0)" }).joined(separator: "\n")
    for (threads, chunkSize) in [(1, 1 << 19), (2, 1 << 15), (3, 1 << 17)] {
      let loaded = try load(
        text, name: "tickets", threads: threads, tuning: LoadTuning(chunkSize: chunkSize))
      #expect(loaded.cells("subject").map { $0 ?? "" } == texts, "\(threads) \(chunkSize)")
      switch (loaded.column("subject"), form) {
      case (.text, .text), (.template, .template), (_, nil): break
      default: Issue.record("another form at \(threads) \(chunkSize)")
      }
    }
  }

  @Test(arguments: [false, true])
  func textsAreTheSameAsWritten(quotesAll: Bool) throws {
    try check(Self.texts(30_000, seed: 1), .template, quotesAll: quotesAll)
  }

  /// Where the first rows all differ, but others do not, and there are no digits.
  @Test func textsWithoutDigits() throws {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let words = (0..<1_200).map {
      "\(letters[$0 % 26])\(letters[$0 / 26 % 26])\(letters[$0 / 676])"
    }
    try check((0..<30_000).map { "about " + words[$0 < 20_000 ? $0 % 1_200 : 7] }, .template)
  }

  /// Quotes that a text begins with are its own, once those around its field are off.
  @Test func fewTextsThatHoldQuotes() throws {
    var texts = (0..<5_000).map { "order \(100_000 + $0)" }
    for (index, text) in ["\"order 777777\"", "\"order 888888x", "\"\"", "\""].enumerated() {
      texts[4_500 + 100 * index] = text
    }
    try check(texts, .template)
    try check(texts.map { $0.filter { !$0.isNumber } }, nil)
  }

  @Test func textsThatAllDifferStandAsTheyAre() throws {
    var random = SeededGenerator(seed: 3)
    let letters = (0..<30_000).map { row in
      "subject "
        + (0..<8).map { _ in "abcdefgh".randomElement(using: &random).map(String.init) ?? "" }
        .joined() + " \(row)"
    }
    try check(letters, .text)
  }

  @Test func longTextsStandAsTheyAre() throws {
    let long = String(repeating: "a long description of what went wrong ", count: 10)
    try check((0..<3_000).map { long + "\($0)" }, .text)
  }

  /// What begins as templates may go on as texts that all differ, in any chunk.
  @Test func formsThatChangeOnTheWay() throws {
    var random = SeededGenerator(seed: 4)
    let odd = (0..<60_000).map { row in
      (0..<6).map { _ in "abcdefghijkl".randomElement(using: &random).map(String.init) ?? "" }
        .joined() + "\(row % 7)"
    }
    try check(Self.texts(20_000, seed: 5) + odd, nil)
    try check(Array(odd.prefix(3_000)) + Self.texts(40_000, seed: 6), nil)
  }

  @Test func longRunsOfDigits() throws {
    var random = SeededGenerator(seed: 8)
    let texts = (0..<5_000).map { row in
      (0..<(row % 120)).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
        + (row % 3 == 0 ? "." : " x 1")
    }
    try check(texts, .template)
  }

  /// A column whose rows are in several files, one of which lacks it.
  @Test func severalFiles() throws {
    let first = Self.texts(9_000, seed: 7)
    let text = { (texts: [String]) in
      Array(
        (["id,subject"]
          + zip(texts, 1...).map { "\($1),\"\($0.replacing("\"", with: "\"\""))\"" })
          .joined(separator: "\n").utf8)
    }
    let second = Array("id\n7\n8\n".utf8)
    let sources = [
      ByteSource(path: "a.csv", bytes: text(first)), ByteSource(path: "b.csv", bytes: second),
      ByteSource(path: "c.csv", bytes: text(first.reversed())),
    ]
    for threads in [1, 2] {
      let request = LoadRequest(path: "a.csv", name: "tickets", threads: threads)
      let loaded = try #require(
        try DatasetLoader.load(sources, request, LoadTuning(chunkSize: 1 << 16)).first)
      let wanted = first + ["", ""] + first.reversed()
      #expect(loaded.cells("subject").map { $0 ?? "" } == wanted)
      guard case .template = loaded.column("subject") else {
        Issue.record("no templates")
        return
      }
    }
  }

  /// A few rows that are not like the others change nothing, wherever they stand.
  @Test func fewRowsDoNotDecide() throws {
    let odd = [
      "quite", "another text", String(repeating: "x", count: 60_000), "here 1", "and there",
    ]
    let texts = Self.texts(20_000, seed: 9)
    try check(texts.prefix(500) + odd + texts, .template)
    try check(texts + odd, .template)
    try check(Array(texts.prefix(9_000)) + odd + texts.suffix(11_000), .template)
  }
}
