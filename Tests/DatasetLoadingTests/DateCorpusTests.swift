import CivilTime
import Foundation
import Testing

@testable import DatasetLoading

/// A text of the corpus of dates; `valid` is nil where it is a matter of choice.
private struct DateCase: Decodable {
  var kind: String
  var text: String
  var valid: Bool?
}

private struct DateCorpus: Decodable { var cases: [DateCase] }

@Suite(.enabled(if: sharedFolder("corpora/dates") != nil, "the corpus of dates is absent"))
struct DateCorpusTests {
  private func cases() throws -> [DateCase] {
    guard let folder = sharedFolder("corpora/dates") else { return [] }
    let data = try Data(contentsOf: folder.appendingPathComponent("expect.json"))
    return try JSONDecoder().decode(DateCorpus.self, from: data).cases
  }

  private func isRead<P: ValueParser>(_ text: String, by fresh: P) -> Bool {
    var parser = fresh
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 16)
    return bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, !text.isEmpty else { return false }
      var value = parser.parse(base, text.utf8.count)
      if value == ParseMark.finer { value = parser.parse(base, text.utf8.count) }
      return !ParseMark.isMark(value)
    }
  }

  private var moments: TimeParser { TimeParser(order: .monthFirst, zone: .utc, isDateOnly: false) }

  @Test func readsLocalTimesAsTheCorpusSays() throws {
    let items = try cases().filter {
      $0.kind.contains("local-datetime") || $0.kind.contains("e-local")
    }
    #expect(items.count > 20)
    for item in items where item.kind != "toml-time-local" {
      // Times without seconds and hours of one digit are read too.
      let isWider = item.text.firstMatch(of: /T\d\d:\d\d$|T\d:/) != nil
      #expect(
        isRead(item.text, by: moments) == (item.valid == true || isWider), "\(item.text)")
    }
  }

  @Test func readsTimesOfDayAsTheCorpusSays() throws {
    let items = try cases().filter { $0.kind == "toml-local-time" || $0.kind == "toml-time-local" }
    #expect(items.count == 11)
    for item in items {
      let isWider = item.text.firstMatch(of: /^\d\d:\d\d$|^\d:/) != nil
      #expect(
        isRead(item.text, by: DayClockParser()) == (item.valid == true || isWider), "\(item.text)")
    }
    // A time of day with an offset is no time of day of the dataset's zone.
    for item in try cases() where item.kind == "time" && item.valid == true {
      #expect(!isRead(item.text, by: DayClockParser()), "\(item.text)")
    }
  }

  @Test func readsDurationsAsTheCorpusSays() throws {
    let items = try cases().filter { $0.kind == "duration" }
    #expect(items.count == 46)
    for item in items {
      // Years and months have no fixed length; what is out of range is refused.
      let isRefused = item.text.firstMatch(of: /Y|^P[^T]*M|\d{20}/) != nil
      // Blanks around, fractions of seconds, a sign, and parts left out are read too.
      let isWider = item.text.firstMatch(of: /^ | $|^PT0\.5S$|^-P1D$|^PT1H2S$|^P1WT1H$/) != nil
      let expected = (item.valid == true && !isRefused) || isWider
      #expect(
        isRead(item.text, by: DurationParser(style: DurationStyle(unit: 0))) == expected,
        "\(item.text)")
    }
  }

  @Test func choosesAsTheManualSays() throws {
    let read: Set<String> = [
      "2024/01/05", "05/01/2024", "01.05.2024", "2024-01-05 ", " 2024-01-05", "Jan 5, 2024",
      "5 Jan 2024", "2016-12-31T23:59:60Z", "2024-03-10T02:30:00", "2024-11-03T01:30:00",
      "2024-01-05T23:59:60Z", "0000-01-01",
    ]
    for item in try cases() where item.kind == "policy" {
      #expect(isRead(item.text, by: moments) == read.contains(item.text), "\(item.text)")
    }
    #expect(isRead("1704412800", by: UnixTimeParser()))
    #expect(isRead("1704412800000", by: UnixTimeParser()))
    #expect(isRead("45296", by: SerialTimeParser(zone: .utc, isDateOnly: true)))
  }
}
