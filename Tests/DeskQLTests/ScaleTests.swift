import DeskQL
import Testing

/// The satisfaction scales that help desks use, each read from the whole column.
@Suite("Rating scales")
struct ScaleTests {
  /// Answers, parted by commas, and what comes of them.
  struct Example: Sendable {
    var scores: String
    var good: Double
    var bad: Double
    var answers: Double

    init(_ scores: String, good: Double, bad: Double, of answers: Double) {
      self.scores = scores
      self.good = 100 * good / answers
      self.bad = 100 * bad / answers
      self.answers = answers
    }

    static let all = [
      Example("5,4,3,2,1,", good: 2, bad: 2, of: 5),
      Example("3,2,1,1,", good: 1, bad: 2, of: 4),
      Example("7,6,5,2,1", good: 2, bad: 2, of: 5),
      Example("10,8,7,4", good: 2, bad: 1, of: 4),
      Example("10,8,0,4", good: 2, bad: 2, of: 4),
      Example("1,0,0,0,", good: 1, bad: 3, of: 4),
      Example("2,1,1,1", good: 1, bad: 3, of: 4),
      Example("yes,no,No,,Yes,Yes", good: 3, bad: 2, of: 5),
      Example("true,false,true,", good: 2, bad: 1, of: 3),
      Example(
        "good,bad,offered,goodwithcomment,unoffered,Badwithcomment", good: 2, bad: 2, of: 4),
      Example("Happy,Neutral,unhappy,Happy", good: 2, bad: 1, of: 4),
    ]
  }

  private func found(_ scores: [String], _ settings: String = "") throws -> [String: Double] {
    let lines = scores.enumerated().map { "\($0 + 1),\($1)" }
    let session = try SmallData.session(("surveys", ["id,score"] + lines), settings: settings)
    return try SmallData.numbers("csat, dsat, responses with n", in: session)
  }

  @Test(arguments: Example.all)
  func shares(_ example: Example) throws {
    let scores = example.scores.split(separator: ",", omittingEmptySubsequences: false)
    let found = try found(scores.map(String.init))
    #expect(found["responses"] == example.answers && found["csat_n"] == example.answers, "\(found)")
    #expect(abs((found["csat"] ?? -1) - example.good) < 1e-9, "\(found)")
    #expect(abs((found["dsat"] ?? -1) - example.bad) < 1e-9, "\(found)")
  }

  @Test func setScale() throws {
    let found = try found(["5", "4", "7", "1"], "set csat_scale = 1..10\nset csat_good = 7")
    #expect(found["csat"] == 25 && found["dsat"] == 50)
  }

  /// A few answers off the scale that the others show are set aside.
  @Test func answersOffTheScale() throws {
    let scores = [String](repeating: "5", count: 60) + [String](repeating: "1", count: 39) + ["0"]
    let found = try found(scores)
    #expect(found["responses"] == 99)
    #expect(abs((found["csat"] ?? -1) - 100 * 60 / 99) < 1e-9)
  }
}
