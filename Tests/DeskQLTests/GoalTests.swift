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
}
