import DeskQL
import Foundation
import Testing

/// The same data and question give the same answer, bit for bit.
@Suite("Steadiness")
struct SteadinessTests {
  private static let questions = [
    "tickets, avg cost, stddev cost, sum cost, frt, p90 frt, median cost by channel",
    "csat, csat_score, nps, responses by month",
    "tickets, variance(cost), avg(cost / 3), corr(cost, handle_time) by team, priority",
    "distinct(customer), mode(product), quantile(cost, 0.37) by agent order by agent",
    "tickets by tag top 7", "occupancy, tickets_per_agent by weekday",
    "nps, avg(mrr), sum(mrr / 7) by plan", "csat by channel where tag = vip or priority = urgent",
    "list id, cost, frt where frt > 1d order by cost desc, id limit 200",
  ]

  private func session(threads: Int, in folder: URL = Checkout.samples) throws -> Session {
    let session = Session(threads: threads, now: { LoadedData.now })
    for name in ["tickets", "surveys", "customers", "shifts"] {
      try session.load(path: folder.appending(path: name + ".csv").path)
    }
    return session
  }

  /// Values with the bits of their doubles.
  private func bits(_ table: ResultTable) -> [String] {
    table.columns.map { column in
      let values = column.values.map { value in
        if case .number(let number) = value { return String(number.bitPattern, radix: 16) }
        return "\(value)"
      }
      return "\(column.name): " + values.joined(separator: " ")
    }
  }

  @Test func anyNumberOfThreads() throws {
    let one = try session(threads: 1)
    for threads in [2, 7] {
      let many = try session(threads: threads)
      for question in Self.questions {
        let wanted = try bits(one.query(question))
        #expect(try bits(many.query(question)) == wanted, "\(threads) threads: \(question)")
      }
    }
  }

  /// Enough rows for several blocks and chunks, with doubles that no decimal scale holds.
  @Test func manyRowsOnAnyNumberOfThreads() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = ["id,created,channel,amount"]
    var state: UInt64 = 42
    for id in 0..<60_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let day = String(Int(state >> 33) % 28 + 101).dropFirst()
      let amount = Double(state >> 11) / 3e9 * (state & 1 == 0 ? 1e-8 : 1e8)
      lines.append("\(id),2024-02-\(day)T10:00:00Z,c\(state >> 60),\(amount)")
    }
    let file = folder.appending(path: "tickets.csv")
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    var answers: [[String]] = []
    for threads in [1, 2, 7] {
      let session = Session(threads: threads)
      try session.load(path: file.path)
      let question = "tickets, sum(amount), avg(amount), stddev(amount), p90(amount) by channel"
      answers.append(
        try bits(session.query(question)) + bits(session.query("sum(amount) by day, channel")))
    }
    #expect(answers[0] == answers[1])
    #expect(answers[0] == answers[2])
  }

  /// Numbers here are sums of many, so that another order of rows may differ in the last bit.
  @Test func shuffledRowsGiveTheSame() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["tickets", "surveys", "customers", "shifts"] {
      let text = try Checkout.text(of: Checkout.samples.appending(path: name + ".csv"))
      let lines = text.split(separator: "\n")
      // A fixed shuffle: every row has its number times a prime as its place.
      let rows = lines.dropFirst().enumerated()
        .sorted { ($0.offset &* 7919) % 10_007 < ($1.offset &* 7919) % 10_007 }.map(\.element)
      let shuffled = ([lines[0]] + rows).joined(separator: "\n") + "\n"
      try shuffled.write(
        to: folder.appending(path: name + ".csv"), atomically: true, encoding: .utf8)
    }
    let ordered = try session(threads: 2)
    let shuffled = try session(threads: 2, in: folder)
    for question in Self.questions {
      let options = FormatOptions(format: .csv)
      let wanted = DelimitedText(
        ResultFormatter.text(of: try ordered.query(question), options: options))
      let found = DelimitedText(
        ResultFormatter.text(of: try shuffled.query(question), options: options))
      let differences = found.differences(from: wanted, relative: 1e-12, isWhole: true)
      #expect(differences.isEmpty, "\(question): \(differences)")
    }
  }

  @Test(arguments: [
    "channel = email", "frt > 4h", "tag = vip", "subject contains 'refund'", "agent is missing",
    "month = 2024-03", "created between 2024-01 and 2024-02", "plan in (pro, enterprise)",
    "escalated and not (priority = high or priority = urgent)", "score >= 4", "replies > contacts",
    "subject matches '^[A-D]'", "weekday = Monday", "cost * 2 > 10 and tag != refund",
  ])
  func aConditionAndItsOppositeAreAll(condition: String) throws {
    let session = try LoadedData.samples.session()
    func count(_ query: String) throws -> Double {
      try #require(session.query(query).columns[0].values[0].double)
    }
    let all = try count("tickets")
    let held = try count("tickets where \(condition)")
    #expect(try held + count("tickets where not (\(condition))") == all)
    #expect(try count("tickets if \(condition)") == held)
    #expect(try count("tickets where not (not (\(condition)))") == held)
    #expect(held > 0 && held < all)
  }
}
