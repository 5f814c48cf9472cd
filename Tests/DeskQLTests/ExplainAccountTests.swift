import DeskQL
import Testing

/// `explain` accounts for every row of a dataset.
@Suite("The account of explain")
struct ExplainAccountTests {
  private func account(_ query: String, in session: Session) throws -> [String] {
    guard case .text(let text)? = try session.run("explain \(query)").last else { return [] }
    let lines = text.split(separator: "\n").map(String.init)
    return Array(lines.drop { !$0.hasPrefix("rows of") })
  }

  private func session() throws -> Session {
    try SmallData.session(
      (
        "tickets",
        ["id,created,resolved,channel", "1,2024-03-01,,email", "2,2024-03-01,2024-03-02,chat"]
      ),
      (
        "surveys",
        [
          "id,ticket,kind,score,responded",
          "1,1,csat,5,2024-03-02",
          "2,1,csat,,2024-03-02",
          "3,1,csat,99,2024-03-02",
          "4,1,nps,9,2024-03-02",
          "5,9,csat,4,2024-03-02",
          "6,2,csat,4,2024-03-02",
          "7,1,csat,4,2024-05-02",
        ]
      ), settings: "set csat_scale = 1..5")
  }

  @Test func everyReason() throws {
    #expect(
      try account("csat in 2024-03 where channel = email", in: session()) == [
        "rows of surveys: 7",
        "  1 are of another kind",
        "  1 lie outside the period",
        "  2 do not meet `where`",
        "  3 pass",
        "    csat: 1 used; left out: 1 without an answer, 1 off the scale",
      ])
  }

  @Test func conditionOfAnItem() throws {
    #expect(
      try account("csat if channel = email", in: session()) == [
        "rows of surveys: 7",
        "  1 are of another kind",
        "  6 pass",
        "    csat if channel = email: 2 used; left out: 2 do not meet `if`, 1 without an answer, "
          + "1 off the scale",
        "  1 of them have no row in tickets",
      ])
  }

  @Test func whatIsOpenCountsInASnapshot() throws {
    #expect(
      try account("backlog in 2024-03", in: session()) == [
        "rows of tickets: 2", "  2 pass", "    backlog: 2 used",
      ])
  }

  /// Ratings in the ticket file that lie off the scale are told of too.
  @Test func ratingsInTheTicketFile() throws {
    let session = try SmallData.session(
      ("tickets", ["id,created,channel,score", "1,2024-03-01,email,5", "2,2024-03-01,chat,99"]),
      settings: "set csat_scale = 1..5")
    #expect(
      try account("csat", in: session) == [
        "rows of surveys: 2", "  2 pass", "    csat: 1 used; left out: 1 off the scale",
      ])
    guard case .table(let problems)? = try session.run("show problems").last else {
      Issue.record("no table")
      return
    }
    #expect(problems.column(named: "text")?.values == [.text("99")])
    #expect(problems.column(named: "record")?.values == [.integer(3)])
    #expect(
      problems.column(named: "reason")?.values == [.text("is off the csat scale of 1 to 5")])
  }
}
