import DeskQL
import Testing

@testable import Interactive

@Suite("Progress")
struct ProgressLineTests {
  private func line(
    _ subject: String, _ done: Int, of total: Int?, seconds: Double = 2, width: Int = 80,
    usesASCII: Bool = false
  ) -> String {
    let reading = LoadProgress.Reading(subject: subject, done: done, total: total, start: .now)
    return ProgressLine.text(reading, seconds: seconds, width: width, usesASCII: usesASCII)
  }

  @Test func aFileWhoseSizeIsKnown() {
    #expect(
      line("tickets.csv", 820_000_000, of: 1_640_000_000)
        == "tickets.csv   50% ██████████░░░░░░░░░░  410 MB/s  2 s left")
    #expect(
      line("t.csv", 25, of: 100, usesASCII: true)
        == "t.csv   25% #####...............  13 B/s  6 s left")
    #expect(line("t.csv", 999_999_999, of: 100).hasSuffix("500 MB/s"))
    #expect(line("t.csv", 1_000, of: 3_600_000).hasSuffix("500 B/s  120 min left"))
    #expect(line("t.csv", 0, of: 100).hasSuffix("0 B/s"))
    #expect(line("t.csv", 1, of: .max, seconds: 1e9).hasSuffix("a long time left"))
  }

  @Test func aPipe() {
    #expect(line("standard input", 1_500, of: nil) == "standard input  1.5 kB  750 B/s")
    #expect(line("x", 0, of: nil, seconds: 0) == "x  0 B  0 B/s")
  }

  /// A line that is too long would leave its start behind on the screen.
  @Test func noLineIsWiderThanTheScreen() {
    for width in 0..<120 {
      for subject in ["t.csv", String(repeating: "folder/", count: 30) + "日本語.csv", "a\u{1B}[2J"] {
        let text = line(subject, 12_345_678, of: 99_999_999, width: width)
        #expect(text.count < max(width, 1))
        #expect(!text.contains("\u{1B}"))
      }
    }
  }

  @Test func sizes() {
    for (bytes, text) in [
      (0.0, "0 B"), (999, "999 B"), (999.6, "1.0 kB"), (9_940, "9.9 kB"), (9_960, "10 kB"),
      (1.8e9, "1.8 GB"), (5e12, "5000 GB"),
    ] {
      #expect(ProgressLine.size(bytes) == text)
    }
  }
}
