import DeskQL
import Testing

/// Figures that were computed elsewhere and stand in the description of the language.
@Suite("Checked figures")
struct CheckedFigureTests {
  private func isNear(_ found: Double?, _ wanted: Double) -> Bool {
    found.map { abs($0 - wanted) < 0.005 } ?? false
  }

  /// Rows of which some are good.
  private func rows(_ group: String, good: Int, of count: Int) -> [String] {
    (0..<count).map { "\(group),\($0 < good)" }
  }

  @Test(arguments: [(80, 100, 71.12, 86.66), (4, 5, 37.55, 96.38), (0, 10, 0, 27.75)])
  func wilsonIntervals(_ good: Int, _ count: Int, _ low: Double, _ high: Double) throws {
    let session = try SmallData.session(("answers", ["g,good"] + rows("a", good: good, of: count)))
    let found = try SmallData.numbers("percent(good) as p from answers with ci", in: session)
    #expect(isNear(found["p_low"], low) && isNear(found["p_high"], high), "\(found)")
  }

  @Test(arguments: [
    (80, 72, 100, -19.59, 3.86), (800, 720, 1000, -11.71, -4.26),
  ])
  func newcombeIntervals(
    _ before: Int, _ after: Int, _ count: Int, _ low: Double, _ high: Double
  ) throws {
    let lines = rows("before", good: before, of: count) + rows("after", good: after, of: count)
    let session = try SmallData.session(("answers", ["g,good"] + lines))
    let found = try SmallData.numbers(
      "percent(good) as p from answers where g = after vs where g = before with ci", in: session)
    #expect(isNear(found["p_change"], -8), "\(found)")
    #expect(
      isNear(found["p_change_low"], low) && isNear(found["p_change_high"], high), "\(found)")
  }

  @Test func netPromoterScore() throws {
    let scores =
      [Int](repeating: 9, count: 18) + [Int](repeating: 8, count: 11)
      + [Int](repeating: 3, count: 2)
    let session = try SmallData.session(
      ("surveys", ["id,kind,score"] + scores.enumerated().map { "\($0),nps,\($1)" }))
    let found = try SmallData.numbers("nps with ci", in: session)
    #expect(
      isNear(found["nps"], 51.61) && isNear(found["nps_low"], 29.95)
        && isNear(found["nps_high"], 73.28), "\(found)")
  }

  /// Ten tickets on each day of February and March 2024, the last a second before midnight.
  @Test(arguments: ["UTC", "Europe/Berlin", "America/New_York"])
  func noDayOfAMonthIsLost(_ zone: String) throws {
    var lines = ["id,created"]
    for (month, days) in [("02", 29), ("03", 31)] {
      for day in 1...days {
        for hour in 0..<10 {
          let time = hour == 9 ? "23:59:59" : "0\(hour):00:00"
          lines.append("\(lines.count),2024-\(month)-\(day < 10 ? "0" : "")\(day) \(time)")
        }
      }
    }
    let session = try SmallData.session(("tickets", lines), settings: "set timezone = '\(zone)'")
    for query in ["tickets in 2024-03 vs previous", "tickets where month = 2024-03 vs previous"] {
      let found = try SmallData.numbers(query, in: session)
      #expect(found["tickets"] == 310 && found["tickets_previous"] == 290, "\(query): \(found)")
    }
    let months = try session.query("tickets by month vs previous")
    #expect(months.column(named: "tickets")?.values.map(\.double) == [290, 310])
    #expect(months.column(named: "tickets_previous")?.values.map(\.double) == [0, 290])
  }
}
