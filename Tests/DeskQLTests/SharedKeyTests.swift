import DeskQL
import Testing

/// Customers that stand in several rows, one for each segment.
@Suite struct SharedKeyTests {
  private func session() throws -> Session {
    try SmallData.session(
      ("customers", ["id,segment", "7,Free", "7,Pro", "8,Free", "8,Free", "9,"]),
      (
        "tickets",
        ["id,created,customer", "1,2024-01-01,7", "2,2024-01-02,8", "3,2024-01-03,9"]
          + ["4,2024-01-04,10", "5,2024-01-05,7"]
      ),
      ("surveys", ["ticket,score", "1,5", "2,1", "5,4", "4,2"]))
  }

  private func text(_ query: String) throws -> String {
    ResultFormatter.text(
      of: try session().query(query), options: FormatOptions(format: .csv))
  }

  @Test func countOnceInEachSegment() throws {
    #expect(try text("tickets by segment") == "segment,tickets\nFree,3\nPro,2\n,2\n")
    #expect(
      try text("responses, csat by segment where segment is not missing")
        == "segment,responses,csat\nFree,3,66.66666666666667\nPro,2,100\n")
  }

  @Test func meetAConditionByAnyOfTheirRows() throws {
    #expect(try text("tickets where segment = Pro") == "tickets\n2\n")
    #expect(try text("tickets where segment = Pro and segment = Free") == "tickets\n0\n")
    #expect(try text("tickets where not segment = Free") == "tickets\n2\n")
    #expect(try text("tickets where segment is missing") == "tickets\n2\n")
    #expect(try text("tickets where customers.id is missing") == "tickets\n1\n")
    #expect(try text("responses where segment is not missing") == "responses\n3\n")
  }

  @Test func areListedWithAllTheirValues() throws {
    #expect(
      try text("list id, segment, score from tickets where customer = 7")
        == "id,segment,score\n1,Free;Pro,5\n5,Free;Pro,4\n")
  }

  @Test func giveAnAggregateTheirFirstRowAndSaySo() throws {
    let session = try SmallData.session(
      ("customers", ["id,seats", "7,10", "7,90", "8,20"]),
      ("tickets", ["id,created,customer", "1,2024-01-01,7", "2,2024-01-02,8"]))
    let result = try session.query("avg(seats) from tickets")
    #expect(ResultFormatter.text(of: result, options: .init(format: .csv)) == "avg_seats\n15\n")
    #expect(
      result.notes == ["some customers have several rows: seats is that of the first row of each"])
    #expect(try session.query("avg(seats) from customers").notes.isEmpty)
  }

  @Test func keysWithoutARowAreCounted() throws {
    let surveys = (name: "surveys", lines: ["ticket_id,score", "1,5", "2,4", "9,1"])
    func notes(_ tickets: [String], _ query: String) throws -> [String] {
      let lines = ["id,created,channel"] + tickets
      return try SmallData.session(("tickets", lines), surveys).query(query).notes
    }
    let some = ["1,2024-01-01,email", "2,2024-01-02,chat"]
    #expect(
      try notes(some, "csat by channel")
        == ["1 of 3 rows of surveys names a ticket that no row of tickets has"])
    #expect(try notes(some, "csat").isEmpty)
    #expect(
      try notes(["0001,2024-01-01,email", "0002,2024-01-02,chat"], "csat where channel = email")
        == [
          "3 of 3 rows of surveys name a ticket that no row of tickets has: ticket is written as "
            + "'1', id of tickets as '0001'"
        ])
  }
}
