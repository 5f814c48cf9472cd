import Diagnostics
import Testing

@Suite("Closest match")
struct ClosestMatchTests {
  private let names = ["channel", "priority", "team", "csat", "nps", "first_response", "frt"]

  @Test(
    "finds the near name",
    arguments: [
      ("chanel", "channel"), ("CHANEL", "channel"), ("chnanel", "channel"),
      ("prioritt", "priority"),
      ("taem", "team"), ("cast", "csat"), ("first response", "first_response"),
      ("prior", "priority"),
      ("fr", "frt"), ("teams", "team"), ("first", "first_response"),
    ])
  func finds(word: String, expected: String) {
    #expect(closestMatch(to: word, among: names) == expected)
  }

  @Test("is silent where nothing is near", arguments: ["zebra", "x", "", "escalations", "ch"])
  func isSilent(word: String) {
    #expect(closestMatch(to: word, among: names) == nil)
  }

  @Test("prefers the nearest, then the first")
  func prefersNearest() {
    #expect(closestMatch(to: "tean", among: ["bean", "team"]) == "bean")
    #expect(closestMatch(to: "teamm", among: ["tea", "team"]) == "team")
  }

  @Test("a word of a megabyte is no typo")
  func ignoresLongWords() {
    #expect(closestMatch(to: String(repeating: "a", count: 1_000_000), among: names) == nil)
  }

  @Test("escapes and cuts shown words")
  func showsWords() {
    #expect(DisplayText.quoted("a\u{1B}b") == "'a\\u{1B}b'")
    #expect(DisplayText.quoted(String(repeating: "x", count: 60)).count == 51)
    #expect(DisplayText.cut("日本語日本語", toBytes: 10) == "日本…")
    #expect(DisplayText.escaped("a\nb\u{202E}\u{85}") == "a\\nb\\u{202E}\\u{85}")
  }
}
