import Testing

@testable import LineEditing

@Suite("Completion")
struct CompletionListingTests {
  @Test func fewAreListedWithTheirMeanings() {
    let list = CompletionListing.text(
      of: [.init(text: "csat", meaning: "satisfied"), .init(text: "nps", meaning: "promoters")],
      width: 80)
    #expect(list == "csat  satisfied\nnps   promoters\n")
  }

  @Test func manyAreListedInColumns() {
    let words = (0..<60).map { LineCompletion.Candidate(text: "word\($0)", meaning: "x") }
    let list = CompletionListing.text(of: words, width: 40)
    let lines = list.split(separator: "\n")
    #expect(lines.count == 15)
    #expect(lines[0] == "word0   word15  word30  word45")
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  @Test func veryManyAreCounted() {
    let words = (0..<1000).map { LineCompletion.Candidate(text: "w\($0)") }
    #expect(CompletionListing.text(of: words, width: 80).hasSuffix("… and 800 more\n"))
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
