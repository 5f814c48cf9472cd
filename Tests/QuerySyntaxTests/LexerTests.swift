import Diagnostics
import Testing

@testable import QuerySyntax

@Suite("Tokens")
struct LexerTests {
  private func tokens(_ text: String) -> [String] {
    let source = SourceText(text)
    return Lexer.tokens(of: source).tokens.dropLast().map { source.text(of: $0.range) }
  }

  private func kinds(_ text: String) -> [Token.Kind] {
    Lexer.tokens(of: SourceText(text)).tokens.dropLast().map(\.kind)
  }

  private func errors(_ bytes: [UInt8]) -> [String] {
    Lexer.tokens(of: SourceText(name: "t", bytes: bytes)).diagnostics.map(\.code)
  }

  @Test(
    "cuts a text into tokens",
    arguments: [
      ("live-chat", ["live-chat"]),
      ("a - b", ["a", "-", "b"]),
      ("a-1", ["a", "-", "1"]),
      ("frt-created", ["frt-created"]),
      ("satisfaction_rating.score", ["satisfaction_rating.score"]),
      ("p99.9 frt", ["p99.9", "frt"]),
      ("größe kundenzufriedenheit_ß", ["größe", "kundenzufriedenheit_ß"]),
      ("客户 channel", ["客户", "channel"]),
      ("42 1_000 2.5 1e6 .5 1e-3", ["42", "1_000", "2.5", "1e6", ".5", "1e-3"]),
      ("80% 99.5%", ["80%", "99.5%"]),
      ("90s 5m 1h30m 2d 1w 1.5h", ["90s", "5m", "1h30m", "2d", "1w", "1.5h"]),
      ("2024-Q1 2024-03 2024-W12", ["2024-Q1", "2024-03", "2024-W12"]),
      ("2024-03-15 2024-03-15T10:30", ["2024-03-15", "2024-03-15T10:30"]),
      ("2024-01..2024-03", ["2024-01", "..", "2024-03"]),
      ("1..5", ["1", "..", "5"]),
      ("a==b a<>b a!=b", ["a", "==", "b", "a", "<>", "b", "a", "!=", "b"]),
      ("<=>=<>", ["<=", ">=", "<>"]),
      ("mon-fri 09:00-17:00", ["mon-fri", "09:00", "-", "17:00"]),
      ("'it''s' \"a \"\"b\"\"\"", ["'it''s'", "\"a \"\"b\"\"\""]),
      ("`Ticket Subject` `a``b`", ["`Ticket Subject`", "`a``b`"]),
      ("$month+1", ["$month", "+", "1"]),
      ("a -- comment\nb # c", ["a", "b"]),
      ("(a,b);", ["(", "a", ",", "b", ")", ";"]),
      ("", []),
    ])
  func cuts(text: String, expected: [String]) {
    #expect(tokens(text) == expected)
    #expect(Lexer.tokens(of: SourceText(text)).diagnostics.isEmpty)
  }

  @Test(
    "names the kinds",
    arguments: [
      ("csat", Token.Kind.word(nil)), ("BY", .word(.by)), ("`by`", .quotedName), ("'x'", .text),
      ("2024", .number), ("1e6", .number), ("80%", .percent), ("1H", .duration),
      ("2024-q1", .period), ("09:30", .timeOfDay), ("$x", .parameter), ("==", .symbol(.equal)),
      ("<>", .symbol(.notEqual)), ("..", .symbol(.span)),
    ])
  func names(text: String, kind: Token.Kind) {
    #expect(kinds(text) == [kind])
  }

  @Test("flags the first token of each line")
  func flagsLines() {
    let flags = Lexer.tokens(of: SourceText("a b\r\nc\rd\n\n e f")).tokens.map(\.startsLine)
    #expect(flags == [true, false, true, true, true, false, false])
  }

  @Test("keeps comments where asked")
  func keepsComments() {
    let stream = Lexer.tokens(of: SourceText("a -- b\n# c"), keepingComments: true)
    #expect(stream.tokens.map(\.kind) == [.word(nil), .comment, .comment, .end])
  }

  @Test("a mark of byte order at the start is no error")
  func skipsByteOrderMark() {
    #expect(errors([0xEF, 0xBB, 0xBF] + Array("csat".utf8)).isEmpty)
    #expect(errors(Array("csat \u{FEFF}".utf8)) == ["invisible-character"])
  }

