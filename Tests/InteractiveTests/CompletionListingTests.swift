import Testing

@testable import Interactive
@testable import LineEditing

@Suite("Completion")
struct CompletionListingTests {
  @Test func fewAreListedWithTheirMeanings() {
    #expect(
      list([.init(text: "csat", meaning: "satisfied"), .init(text: "nps", meaning: "promoters")])
        == "csat  satisfied   nps   promoters\n")
    let long = String(repeating: "long ", count: 30)
    let lines = list([.init(text: "a", meaning: long), .init(text: "bb", meaning: "short")])
      .split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].count == 79 && lines[0].hasPrefix("a   long long") && lines[0].hasSuffix("…"))
    #expect(lines[1] == "bb  short")
  }

  @Test func meaningsGoOnInFurtherColumns() {
    let words = (0..<40).map { LineCompletion.Candidate(text: "w\($0)", meaning: "the word \($0)") }
    let lines = list(words, width: 60).split(separator: "\n")
    #expect(lines.count == 14)
    #expect(lines[0] == "w0   the word 0    w14  the word 14   w28  the word 28")
    #expect(lines.allSatisfy { $0.count < 60 })
  }

  @Test func manyAreListedInColumns() {
    let words = (0..<60).map {
      LineCompletion.Candidate(text: "word\($0)", meaning: "what the word \($0) stands for")
    }
    let lines = list(words, width: 40).split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines[0] == "word0   what the word 0 stands for")
    #expect(lines.last == "… and 40 more: type on, or Tab again")
    let all = list(words, width: 40, isAgain: true).split(separator: "\n")
    #expect(all.count == 15)
    #expect(all[0] == "word0   word15  word30  word45")
    #expect((lines + all).allSatisfy { $0.count <= 40 })
    let narrow = list(words, width: 12).split(separator: "\n")
    #expect(narrow.count == 21, "the likeliest stay in sight")
    #expect(narrow[0] == "word0")
  }

  @Test func wideLettersAreAligned() {
    let found = list(
      [.init(text: "電話", meaning: "1 row"), .init(text: "chat", meaning: "2 rows")], width: 30)
    #expect(found == "電話  1 row    chat  2 rows\n")
  }

  @Test func veryManyAreCounted() {
    let words = (0..<1000).map { LineCompletion.Candidate(text: "w\($0)") }
    #expect(list(words, isAgain: true).hasSuffix("… and 800 more: type on\n"))
  }

  /// How many rows have a value is not left out for the sake of rare values.
  @Test func valuesKeepTheirCounts() {
    let values = (0..<150).map {
      LineCompletion.Candidate(text: "C\(100_000 + $0)", meaning: "\(300 - $0) rows")
    }
    let lines = list(values).split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines[0].hasPrefix("C100000  300 rows   C100020  280 rows"))
    #expect(lines.last == "… and 70 more: type on, or Tab again")
    #expect(lines.allSatisfy { $0.count < 80 })
  }

  private func list(
    _ candidates: [LineCompletion.Candidate], width: Int = 80, isAgain: Bool = false
  ) -> String {
    CompletionListing(width: width, height: 24, usesColor: false).text(
      of: candidates, isAgain: isAgain)
  }

  @Test(arguments: [
    ("email", " "), ("'live chat'", " "), ("'Samples/", ""), ("percent(", ""), ("'", ""),
    ("`a b`", " "), (".mode", " "), ("", ""), ("x=", ""),
  ])
  func whatStandsBehind(word: String, separator: String) {
    #expect(LineCompletion.Candidate(text: word).separator == separator)
  }

  @Test func sharedBeginnings() {
    let prefix = { (words: [String]) in
      LineCompletion(range: 0..<0, candidates: words.map { .init(text: $0) }).commonPrefix
    }
    #expect(prefix(["csat", "csat_score"]) == "csat")
    #expect(prefix(["Email", "emu"]) == "Em")
    #expect(prefix(["a", "b"]) == "")
    #expect(prefix(["äb", "äc"]) == "ä")
    #expect(prefix([]) == "")
  }
}
