import Testing

@testable import CivilTime

@Suite struct TimeZoneRulesTests {
  /// The rows of a table of figures, `zone a>b a>b …`.
  private static func rows(_ table: String) -> [(zone: String, given: Int64, expected: Int64)] {
    table.split(separator: "\n").flatMap { line in
      let words = line.split(separator: " ")
      return words.dropFirst().compactMap { word in
        let pair = word.split(separator: ">").compactMap { Int64($0) }
        return pair.count == 2 ? (String(words[0]), pair[0], pair[1]) : nil
      }
    }
  }

  @Test func offsetsAgreeWithPython() throws {
    let rows = Self.rows(PythonFigures.offsets)
    #expect(rows.count > 900)
    for name in Set(rows.map(\.zone)) {
      let zone = try TimeZoneRules(identifier: name)
      for row in rows where row.zone == name {
        #expect(zone.offset(atUTC: row.given) == row.expected, "\(name) at \(row.given)")
      }
    }
  }

  @Test func localTimesAgreeWithPython() throws {
    let rows = Self.rows(PythonFigures.instants)
    #expect(rows.count > 900)
    for name in Set(rows.map(\.zone)) {
      let zone = try TimeZoneRules(identifier: name)
      for row in rows where row.zone == name {
        #expect(zone.utc(fromLocal: row.given) == row.expected, "\(name) local \(row.given)")
      }
    }
  }

  @Test func transitionsAreTheChanges() throws {
    let zone = try TimeZoneRules(identifier: "Europe/Berlin")
    // 2024-03-31T01:00Z and 2024-10-27T01:00Z.
    let year: Range<Int64> = 1_704_067_200..<1_735_689_600
    #expect(zone.transitions(in: year) == [1_711_846_800, 1_729_990_800])
    #expect(zone.transitions(in: 1_711_846_800..<1_711_846_801) == [1_711_846_800])
    #expect(zone.transitions(in: 1_711_846_801..<1_729_990_800) == [])
    #expect(TimeZoneRules.utc.transitions(in: .min ..< .max).isEmpty)
  }

  @Test(arguments: ["Europe/Berlin", "Australia/Lord_Howe", "America/Havana"])
  func transitionsOfEveryYearToTheEndOfTheCalendar(name: String) throws {
    let zone = try TimeZoneRules(identifier: name)
    let all = zone.transitions(in: .min ..< .max)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 })
    for transition in all {
      #expect(zone.offset(atUTC: transition - 1) != zone.offset(atUTC: transition))
    }
    let years = Dictionary(grouping: all) { instant in
      CivilCalendar.civil(days: Int(floorDivide(instant, 86_400))).year
    }
    #expect((2040...9998).allSatisfy { years[$0]?.count == 2 })
  }

  @Test(arguments: [
    ("+02:00", 7200, "+02:00"), ("-0530", -19800, "-05:30"), ("+5", 18000, "+05:00"),
    ("+00:00", 0, "UTC"), ("Z", 0, "UTC"), ("utc", 0, "UTC"),
  ])
  func fixedOffsets(name: String, seconds: Int, shown: String) throws {
    let zone = try TimeZoneRules(identifier: name)
    #expect(zone.isFixed && zone.identifier == shown)
    #expect(zone.offset(atUTC: 1_700_000_000) == seconds)
    #expect(zone.utc(fromLocal: 1_700_000_000) == 1_700_000_000 - Int64(seconds))
  }

  @Test(arguments: [
    "", "Europe/Berlim", "/etc/passwd", "../zoneinfo/UTC", "Europe/../UTC", "Europe", "zone.tab",
    "right/UTC", "posix/UTC", "+24:00", "+1:00", "+02:60", "+", "Europe/Berlin\0", "é",
    String(repeating: "A", count: 100_000),
  ])
  func unknownNames(name: String) {
    #expect(throws: TimeZoneError.unknown(name)) { try TimeZoneRules(identifier: name) }
    #expect(TimeZoneError.unknown(name).message.utf8.count < 300)
  }

  @Test func messagesCarryNoControlCharacters() {
    let message = TimeZoneError.unknown("a\u{1B}[31m\n\u{202E}b").message
    #expect(!message.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E })
  }

  @Test func knownIdentifiersCanBeRead() throws {
    let names = TimeZoneRules.knownIdentifiers()
    #expect(names.contains("Europe/Berlin") && names.contains("America/Argentina/Ushuaia"))
    #expect(names == names.sorted() && !names.contains { $0.hasPrefix("right/") })
    for name in names {
      let zone = try TimeZoneRules(identifier: name)
      #expect(zone.offsets.count == zone.instants.count + 1)
    }
  }

  @Test func extremesDoNotTrap() throws {
    for zone in [TimeZoneRules.utc, try TimeZoneRules(identifier: "America/New_York")] {
      for seconds in [Int64.min, Int64.min + 1, -1 << 62, 1 << 62, Int64.max - 1, Int64.max] {
        #expect(abs(zone.offset(atUTC: seconds)) < 86_400)
        _ = zone.utc(fromLocal: seconds)
        #expect(!CivilText.instant(seconds, zone: zone).isEmpty)
      }
    }
  }
}

