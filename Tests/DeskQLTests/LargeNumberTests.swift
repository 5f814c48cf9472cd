import DeskQL
import Testing

/// Numbers at the ends of 64 bits: exact, or an error that says so.
@Suite("Large numbers")
struct LargeNumberTests {
  private static let lines = [
    "g,x", "a,9223372036854775807", "a,9223372036854775807", "b,-9223372036854775808", "b,-1",
    "c,5", "d,",
  ]

  @Test func extremes() throws {
    let session = try SmallData.session(("big", Self.lines))
    let table = try session.query("min(x), max(x), median(x) by g from big where g != d")
    let largest = ResultValue.integer(.max)
    #expect(table.column(named: "min_x")?.values == [largest, .integer(.min), .integer(5)])
    #expect(table.column(named: "max_x")?.values == [largest, .integer(-1), .integer(5)])
    #expect(
      try session.query("min(x), max(x) from big where g = d").columns[0].values == [.missing])
  }

  @Test(arguments: [
    "sum(x) from big", "sum(x) by g from big", "sum(x) by g from big with total",
    "sum(x) from big where g = c vs where g = a", "sum(x) by g from big where g in (b, c) vs rest",
  ])
  func sumsBeyond64Bits(_ query: String) throws {
    let session = try SmallData.session(("big", Self.lines))
    #expect {
      try session.query(query)
    } throws: { error in
      (error as? ScriptError)?.diagnostics.map(\.code) == ["overflow"]
    }
  }

  /// In between a sum may leave 64 bits.
  @Test func sumsThatComeBack() throws {
    let session = try SmallData.session(
      ("big", ["x", "9223372036854775807", "9223372036854775807", "-9223372036854775807"]))
    #expect(try session.query("sum(x) from big").columns[0].values == [.integer(.max)])
  }

  /// Numbers above 2^53 are not told apart as doubles.
  @Test func customersWithLargeNumbers() throws {
    let session = try SmallData.session(
      (
        "tickets",
        [
          "id,created,customer", "1,2024-03-01,9007199254740992", "2,2024-03-02,9007199254740993",
          "3,2024-03-03,9007199254740994", "4,2024-03-04,9007199254740993",
        ]
      ))
    let table = try session.query("repeat_rate, distinct customer")
    #expect(table.columns.map { $0.values[0].double } == [25, 3])
  }
}