  @Test(
    "reports what is no token",
    arguments: [
      ("csat\0 by channel", "nul-byte"), ("'a\0b'", "nul-byte"),
      ("csat\u{A0}by channel", "odd-space"), ("csat by channel \u{202E}", "invisible-character"),
      ("‘email’", "smart-quote"), ("“email”", "smart-quote"), ("«email»", "smart-quote"),
      ("a − b", "odd-character"), ("a ≤ b", "odd-character"), ("a 🔥", "odd-character"),
      ("a && b", "odd-character"), ("[a]", "odd-character"), ("80 %", "odd-character"),
      ("$", "parameter-without-name"), ("'open", "unclosed-quote"), ("`open", "unclosed-quote"),
      ("``", "empty-name"), ("2fa", "malformed-number"), ("90min", "malformed-number"),
      ("1h30", "malformed-number"), ("1e999", "number-too-large"), ("25:00", "invalid-time"),
    ])
  func reports(text: String, code: String) {
    #expect(errors(Array(text.utf8)).first == code)
  }

  @Test("names the byte that is not UTF-8")
  func reportsInvalidBytes() {
    let source = SourceText(name: "t", bytes: Array("csat by ".utf8) + [0xFF, 0xFE])
    let diagnostics = Lexer.tokens(of: source).diagnostics
    #expect(diagnostics.map(\.message) == ["the byte 0xFF is not valid UTF-8"])
    #expect(diagnostics.first?.range == SourceRange(8, 9))
    #expect(errors(Array("'".utf8) + [0xC0, 0x80] + Array("'".utf8)) == ["invalid-utf8"])
    #expect(errors([0xED, 0xA0, 0x80]) == ["invalid-utf8"])
  }

  @Test(
    "tells which plain character to use",
    arguments: [
      ("‘a’", "use plain quotes: '"), ("“a”", "use plain quotes: \""), ("a ≥ b", "write '>='"),
      ("a\u{2003}b", "use a plain space"), ("a | b", "write 'or'"), ("5hours", "write 5h"),
      ("90min", "write 90m"), ("2fa", "put text in quotes and names in backticks"),
    ])
  func helps(text: String, help: String) {
    #expect(Lexer.tokens(of: SourceText(text)).diagnostics.first?.help == help)
  }

  @Test("an open quote ends on its line")
  func endsOpenQuote() {
    let source = SourceText("csat where a = 'x\nnps where b = 'y'")
    let stream = Lexer.tokens(of: source)
    #expect(stream.diagnostics.map(\.range) == [SourceRange(15, 16)])
    #expect(stream.tokens.contains { source.text(of: $0.range) == "nps" && $0.startsLine })
  }

  @Test("stops at a hundred errors")
  func limitsErrors() {
    #expect(errors(Array(String(repeating: "~ ", count: 1000).utf8)).count == 100)
  }
}

@Suite("Calendar")
struct CalendarTests {
  @Test(
    "accepts what is in the calendar",
    arguments: [
      "2024-02-29", "2023-02-28", "2000-02-29", "2024-12-31", "2020-W53", "2026-W53", "2024-W52",
      "2024-Q4", "2024-03-15T00", "2024-03-15T23:59", "0001-01", "9999-12-31", "2015-W53",
    ])
  func accepts(text: String) {
    #expect(Lexer.tokens(of: SourceText(text)).diagnostics.isEmpty)
  }

  @Test(
    "says why a date is none",
    arguments: [
      ("2024-13", "'2024-13': a year has the months 01 to 12"),
      ("2024-00", "'2024-00': a year has the months 01 to 12"),
      ("2024-02-30", "'2024-02-30': the month 2024-02 has the days 01 to 29"),
      ("2023-02-29", "'2023-02-29': the month 2023-02 has the days 01 to 28"),
      ("1900-02-29", "'1900-02-29': the month 1900-02 has the days 01 to 28"),
      ("2024-04-31", "'2024-04-31': the month 2024-04 has the days 01 to 30"),
      ("2024-W54", "'2024-W54': the year 2024 has the weeks W01 to W52"),
      ("2023-W53", "'2023-W53': the year 2023 has the weeks W01 to W52"),
      ("2020-W54", "'2020-W54': the year 2020 has the weeks W01 to W53"),
      ("2024-W00", "'2024-W00': the year 2024 has the weeks W01 to W52"),
      ("2024-Q5", "'2024-Q5': a year has the quarters Q1 to Q4"),
      ("2024-03-15T24", "'2024-03-15T24': a day has the hours 00 to 23"),
      ("2024-03-15T10:60", "'2024-03-15T10:60': an hour has the minutes 00 to 59"),
      ("0000-01", "'0000-01': there is no year 0"),
      ("2024-3", "'2024-3' is not a period"),
      ("2024-03-15T10:30:00", "'2024-03-15T10:30:00' is not a period"),
      ("2024-march", "'2024-march' is not a period"),
      ("2024-03T10", "'2024-03T10' is not a period"),
      ("2024-Q12", "'2024-Q12' is not a period"),
    ])
  func rejects(text: String, message: String) {
    let diagnostics = Lexer.tokens(of: SourceText(text)).diagnostics
    #expect(diagnostics.map(\.message) == [message])
    #expect(diagnostics.first?.range == SourceRange(0, text.utf8.count))
  }
}
