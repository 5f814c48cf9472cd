import DeskQL
import Foundation
import Testing

/// Grouping by keys whose combinations are too many to be addressed directly.
@Suite("Many groups")
struct ManyGroupsTests {
  private struct Row {
    var name: String?
    var kind: String?
    var number: Int?
    var x: Int
    var amount: Int
    /// A text that hardly repeats.
    var code: String?
  }

  private static let rows: [Row] = {
    var random = RandomNumbers(seed: 7)
    // Enough rows for two threads.
    return (0..<140_000).map { _ in
      Row(
        name: random.next(50) == 0 ? nil : "n\(random.next(300))",
        kind: ["low", "high", "urgent", nil][random.next(4)],
        number: random.next(40) == 0 ? nil : random.next(3000), x: random.next(9),
        amount: random.next(100_000),
        code: random.next(30) == 0 ? nil : "k\(random.next(90_000))")
    }
  }()

  private func session(threads: Int) throws -> Session {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = ["name,kind,number,x,amount,code"]
    for row in Self.rows {
      let number = row.number.map(String.init) ?? ""
      let amount = "\(row.amount / 100).\(row.amount % 100 / 10)\(row.amount % 10)"
      let texts = "\(row.name ?? ""),\(row.kind ?? "")"
      lines.append("\(texts),\(number),\(row.x),\(amount),\(row.code ?? "")")
    }
    let file = folder.appending(path: "many.csv")
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let session = Session(threads: threads, now: { LoadedData.now })
    try session.load(path: file.path)
    return session
  }

  private struct Key: Hashable {
    var name: String?
    var kind: String?
    var number: Int?
  }

  /// Missing values last, priorities by rank.
  private func precedes(_ a: Key, _ b: Key) -> Bool {
    if a.name != b.name { return b.name == nil || a.name.map { $0 < b.name ?? "" } ?? false }
    let order = ["low", "high", "urgent"]
    let (left, right) = (
      a.kind.flatMap { order.firstIndex(of: $0) } ?? 9,
      b.kind.flatMap { order.firstIndex(of: $0) } ?? 9
    )
    if left != right { return left < right }
    return (a.number ?? .max) < (b.number ?? .max)
  }

  private func text(_ value: String?) -> ResultValue { value.map { .text($0) } ?? .missing }