@Suite struct PosixTimeZoneRuleTests {
  static let changes: [(String, Int64, [Int64])] = [
    ("CET-1CEST,M3.5.0,M10.5.0/3", 3600, [1_711_846_800, 1_729_990_800]),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", 3600, [1_711_846_800, 1_729_990_800]),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 37_800, [1_712_415_600, 1_728_142_200]),
    ("AAA0BBB,J60/0,J300/0", 0, [1_709_251_200, 1_729_983_600]),
    ("AAA0BBB,59/0,299/0", 0, [1_709_164_800, 1_729_897_200]),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7200, [1_711_846_800, 1_729_990_800]),
    ("EST5", -18000, []),
  ]

  @Test(arguments: changes)
  func changesOf2024(text: String, standard: Int64, instants: [Int64]) throws {
    let rule = try #require(PosixTimeZoneRule(text.utf8))
    #expect(rule.standardOffset == standard)
    #expect(rule.transitions(year: 2024).map(\.instant) == instants)
  }

  @Test(arguments: [
    "", "CET", "C-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0x",
    "CET-25", "<CET-1", "CET-1CEST,J0,J5", "CET-1CEST,J1/168,J5", "CET--1",
  ])
  func anythingElseIsRefused(text: String) {
    #expect(PosixTimeZoneRule(text.utf8) == nil)
  }
}

@Suite struct TimeZoneFileTests {
  /// A file of version 2 with an empty first block.
  private func file(
    instants: [Int64], types: [UInt8], offsets: [Int32], footer: String
  ) -> [UInt8] {
    func big(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
    func header(_ times: Int, _ types: Int, _ names: Int) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        + [0, 0, 0, times, types, names].flatMap { big(Int32($0)) }
    }
    return header(0, 1, 1) + [0, 0, 0, 0, 0, 0, 0] + header(instants.count, offsets.count, 1)
      + instants.flatMap { big($0) } + types + offsets.flatMap { big($0) + [0, 0] } + [0]
      + Array("\n\(footer)\n".utf8)
  }

  @Test func tableAndRuleMakeOne() throws {
    let bytes = file(
      instants: [0, 100, 200], types: [1, 1, 0], offsets: [60, 120], footer: "AAA-1")
    let zone = TimeZoneRules(identifier: "x", file: try #require(TimeZoneFile(bytes)))
    #expect(zone.instants == [0, 200])
    #expect(zone.offsets == [60, 120, 60])
  }

  @Test func everyTruncationIsRefused() {
    let bytes = file(
      instants: [0, 100], types: [1, 0], offsets: [60, 120], footer: "CET-1CEST,M3.5.0,M10.5.0/3")
    #expect(TimeZoneFile(bytes) != nil)
    for count in 0..<bytes.count { #expect(TimeZoneFile(Array(bytes[..<count])) == nil) }
  }

  @Test func everyChangedByteIsSurvived() {
    let bytes = file(
      instants: [0, 100], types: [1, 0], offsets: [60, 120], footer: "CET-1CEST,M3.5.0,M10.5.0/3")
    for position in bytes.indices {
      for value: UInt8 in [0x00, 0x7F, 0x80, 0xFF] {
        var changed = bytes
        changed[position] = value
        guard let file = TimeZoneFile(changed) else { continue }
        let zone = TimeZoneRules(identifier: "x", file: file)
        _ = zone.offset(atUTC: 1_700_000_000) + zone.offset(atUTC: .max)
        _ = zone.utc(fromLocal: 1_700_000_000) &+ zone.utc(fromLocal: .min)
      }
    }
  }
}
