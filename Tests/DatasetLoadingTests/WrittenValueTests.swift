import CivilTime
import Testing

@testable import DatasetLoading

/// The value of a text and the scale of the parser behind it, nil where it is none.
private func parse<P: ValueParser>(_ text: String, with fresh: P) -> Double? {
  var parser = fresh
  let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 16)
  return bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return nil }
    var value = parser.parse(base, text.utf8.count)
    if value == ParseMark.finer { value = parser.parse(base, text.utf8.count) }
    if ParseMark.isMark(value) { return nil }
    return (0..<parser.scale).reduce(Double(value)) { number, _ in number / 10 }
  }
}

@Suite struct WrittenValueTests {
  @Test(
    arguments: [
      ("$1,234.50", 1_234.5), ("1,234", 1_234), ("€ 12", 12), ("12 €", 12), ("-$3.20", -3.2),
      ("(3.20)", -3.2), ("R$ 1,000,000", 1_000_000), ("1'234'567.5", 1_234_567.5),
      ("1 234", 1_234), ("1\u{A0}234.5", 1_234.5), ("USD 7", 7), ("7 EUR", 7), ("$-5", -5),
      ("1,23,456", 123_456), ("5", 5), ("0.25", 0.25),
    ] as [(String, Double)])
  func readsNumbersWithMarks(text: String, value: Double) throws {
    let parser = DressedNumberParser(style: NumberStyle())
    #expect(abs(try #require(parse(text, with: parser)) - value) < 1e-9)
  }

  @Test(arguments: [
    "1,23", "12,34,5", "1,2345", "$", "", "1,234,", "$5 €", "1,234 5", "45%", "(1", "0,123", "a5",
    "1.2.3", "--5",
  ])
  func refusesMarksInOddPlaces(text: String) {
    #expect(parse(text, with: DressedNumberParser(style: NumberStyle())) == nil)
  }

  @Test func readsDecimalCommasAndPercents() {
    let comma = NumberStyle(hasDecimalComma: true)
    #expect(parse("1.234,5", with: DressedNumberParser(style: comma)) == 1_234.5)
    #expect(parse("12,5", with: DressedNumberParser(style: comma)) == 12.5)
    #expect(parse("1.5", with: DressedNumberParser(style: comma)) == nil)
    let percent = NumberStyle(isPercent: true)
    #expect(parse("45%", with: DressedNumberParser(style: percent)) == 45)
    #expect(parse("4.5 %", with: DressedNumberParser(style: percent)) == 4.5)
    #expect(parse("45", with: DressedNumberParser(style: percent)) == nil)
  }

  @Test(
    arguments: [
      ("3 - Highly Satisfied", 3), ("5", 5), ("4.5", 4.5), ("4/5", 4), ("4 out of 5", 4),
      ("5 stars", 5), ("2. Bad", 2), ("1: poor", 1), ("★★★☆☆", 3), ("⭐⭐", 2), ("10 (best)", 10),
    ] as [(String, Double)])
  func readsRatings(text: String, value: Double) {
    #expect(parse(text, with: RatingParser(outOf: 5)) == value)
  }

  @Test(arguments: [
    "0 - Unknown", "good", "2024-03-15", "3a", "12:30", "1234567 x", "5 - n/a", "3/10", "3/5/24",
    "3/0",
  ])
  func refusesWhatIsNoRating(text: String) {
    #expect(parse(text, with: RatingParser(outOf: 5)) == nil)
  }

  @Test(
    arguments: [
      ("9:12:58", 33_178), ("09:12", 33_120), ("2:05 PM", 50_700), ("12:00:01 AM", 1),
      ("0.5", 43_200), ("0.38400462962963", 33_178), ("1900-01-01 09:12:58", 33_178),
      ("1899-12-30T00:00:07", 7), ("0", 0),
    ] as [(String, Double)])
  func readsTimesOfDay(text: String, second: Double) {
    #expect(parse(text, with: DayClockParser()) == second)
  }

  @Test(arguments: ["24:00", "1", "1.5", "2024-01-01 10:00:00", "13:00 PM", "x", "0.99999999"])
  func refusesWhatIsNoTimeOfDay(text: String) {
    #expect(parse(text, with: DayClockParser()) == nil)
  }

  @Test(
    arguments: [
      ("12:02:23 AM", 143), ("1900-01-01 00:02:23", 143), ("0 days 00:02:23", 143),
      ("1 day, 2:03:04", 93_784), ("2 days 00:00:00.500000000", 172_800.5),
    ] as [(String, Double)])
  func readsDurationsOfSpreadsheets(text: String, seconds: Double) {
    #expect(parse(text, with: DurationParser(style: DurationStyle(unit: 1))) == seconds)
  }

  @Test func readsDaysOfSpreadsheets() {
    let days = SerialTimeParser(zone: .utc, isDateOnly: true)
    #expect(parse("45366", with: days) == 1_710_460_800)
    #expect(parse("45366.5", with: days) == nil && parse("7", with: days) == nil)
    let moments = SerialTimeParser(zone: .utc, isDateOnly: false)
    #expect(parse("45366.4166666667", with: moments) == 1_710_496_800)
  }

  @Test(arguments: [
    "15/mar/24", "15-März-2024", "15 mars 2024", "15-mar.-24", "Fri, 15 Mar 2024", "15/Mär/24",
    "Friday 15 March 2024", "Mar. 15, 2024", "15-mar-2024", "15 março 2024", "15 Mart 2024",
  ])
  func readsNamesOfMonths(text: String) {
    let parser = TimeParser(order: .monthFirst, zone: .utc, isDateOnly: false)
    #expect(parse(text, with: parser) == 1_710_460_800)
  }

  @Test func readsYesAndNoOfManyLanguages() {
    let parser = BooleanParser(takesDigits: false)
    for text in ["Sim", "Ja", "Oui", "Sí", "Si", "Evet"] { #expect(parse(text, with: parser) == 1) }
    for text in ["Não", "Nao", "Nein", "Non", "Hayır"] { #expect(parse(text, with: parser) == 0) }
    for text in ["Verdadero", "VERDADEIRO", "checked", "はい", "да"] {
      #expect(parse(text, with: parser) == 1)
    }
    for text in ["unchecked", "Falsch", "いいえ", "Нет"] { #expect(parse(text, with: parser) == 0) }
    #expect(parse("simple", with: parser) == nil)
  }
}