  @Test(arguments: [1, 2, 3])
  func combinationsThatOccur(threads: Int) throws {
    let table = try session(threads: threads).query(
      "sum amount, count, max x from many by name, kind, number where x > 0")
    let groups = Dictionary(grouping: Self.rows.filter { $0.x > 0 }) {
      Key(name: $0.name, kind: $0.kind, number: $0.number)
    }
    let keys = groups.keys.sorted(by: precedes)
    #expect(table.rowCount == keys.count)
    #expect(table.columns[0].values == ResultValues(keys.map { text($0.name) }))
    #expect(table.columns[1].values == ResultValues(keys.map { text($0.kind) }))
    #expect(
      table.columns[2].values
        == ResultValues(keys.map { $0.number.map { .integer(Int64($0)) } ?? .missing }))
    let own = keys.map { groups[$0] ?? [] }
    #expect(
      table.columns[3].values
        == ResultValues(
          own.map { rows in .number(Double(rows.reduce(0) { $0 + $1.amount }) / 100) }))
    #expect(table.columns[4].values == ResultValues(own.map { .integer(Int64($0.count)) }))
    #expect(
      table.columns[5].values
        == ResultValues(own.map { .integer(Int64($0.map(\.x).max() ?? 0)) }))
  }

  @Test(arguments: [1, 2])
  func textsThatHardlyRepeat(threads: Int) throws {
    let table = try session(threads: threads).query("count, avg x, stddev x from many by code")
    let groups = Dictionary(grouping: Self.rows) { $0.code }
    let codes = groups.keys.sorted { left, right in
      guard let left, let right else { return left != nil && right == nil }
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    #expect(table.columns[0].values == ResultValues(codes.map(text)))
    let own = codes.map { groups[$0] ?? [] }
    #expect(table.columns[1].values == ResultValues(own.map { .integer(Int64($0.count)) }))
    for (row, rows) in own.enumerated() {
      let mean = Double(rows.reduce(0) { $0 + $1.x }) / Double(rows.count)
      let squares = rows.reduce(0) { $0 + (Double($1.x) - mean) * (Double($1.x) - mean) }
      let spread = rows.count > 1 ? (squares / Double(rows.count - 1)).squareRoot() : nil
      let (foundMean, found) = (
        table.columns[2].values[row].double, table.columns[3].values[row].double
      )
      guard let foundMean, abs(foundMean - mean) < 1e-12, (found == nil) == (spread == nil),
        abs((found ?? 0) - (spread ?? 0)) < 1e-9
      else {
        Issue.record("\(codes[row] ?? "none"): \(mean), \(spread ?? -1)")
        return
      }
    }
  }

  @Test(arguments: [1, 2])
  func bestRowsOfEachValue(threads: Int) throws {
    let table = try session(threads: threads).query(
      "list number, amount, name from many where kind = low top 2 by amount per number")
    let groups = Dictionary(
      grouping: Self.rows.enumerated().filter { $0.element.kind == "low" }
    ) { $0.element.number }
    var wanted: [Row] = []
    for number in groups.keys.sorted(by: { ($0 ?? .max) < ($1 ?? .max) }) {
      let best = (groups[number] ?? []).sorted {
        (-$0.element.amount, $0.offset) < (-$1.element.amount, $1.offset)
      }
      wanted += best.prefix(2).map(\.element)
    }
    #expect(
      table.columns[0].values
        == ResultValues(wanted.map { $0.number.map { .integer(Int64($0)) } ?? .missing }))
    #expect(
      table.columns[1].values == ResultValues(wanted.map { .number(Double($0.amount) / 100) }))
    #expect(table.columns[2].values == ResultValues(wanted.map { text($0.name) }))
  }

  @Test func theFirstOfMany() throws {
    let session = try session(threads: 2)
    let all = try session.query("sum amount from many by name, number order by sum_amount desc")
    let some = try session.query(
      "sum amount from many by name, number order by sum_amount desc limit 7 offset 3")
    let top = try session.query("sum amount from many by name, number top 10")
    #expect(all.rowCount > 50_000)
    for column in 0..<3 {
      let wanted = Array(all.columns[column].values.prefix(10))
      #expect(Array(top.columns[column].values) == wanted)
      #expect(Array(some.columns[column].values) == Array(wanted[3...]))
    }
  }

  @Test func correlationsOfIntegersAreExact() throws {
    let rows = Self.rows
    let table = try session(threads: 2).query("corr(x, number) as r from many")
    let pairs = rows.compactMap { row in row.number.map { (Double(row.x), Double($0)) } }
    let count = Double(pairs.count)
    let (meanX, meanY) = (
      pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count
    )
    let products = pairs.reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let x = pairs.reduce(0) { $0 + ($1.0 - meanX) * ($1.0 - meanX) }
    let y = pairs.reduce(0) { $0 + ($1.1 - meanY) * ($1.1 - meanY) }
    let found = try #require(table.columns[0].values.first?.double)
    #expect(abs(found - products / (x * y).squareRoot()) < 1e-12)
  }

  /// Numbers that lie too far apart to be codes themselves, also negative and broken ones.
  @Test(arguments: [1, 2])
  func numbersThatLieFarApart(threads: Int) throws {
    var random = RandomNumbers(seed: 3)
    let wide = (0..<60_000).map { _ in
      random.next(30) == 0 ? nil : (random.next(20_001) - 10_000) * 400_000_000_000_003
    }
    let broken = (0..<60_000).map { _ in
      random.next(30) == 0 ? nil : Double(random.next(20_001) - 10_000) * 1.5e280
    }
    let lines = zip(wide, broken).map { wide, broken in
      "\(wide.map(String.init) ?? ""),\(broken.map { "\($0)" } ?? "")"
    }
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "far.csv")
    try Data((["wide,broken"] + lines).joined(separator: "\n").utf8).write(to: file)
    let session = Session(threads: threads, now: { LoadedData.now })
    try session.load(path: file.path)

    let wideCounts = Dictionary(grouping: wide) { $0 }.mapValues { Int64($0.count) }
    let wideKeys = wideCounts.keys.sorted { ($0 ?? .max) < ($1 ?? .max) }
    let byWide = try session.query("count from far by wide")
    #expect(
      byWide.columns[0].values
        == ResultValues(wideKeys.map { $0.map { .integer(Int64($0)) } ?? .missing }))
    #expect(
      byWide.columns[1].values == ResultValues(wideKeys.map { .integer(wideCounts[$0] ?? 0) }))

    let brokenCounts = Dictionary(grouping: broken) { $0 }.mapValues { Int64($0.count) }
    let brokenKeys = brokenCounts.keys.sorted { ($0 ?? .infinity) < ($1 ?? .infinity) }
    let byBroken = try session.query("count from far by broken")
    #expect((0..<byBroken.rowCount).map { byBroken.columns[0].values[$0].double } == brokenKeys)
    #expect(
      byBroken.columns[1].values
        == ResultValues(brokenKeys.map { .integer(brokenCounts[$0] ?? 0) }))
  }

  /// The columns that queries over a small file give.
  private func columns(_ queries: [String], over text: String) throws -> [[ResultValues]] {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "small.csv")
    try Data(text.utf8).write(to: file)
    let session = Session(threads: 2, now: { LoadedData.now })
    try session.load(path: file.path, as: "small")
    return try queries.map { try session.query($0).columns.map(\.values) }
  }

  private func integers(_ numbers: [Int64?]) -> ResultValues {
    ResultValues(numbers.map { number in number.map { .integer($0) } ?? .missing })
  }

  /// The span of these numbers takes all 64 bits.
  @Test func theLeastAndTheLargestNumber() throws {
    let numbers: [Int64] = [.max, .min, 0, 5, .max]
    let lines = numbers.map { "\($0),1" } + [",1", ""]
    let found = try columns(
      ["count from small by x", "distinct x from small"],
      over: "x,y\n" + lines.joined(separator: "\n"))
    #expect(found[0][0] == integers([.min, 0, 5, .max, nil]))
    #expect(found[0][1] == integers([1, 1, 1, 2, 1]))
    #expect(found[1][0] == integers([4]))
  }

  /// A computed moment outside the years 1 to 9999 is none.
  @Test(arguments: ["hour", "day", "year"])
  func momentsOutsideTheCalendar(grain: String) throws {
    let text = "created,x\n2024-01-01,2.5e-9\n2024-01-02,1e12\n2024-01-02,-1e13\n2024-01-02,1e300\n"
    let moment = "\(grain)(created + x * 1s)"
    let found = try columns(
      ["count from small by \(moment)", "distinct \(moment) from small"], over: text)
    #expect(found[0][1] == integers([1, 3]))
    #expect(found[1][0] == integers([1]))
  }

  /// Groups and codes with a bit each, which threads gather for themselves.
  @Test(arguments: [1, 2, 3])
  func distinctTextsOfFewGroups(threads: Int) throws {
    let session = try session(threads: threads)
    let table = try session.query("distinct code from many by name with total")
    let groups = Dictionary(grouping: Self.rows, by: \.name).mapValues {
      Set($0.compactMap(\.code)).count
    }
    let names = groups.keys.sorted { ($0 ?? "~") < ($1 ?? "~") }
    let all = Set(Self.rows.compactMap(\.code)).count
    #expect(
      table.columns[1].values
        == ResultValues((names.map { groups[$0] ?? 0 } + [all]).map { .integer(Int64($0)) }))
    let one = try session.query("distinct code from many")
    #expect(one.columns[0].values == ResultValues([.integer(Int64(all))]))
  }

  /// Groups and codes that are too many for a bit each.
  @Test(arguments: [1, 2])
  func distinctTextsOfManyGroups(threads: Int) throws {
    let table = try session(threads: threads).query(
      "distinct code from many by name, number order by distinct_code desc, name, number limit 50")
    var codes: [Key: Set<String>] = [:]
    for row in Self.rows {
      let key = Key(name: row.name, number: row.number)
      codes[key, default: []].formUnion(row.code.map { [$0] } ?? [])
    }
    let counts = codes.values.map(\.count).sorted(by: >)
    #expect(table.rowCount == 50)
    #expect(table.columns[2].values.map(\.double) == counts.prefix(50).map { Double($0) })
    for row in 0..<50 {
      var key = Key()
      if case .text(let name) = table.columns[0].values[row] { key.name = name }
      key.number = table.columns[1].values[row].double.map { Int($0) }
      #expect(table.columns[2].values[row].double == codes[key].map { Double($0.count) })
    }
  }
}
