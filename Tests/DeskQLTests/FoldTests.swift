import DeskQL
import Foundation
import Testing

/// Measures that are worked out once for each value of a column, or counted in one go, over several
/// blocks of rows and on several threads.
@Suite("Folds")
struct FoldTests {
  private struct Row {
    var id: Int
    var channel: String?
    var day: Int
    var score: Int?
    var replies: Int
    var kind: String
    /// Few places in one block at first, then many.
    var place: String
  }

  private static let rows: [Row] = {
    var random = RandomNumbers(seed: 11)
    return (0..<70_000).map { row in
      // Some values stand late in the file alone, and none is missing before the third block.
      var score: Int? = random.next(5) + 1
      if row > 65_000, random.next(50) == 0 { score = 9 }
      if row > 40_000, random.next(7) == 0 { score = nil }
      return Row(
        id: row, channel: random.next(20) == 0 ? nil : ["chat", "email", "phone"][random.next(3)],
        day: row / 2_500,
        score: score, replies: row < 60_000 ? 2 : 2 - random.next(5) % 4,
        kind: ["a", "b", "c"][random.next(3)],
        place: "p\(row < 50_000 ? row / 5_000 : random.next(900))")
    }
  }()

  private static func session(threads: Int) throws -> Session {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = ["id,created,channel,score,replies,sort,place"]
    for (index, row) in rows.enumerated() {
      let day = String(format: "2024-01-%02d", row.day + 1)
      let score = row.score.map(String.init) ?? ""
      let values = [row.channel ?? "", score, "\(row.replies)", row.kind, row.place]
      lines.append("\(index),\(day),\(values.joined(separator: ","))")
    }
    let file = folder.appending(path: "x.csv")
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let session = Session(threads: threads, now: { LoadedData.now })
    try session.load(path: file.path, as: "x")
    return session
  }

  private static func text(_ value: ResultValue) -> String {
    if case .text(let text) = value { text } else { "" }
  }

  /// Compares each column behind the key with what its rows give.
  private static func check(
    _ query: String, _ key: (Row) -> String, _ values: ([Row]) -> [Double?]
  ) throws {
    let wanted = Dictionary(grouping: rows, by: key).mapValues(values)
    for threads in [1, 2] {
      let table = try session(threads: threads).query(query)
      let keys = (0..<table.rowCount).map { text(table.columns[0].values[$0]) }
      #expect(Set(keys) == Set(wanted.keys))
      for (row, key) in keys.enumerated() {
        let numbers = try #require(wanted[key])
        #expect(table.columns.count == numbers.count + 1)
        for (column, number) in zip(table.columns.dropFirst(), numbers) {
          let found = column.values[row].double
          #expect(
            found == nil ? number == nil : abs((found ?? 0) - (number ?? .nan)) < 1e-9,
            "\(column.name) of \(key): \(String(describing: found)), not \(number ?? .nan)")
        }
      }
    }
  }

  @Test func measuresOfOneColumn() throws {
    try Self.check(
      """
      count, count if score >= 4, count score, sum score, min score, max score,
        stddev score, sum(if(score is missing, 10, score * score)) from x by channel
      """,
      { $0.channel ?? "" },
      { rows in
        let scores = rows.compactMap(\.score).map(Double.init)
        let mean = scores.reduce(0, +) / Double(scores.count)
        let squares = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return [
          Double(rows.count), Double(scores.count { $0 >= 4 }), Double(scores.count),
          scores.reduce(0, +), scores.min(), scores.max(),
          (squares / Double(scores.count - 1)).squareRoot(),
          rows.reduce(0) { $0 + ($1.score.map { Double($0 * $0) } ?? 10) },
        ]
      })
  }

  @Test func conditionsCountedAtOnce() throws {
    try Self.check(
      """
      count if score >= 3 and replies < 2,
        count if channel = chat and replies = 2 and score > 1 from x by sort
      """,
      { $0.kind },
      { rows in
        [
          Double(rows.count { ($0.score ?? 0) >= 3 && $0.replies < 2 }),
          Double(rows.count { $0.channel == "chat" && $0.replies == 2 && ($0.score ?? 0) > 1 }),
        ]
      })
  }

  @Test func manyConditionsOfRows() throws {
    try Self.check(
      """
      count from x by sort where channel in (chat, phone) and score >= 5 and replies < 1
        and id > 61000 and created >= 2024-01-10 and sort is not missing and channel != phone
      """,
      { $0.kind },
      { rows in
        [
          Double(
            rows.count {
              $0.channel == "chat" && ($0.score ?? 0) >= 5 && $0.replies < 1 && $0.id > 61_000
            })
        ]
      })
  }

  @Test(arguments: ["day(created)", "place"])
  func groupsInTheOrderOfRows(key: String) throws {
    try Self.check(
      "count, count if score >= 4, count score, sum score, max score from x by \(key)",
      { key == "place" ? $0.place : String(format: "2024-01-%02d", $0.day + 1) },
      { rows in
        let scores = rows.compactMap(\.score).map(Double.init)
        return [
          Double(rows.count), Double(scores.count { $0 >= 4 }), Double(scores.count),
          scores.isEmpty ? nil : scores.reduce(0, +), scores.max(),
        ]
      })
  }

  @Test func blocksOfFewAndOfManyGroups() throws {
    try Self.check(
      "count, count if replies < 2, count if channel = chat and replies = 2 from x by place",
      { $0.place },
      { rows in
        [
          Double(rows.count), Double(rows.count { $0.replies < 2 }),
          Double(rows.count { $0.channel == "chat" && $0.replies == 2 }),
        ]
      })
    try Self.check(
      "count, count if score > 2, sum score from x by place where sort != b", { $0.place },
      { rows in
        let rows = rows.filter { $0.kind != "b" }
        let scores = rows.compactMap(\.score)
        return [
          Double(rows.count), Double(scores.count { $0 > 2 }),
          scores.isEmpty ? nil : Double(scores.reduce(0, +)),
        ]
      })
  }
}
