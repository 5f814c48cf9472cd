import CivilTime
import Foundation
import Testing

@testable import DatasetLoading

/// Reads a text with a parser; nil where it is refused.
private func parse<P: ValueParser>(_ text: String, with parser: P) -> (value: Int64, scale: Int)? {
  var parser = parser
  let bytes = Array(text.utf8) + [UInt8](repeating: 0x39, count: 64)
  return bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return nil }
    var value = parser.parse(base, text.utf8.count)
    if value == ParseMark.finer { value = parser.parse(base, text.utf8.count) }
    return ParseMark.isMark(value) ? nil : (value, parser.scale)
  }
}

@Suite struct ValueTests {
  @Test(
    arguments: [
      ("0", 0, 0), ("7", 7, 0), ("12345678", 12_345_678, 0), ("123456789", 123_456_789, 0),
      ("-5", -5, 0), ("+5", 5, 0), ("5.25", 525, 2), ("-0.50", -5, 1), (".5", 5, 1), ("4.0", 4, 0),
      ("9223372036854775807", Int64.max, 0), ("-9223372036854775808", Int64.min, 0),
      (" 12 ", 12, 0),
      ("1234567.8", 12_345_678, 1), ("0.000001", 1, 6),
    ] as [(String, Int64, Int)])
  func readsDecimals(text: String, value: Int64, scale: Int) {
    let found = parse(text, with: DecimalParser())
    #expect(found?.value == value)
    #expect(found?.scale == scale)
  }

  @Test(arguments: [
    "", " ", "a", "1a", "1.", ".", "1..2", "1.2.3", "0x10", "1_000", "nan", "inf", "1,5", "--1",
    "1-",
    "0045", "00", "9223372036854775808", "1/2", "1:2",
  ])
  func refusesWhatIsNoNumber(text: String) {
    if text.isEmpty { return }
    #expect(parse(text, with: DecimalParser()) == nil)
    #expect(parse(text, with: DecimalParser(scale: 2)) == nil)
  }

  @Test func scalesWhatItReads() {
    #expect(parse("5", with: DecimalParser(scale: 2))?.value == 500)
    #expect(parse("5.1", with: DecimalParser(scale: 2))?.value == 510)
    #expect(parse("12.34", with: DecimalParser(scale: 2))?.value == 1_234)
    #expect(parse("0.5", with: DecimalParser(scale: 2))?.value == 50)
    #expect(parse("1.5", with: DecimalParser(unit: 60))?.value == 900)
    #expect(parse("5e12", with: DecimalParser(isIdentifier: true)) == nil)
  }

