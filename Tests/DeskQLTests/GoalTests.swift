import DeskQL
import Testing

/// What `show goals` says of each goal.
@Suite("Goals")
struct GoalTests {
  @Test func showsValuesAndHowFarTheyAre() throws {
    let session = try SmallData.session(
      (
        "tickets",
        ["id,created,resolved,handle_seconds"]
          + (1...4).map { "\($0),2024-03-0\($0),\($0 < 4 ? "2024-03-09" : ""),600" }
      ),
      settings: """
        goal resolution_rate >= 80%
        goal aht <= 15m
        """)
    let results = try session.run("show goals")
    guard case .table(let table)? = results.first else { throw Diagnostic("test", "no table") }
    func column(_ name: String) -> ResultValues? {
      table.columns.first { $0.name == name }?.values
    }
    #expect(column("measure") == [.text("aht"), .text("resolution_rate")])
    #expect(column("goal") == [.text("<= 15m"), .text(">= 80%")])
    #expect(column("value") == [.text("10m"), .text("75.0%")])
    #expect(column("change") == [.text("▼ -5m"), .text("▼ -5.0")])
    #expect(column("met") == [.boolean(true), .boolean(false)])
  }

  /// A goal is a fixed figure, so the change is as sure as the value.
  @Test func aChangeWithinTheIntervalIsNotProven() throws {
    let session = try SmallData.session(
      ("surveys", ["id,kind,score"] + (1...20).map { "\($0),csat,\($0 < 17 ? 5 : 1)" }),
      settings: "goal csat >= 75%")
    session.setIntervals(true)
    let table = try session.query("csat vs goal with ci")
    func number(_ name: String) -> Double? { table.column(named: name)?.values[0].double }
    #expect(number("csat_change") == 5)
    let (low, high) = (number("csat_low") ?? 0, number("csat_high") ?? 0)
    #expect(low < 75 && high > 75)
    #expect(number("csat_change_low") == nil && number("csat_change_high") == nil)
    let change = table.column(named: "csat_change")
    #expect(change?.intervals.first == ValueInterval(low: low - 75, high: high - 75))
    #expect(table.column(named: "csat_p")?.better == Direction.none)
  }

  @Test func thinCellsOfColumnsAreCounted() throws {
    let rows = (1...80).map { "\($0),csat,5,\($0 < 78 ? "a" : "b"),\($0 % 2 == 0 ? "x" : "y")" }
    let session = try SmallData.session(("surveys", ["id,kind,score,channel,team"] + rows))
    session.setIntervals(true)
    let pivoted = try session.query("csat by team across channel")
    let plain = try session.query("csat by team, channel")
    #expect(plain.notes.contains { $0.contains("in 2 of 4 groups (as few as 1)") })
    #expect(pivoted.notes == plain.notes)
  }
}
