import DeskQL
import Testing

/// Worked examples of `business(…)`, each computed by hand beside it.
@Suite("Business hours")
struct BusinessHoursTests {
  /// The open seconds between the times of each row.
  private func open(_ settings: String, _ spans: [(String, String)]) throws -> [Double?] {
    let rows = spans.enumerated().map { "\($0),\($1.0),\($1.1)" }
    let session = try SmallData.session(("tickets", ["id,created,first_response"] + rows))
    _ = try session.run(settings)
    let table = try session.query("list id, business(frt) as open order by id")
    return table.columns[1].values.map(\.double)
  }

  @Test func berlinWithLunchBreakHolidaysAndSpringForward() throws {
    let settings = """
      set timezone = 'Europe/Berlin'
      set hours = mon-fri 09:00-12:30, mon-fri 13:15-17:00, sun 01:00-04:00
      set holidays = (2024-03-29, 2024-04-01)
      """
    let found = try open(
      settings,
      [
        // Thursday 16:00 (CET) to Tuesday 10:00 (CEST): Thursday 16:00-17:00, 1 h. Friday is a
        // holiday, Saturday closed. Sunday 01:00-04:00 without 02:00-03:00, which is skipped, 2 h.
        // Monday is a holiday. Tuesday 09:00-10:00, 1 h.
        ("2024-03-28T15:00:00Z", "2024-04-02T08:00:00Z"),
        // Wednesday 12:45, in the break, to 20:00: 13:15-17:00, 3 h 45 m.
        ("2024-03-27T11:45:00Z", "2024-03-27T19:00:00Z"),
        // Wednesday 12:00 to Thursday 13:30: 30 m, 3 h 45 m; 3 h 30 m, 15 m.
        ("2024-03-27T11:00:00Z", "2024-03-28T12:30:00Z"),
        // All of a Saturday.
        ("2024-03-29T23:00:00Z", "2024-03-30T23:00:00Z"),
      ])
    #expect(found == [4 * 3600, 13_500, 8 * 3600, 0])
  }

  @Test func newYorkWithHolidayAndFallBack() throws {
    let settings = """
      set timezone = 'America/New_York'
      set hours = mon-fri 09:00-17:00, sun 00:00-03:00
      set holidays = (2024-11-11)
      """
    let found = try open(
      settings,
      [
        // Saturday 23:00 (EDT) to Monday 10:30 (EST): Sunday 00:00-03:00 with 01:00-02:00 twice,
        // 4 h. Monday 09:00-10:30, 1 h 30 m.
        ("2024-11-03T03:00:00Z", "2024-11-04T15:30:00Z"),
        // Friday 16:30 to Tuesday 09:15: 30 m; Sunday 3 h; Monday is a holiday; 15 m.
        ("2024-11-08T21:30:00Z", "2024-11-12T14:15:00Z"),
      ])
    #expect(found == [19_800, 13_500])
  }

  @Test func hoursThatOverlapAreOpenOnce() throws {
    // Monday 08:00 to 21:00: open from 09:00 to 20:00.
    let found = try open(
      "set hours = mon-fri 09:00-17:00, mon 12:00-20:00",
      [("2024-03-04T08:00:00Z", "2024-03-04T21:00:00Z")])
    #expect(found == [11 * 3600])
  }

  @Test func anOpeningThatTheClockSkips() throws {
    // Cairo, 26 April 2024: the clock goes from 00:00 to 01:00, and 00:30 never comes.
    let found = try open(
      "set timezone = 'Africa/Cairo'\nset hours = fri 00:30-02:30",
      [("2024-04-25T20:00:00Z", "2024-04-26T20:00:00Z")])
    #expect(found == [90 * 60])
  }
}