  @Test(.enabled(if: sharedFolder("corpora/parse-number-fxx") != nil, "the corpus is absent"))
  func readsDoublesToTheLastBit() throws {
    guard let folder = sharedFolder("corpora/parse-number-fxx/data") else { return }
    var count = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let parts = line.split(separator: " ")
        guard parts.count == 4, let bits = UInt64(parts[2], radix: 16) else { continue }
        let expected = Double(bitPattern: bits)
        // A point without digits behind it is refused by choice.
        guard expected.isFinite, !parts[3].contains(".e") else { continue }
        let number = String(parts[3])
        let double = Array(number.utf8).withUnsafeBufferPointer { NumberText($0)?.double }
        #expect(double == expected, "\(number)")
        count += 1
      }
    }
    #expect(count > 10_000)
  }

  @Test(
    arguments: [
      ("2024-03-15T10:00:00Z", 1_710_496_800), ("2024-03-15 10:00:00", 1_710_496_800),
      ("2024-03-15T10:00:00+01:00", 1_710_493_200), ("2024-03-15T10:00", 1_710_496_800),
      ("2024-03-15T10:00:00.000Z", 1_710_496_800), ("2024-03-15", 1_710_460_800),
      ("2024-03-15 10:00:00 UTC", 1_710_496_800), ("2024-03-15T10:00:00-0530", 1_710_516_600),
      ("15-Mar-24", 1_710_460_800), ("15 Mar 2024", 1_710_460_800), ("Mar 15, 2024", 1_710_460_800),
      ("3/15/24 2:05 PM", 1_710_511_500), ("3/15/2024", 1_710_460_800),
      ("15/Mar/24 2:05 PM", 1_710_511_500), ("2016-12-31T23:59:60Z", 1_483_228_800),
      ("1969-12-31T23:59:59Z", -1), ("0001-01-01", -62_135_596_800), ("2024/3/5", 1_709_596_800),
    ] as [(String, Int64)])
  func readsTimes(text: String, seconds: Int64) {
    let parser = TimeParser(order: .monthFirst, zone: .utc, isDateOnly: false)
    #expect(parse(text, with: parser)?.value == seconds)
  }

  @Test func readsTheDayFirstWhereItIs() {
    let parser = TimeParser(order: .dayFirst, zone: .utc, isDateOnly: false)
    #expect(parse("15/03/2024", with: parser)?.value == 1_710_460_800)
    #expect(parse("15.03.2024", with: parser)?.value == 1_710_460_800)
    #expect(parse("15-03-2024 10:00", with: parser)?.value == 1_710_496_800)
    #expect(parse("3/15/2024", with: parser) == nil)
  }

  @Test func keepsFractionsOfSeconds() {
    let parser = TimeParser(order: .monthFirst, zone: .utc, isDateOnly: false)
    let milliseconds = parse("1970-01-01T00:00:01.25Z", with: parser)
    #expect(milliseconds?.value == 1_250 && milliseconds?.scale == 3)
    let microseconds = parse("1970-01-01T00:00:01.000001Z", with: parser)
    #expect(microseconds?.value == 1_000_001 && microseconds?.scale == 6)
    #expect(parse("1969-12-31T23:59:59.5Z", with: parser)?.value == -500)
  }

  @Test(arguments: [
    "2024-02-30", "2023-02-29T10:00:00Z", "2024-13-01", "2024-01-05T24:00:00Z",
    "2024-01-05T10:60:00Z", "2024-01-05T10:00:61Z", "2024-01-05T22:59:60Z", "2024-1-5",
    "2024-01-05T", "24-01-05T10:00:00Z", "10000-01-01", "2024-01-05T10:00:00+24:00",
    "2024-01-05T10:00:00+01:00Z", "13/13/2024", "hello", "12", "2024-W01-1", "2024-01-05x10:00:00",
  ])
  func refusesWhatIsNoTime(text: String) {
    let parser = TimeParser(order: .monthFirst, zone: .utc, isDateOnly: false)
    #expect(parse(text, with: parser) == nil)
  }

  @Test func readsLocalTimesInTheZone() throws {
    let zone = try TimeZoneRules(identifier: "Europe/Berlin")
    let parser = TimeParser(order: .monthFirst, zone: zone, isDateOnly: false)
    #expect(parse("2024-03-15T10:00:00", with: parser)?.value == 1_710_493_200)
    #expect(parse("2024-07-15 10:00", with: parser)?.value == 1_721_030_400)
    #expect(parse("2024-03-15T10:00:00Z", with: parser)?.value == 1_710_496_800)
    let dates = TimeParser(order: .monthFirst, zone: zone, isDateOnly: true)
    #expect(parse("2024-03-15", with: dates)?.value == 1_710_460_800)
    #expect(parse("2024-03-15T10:00:00Z", with: dates) == nil)
  }

  @Test(.enabled(if: sharedFolder("corpora/dates") != nil, "the corpus is absent"))
  func agreesWithTheDateCorpus() throws {
    struct Item: Decodable {
      var kind: String
      var text: String
      var valid: Bool?
    }
    struct Corpus: Decodable { var cases: [Item] }
    guard let folder = sharedFolder("corpora/dates") else { return }
    let data = try Data(contentsOf: folder.appendingPathComponent("expect.json"))
    let kinds = ["date", "date-time", "toml-datetime", "toml-local-date", "toml-date-local"]
    for item in try JSONDecoder().decode(Corpus.self, from: data).cases {
      // Read too: times without seconds, short offsets, blanks around, other marks in dates.
      guard kinds.contains(item.kind), let valid = item.valid, !item.text.isEmpty,
        valid
          || item.text.firstMatch(of: /^ | $|[\/]|^\d+\.|\D\d\d:\d\d(Z|[+-].*)?$|[+-]\d\d(\d\d)?$/)
            == nil
      else { continue }
      let parser = TimeParser(order: .monthFirst, zone: .utc, isDateOnly: false)
      #expect((parse(item.text, with: parser) != nil) == valid, "\(item.kind) \(item.text)")
    }
  }

  @Test(
    arguments: [
      ("1:02:03", 3_723), ("00:02:15", 135), ("3h 20m", 12_000), ("2 days", 172_800),
      ("PT2H", 7_200),
      ("P1DT2H30M", 95_400), ("1.5 hours", 5_400), ("45s", 45), ("02:30", 9_000),
      ("-0:10:00", -600),
      ("100:00:00", 360_000), ("90", 90), ("1h30m", 5_400), ("P2W", 1_209_600),
    ] as [(String, Int64)])
  func readsDurations(text: String, seconds: Int64) {
    #expect(parse(text, with: DurationParser(style: DurationStyle(unit: 1)))?.value == seconds)
  }

  @Test(arguments: [
    "P", "PT", "P1D2H", "PT1D", "P1Y", "1:2:3:4", "1:60:00", "h", "3x", "1::2", "abc",
  ])
  func refusesWhatIsNoDuration(text: String) {
    #expect(parse(text, with: DurationParser(style: DurationStyle(unit: 1))) == nil)
  }

  @Test func readsYesAndNo() {
    let parser = BooleanParser(takesDigits: false)
    for text in ["true", "TRUE", "Yes", "y", "T", " yes "] {
      #expect(parse(text, with: parser)?.value == 1)
    }
    for text in ["false", "False", "no", "N", "f"] {
      #expect(parse(text, with: parser)?.value == 0)
    }
    for text in ["1", "truex", "ye", "noo", "\u{11}"] { #expect(parse(text, with: parser) == nil) }
    #expect(parse("1", with: BooleanParser(takesDigits: true))?.value == 1)
  }
}
