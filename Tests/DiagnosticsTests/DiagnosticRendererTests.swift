import Diagnostics
import Foundation
import Testing

@Suite("Rendered diagnostics")
struct DiagnosticRendererTests {
  private func render(
    _ text: String, _ word: String, notes: [String] = [], help: String? = nil
  ) throws -> String {
    let source = SourceText(name: "daily.deskql", text)
    let range = try #require(text.range(of: word))
    let lower = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    let diagnostic = Diagnostic(
      "x", "no good", at: SourceRange(lower, lower + word.utf8.count), notes: notes, help: help)
    return DiagnosticRenderer().render(diagnostic, in: source)
  }

  @Test("shows the line with carets, notes and help")
  func showsAll() throws {
    let text = try render("nps\ncsat by chanel", "chanel", notes: ["a fact"], help: "write this")
    #expect(
      text == """
        error: no good
         --> daily.deskql:2:9
          |
        2 | csat by chanel
          |         ^^^^^^
        note: a fact
        help: write this
        """)
  }

  @Test("fits its lines into a narrow screen", arguments: [40, 60, 80])
  func fitsTheScreen(width: Int) {
    let text = String(repeating: "csat by channel; ", count: 20) + "csat by chanel where x = 1"
    let lower = text.utf8.count - "chanel where x = 1".utf8.count
    let lines = DiagnosticRenderer(width: width).render(
      Diagnostic("x", "no good", at: SourceRange(lower, lower + 6)), in: SourceText(text)
    ).split(separator: "\n").dropFirst(2)
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines.last?.hasSuffix("^^^^^^") == true)
  }

  @Test(
    "puts carets under wide, combining, tabbed and control characters",
    arguments: [
      ("日本 x", "x", "日本 x", 5), ("\tx", "x", "    x", 4), ("e\u{301} x", "x", "e\u{301} x", 2),
      ("a\u{1B}[2J x", "x", "a\\u{1B}[2J x", 11), ("\u{202E}x", "x", "\\u{202E}x", 8),
      ("😀 x", "x", "😀 x", 3),
    ])
  func alignsCarets(line: String, word: String, shown: String, column: Int) throws {
    let lines = try render(line, word).split(separator: "\n").map(String.init)
    #expect(lines[3] == "1 | " + shown)
    #expect(lines[4] == "  | " + String(repeating: " ", count: column) + "^")
  }

  @Test("wide words get wide carets")
  func widensCarets() throws {
    #expect(try render("a 日本", "日本").hasSuffix("^^^^"))
  }

  @Test("cuts long lines around the words")
  func cutsLines() throws {
    let long = String(repeating: "a ", count: 500)
    let lines = try render(long + "WORD " + long, "WORD").split(separator: "\n").map(String.init)
    #expect(lines[3].hasPrefix("1 | …"))
    #expect(lines[3].hasSuffix("…"))
    #expect(lines[3].count < 110)
    let place = try #require(lines[3].range(of: "WORD")).lowerBound
    let caret = try #require(lines[4].firstIndex(of: "^"))
    #expect(
      lines[3].distance(from: lines[3].startIndex, to: place)
        == lines[4].distance(from: lines[4].startIndex, to: caret))
    #expect(lines[4].hasSuffix("^^^^"))
  }

  @Test("an empty range at the end has one caret")
  func showsEnd() {
    let source = SourceText("csat by")
    let text = DiagnosticRenderer().render(
      Diagnostic("x", "no good", at: SourceRange(7, 7)), in: source)
    #expect(text.hasSuffix("1 | csat by\n  |        ^"))
  }

  @Test("stays under a kilobyte", arguments: [DiagnosticRenderer.Style.plain, .ansi])
  func staysShort(style: DiagnosticRenderer.Style) {
    for unit in ["a", "日", "\u{1B}", "😀", "e\u{301}", "\u{202E}", "\t", "a\u{301}\u{301}\u{301}"] {
      let long = String(repeating: unit, count: 5000)
      let source = SourceText(name: long, long)
      for lower in [0, 3000, long.utf8.count] {
        let diagnostic = Diagnostic(
          "x", long, at: SourceRange(lower, lower + 5000), notes: [long, long, long], help: long)
        let text = DiagnosticRenderer(style: style).render(diagnostic, in: source)
        #expect(text.utf8.count <= DiagnosticRenderer.byteLimit)
        let raw = text.unicodeScalars.filter {
          $0.value < 0x20 && $0 != "\n" && $0 != "\u{1B}" || (0x7F..<0xA0).contains($0.value)
        }
        #expect(raw.isEmpty)
        #expect(!text.contains("\u{202E}"))
      }
    }
  }

  @Test("shows bytes that are no text")
  func showsInvalidBytes() {
    let source = SourceText(name: "x", bytes: [0x61, 0xFF, 0x62])
    let text = DiagnosticRenderer().render(
      Diagnostic("x", "no good", at: SourceRange(1, 2)), in: source)
    #expect(text.hasSuffix("1 | a\\xFFb\n  |  ^^^^"))
  }

  @Test("colours for a terminal")
  func colours() {
    let text = DiagnosticRenderer(style: .ansi).render(Diagnostic("x", "no good"))
    #expect(text == "\u{1B}[1;31merror\u{1B}[0m: \u{1B}[1mno good\u{1B}[0m")
  }

  @Test("needs no place")
  func showsMessageAlone() {
    let warning = Diagnostic("x", "thin data", severity: .warning, help: "load more")
    #expect(DiagnosticRenderer().render(warning) == "warning: thin data\nhelp: load more")
  }

  @Test("shows the end of a long path, where the file's name is")
  func longPath() throws {
    let folder = String(repeating: "exports/", count: 50)
    let source = SourceText(name: "/\(folder)weekly.deskql", "csat bye channel")
    let diagnostic = Diagnostic("x", "no good", at: SourceRange(5, 8))
    let text = DiagnosticRenderer().render(diagnostic, in: source)
    #expect(text.contains("--> …"))
    #expect(text.contains("exports/weekly.deskql:1:6\n"))
  }
}
