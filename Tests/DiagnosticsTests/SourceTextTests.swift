import Diagnostics
import Testing

@Suite("Source texts")
struct SourceTextTests {
  @Test(
    "places offsets",
    arguments: [
      ("abc", 0, 1, 1), ("abc", 2, 1, 3), ("abc", 99, 1, 4), ("abc", -5, 1, 1), ("", 0, 1, 1),
      ("a\nb", 2, 2, 1), ("a\r\nb", 3, 2, 1), ("a\rb", 2, 2, 1), ("a\n\n", 3, 3, 1),
      ("größe x", 8, 1, 7), ("👩‍👩‍👧 x", 19, 1, 3), ("日本 x", 7, 1, 4),
    ])
  func places(text: String, offset: Int, line: Int, column: Int) {
    #expect(SourceText(text).location(at: offset) == SourceLocation(line: line, column: column))
  }

  @Test("gives lines without their ends")
  func givesLines() {
    let source = SourceText("ab\r\ncd\n")
    #expect(source.lineRange(at: 1) == SourceRange(0, 2))
    #expect(source.lineRange(at: 5) == SourceRange(4, 6))
    #expect(source.lineRange(at: 7) == SourceRange(7, 7))
  }

  @Test("shows bytes that are no text as U+FFFD")
  func repairsText() {
    let source = SourceText(name: "x", bytes: [0x61, 0xFF, 0x62])
    #expect(source.text(of: source.range) == "a\u{FFFD}b")
    #expect(source.text(of: SourceRange(-4, 400)) == "a\u{FFFD}b")
  }

  @Test(
    "decodes strictly",
    arguments: [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xFF],
      [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xC2, 0x41],
    ] as [[UInt8]])
  func refusesInvalid(bytes: [UInt8]) {
    #expect(SourceText(name: "x", bytes: bytes).scalar(at: 0) == nil)
  }

  @Test("decodes every length", arguments: ["a", "é", "€", "😀", "\u{10FFFF}"])
  func decodes(text: String) throws {
    let decoded = try #require(SourceText(text).scalar(at: 0))
    #expect(String(decoded.scalar) == text)
    #expect(decoded.length == text.utf8.count)
  }
}
