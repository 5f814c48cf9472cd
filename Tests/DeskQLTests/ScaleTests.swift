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
      Example("1,-1,1,1", good: 3, bad: 1, of: 4),
      Example("103,-103,100,102,-101", good: 2, bad: 2, of: 5),
      Example("5,5,4,99", good: 3, bad: 0, of: 3),
      Example("3/10,5/10,9/10", good: 1, bad: 1, of: 3),
      Example("1 - Great,3 - Not Good,2 - Okay", good: 1, bad: 1, of: 3),
      Example("1 (best),5 (worst),1 (best)", good: 2, bad: 1, of: 3),
      Example("GOOD ,good,bad,meh", good: 2, bad: 1, of: 4),
      Example("3 - Highly satisfied,5/5,1/5,★★★★☆", good: 2, bad: 1, of: 4),
    ]
  }

  private func session(
    _ scores: [String], header: String = "score", _ settings: String = ""
  ) throws -> Session {
    let lines = scores.enumerated().map { "\($0 + 1),\($1)" }
    return try SmallData.session(("surveys", ["id,\(header)"] + lines), settings: settings)
  }

  private func found(
    _ scores: [String], header: String = "score", _ settings: String = ""
  ) throws -> [String: Double] {
    let session = try session(scores, header: header, settings)
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

  @Test(arguments: ["score (1-10)", "CSAT (out of 10)", "Score 0 to 10"])
  func theHeaderNamesTheScale(header: String) throws {
    let found = try found(["3", "5", "4", "8"], header: header)
    #expect(found["csat"] == 25 && found["dsat"] == 50)
  }

  @Test func theHeaderSaysThatOneIsTheBest() throws {
    let found = try found(["1", "2", "3", "5", "0"], header: "\"Score (1 = best, 5 = worst)\"")
    #expect(found["responses"] == 4)
    #expect(found["csat"] == 50 && found["dsat"] == 25)
  }

  /// Answers from 0 to 100 and fractions of different numbers lie on no known scale.
  @Test(arguments: [
    ["100", "80", "35", "60"], ["0", "0", "0", "100"], ["5/5", "3/5", "8/10"], ["3/0", "2/0"],
    ["Promoter", "Detractor"],
  ])
  func unknownScalesAreRefused(scores: [String]) throws {
    let session = try session(scores)
    let error = #expect(throws: ScriptError.self) { try session.query("csat") }
    #expect(error?.diagnostics.first?.code == "unknown-scale")
    let own = try self.found(["100", "80", "35", "60"], "set csat_scale = 0..100")
    #expect(own["csat"] == 50 && own["dsat"] == 25)
  }

  @Test func choicesAreSaid() throws {
    let low = try session(["0", "5", "4", "3"]).query("csat").notes
    #expect(low.contains { $0.contains("on a scale of 0 to 5") }, "\(low)")
    let set = try session(["0", "5", "4", "3"], "set csat_scale = 0..5").query("csat").notes
    #expect(set.isEmpty)
    for scores in [["1", "1"], ["1", "2"], ["1", "3", "2"]] {
      let notes = try session(scores).query("csat").notes
      #expect(notes.contains { $0.contains("as none is higher") }, "\(scores)")
      #expect(try session(scores, "set csat_scale = 1..5").query("csat").notes.isEmpty)
    }
    for scores in [["0", "1"], ["1", "5"], ["4", "5"], ["1", "-1"]] {
      #expect(try session(scores).query("csat").notes.isEmpty, "\(scores)")
    }
    let zendesk = try found(["\"Good, I\u{2019}m satisfied\"", "\"Bad, I'm unsatisfied\""])
    #expect(zendesk["csat"] == 50 && zendesk["dsat"] == 50)
    let unknown = try session(["good", "bad", "meh"]).query("csat").notes
    #expect(unknown.contains { $0.contains("'meh'") }, "\(unknown)")
  }

  @Test func answersOffTheScaleAreListed() throws {
    let session = try session(["11", "10", "0", "9", "-1"], header: "NPS")
    let problems = try session.query("show problems")
    #expect(problems.column(named: "text")?.values == [.text("11"), .text("-1")])
    #expect(problems.column(named: "record")?.values == [.integer(2), .integer(6)])
    let described = try session.query("describe score")
    let scale = described.column(named: "value")?.values.last
    #expect(scale == .text("0 to 10: promoters from 9, detractors up to 6"))
  }
}
