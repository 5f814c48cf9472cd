import Diagnostics
import Testing

@testable import DatasetLoading

/// A case of our own for each class of the shared corpora, which a clone may not have.
@Suite struct SyntaxClassTests {
  @Test(arguments: [
    "[{\"a\":1,}]", "[{\"a\":1},]", "[{\"a\":01}]", "[{\"a\":1.}]", "[{\"a\":.5}]", "[{\"a\":+1}]",
    "[{\"a\":1e}]", "[{\"a\":NaN}]", "[{\"a\":Infinity}]", "[{\"a\":'x'}]", "[{a:1}]",
    "[{\"a\":tru}]", "[{\"a\":\"x}]", "[{\"a\":\"\\x\"}]", "[{\"a\":\"\\u12g4\"}]",
    "[{\"a\":\"\n\"}]", "[{\"a\":1 \"b\":2}]", "[{\"a\" 1}]", "[{\"a\":1}", "[{\"a\":1}] x",
    "[{\"a\":1}}", "[{\"a\":[1,,2]}]", "[{\"a\":1}] [", "{\"a\":1}{\"a\":2}", "[{\"a\":0x1}]",
    "[{\"a\":-}]", "[{\"a\":/* no */1}]", "[{\"a\":\"\u{0}\"}]", "{\"a\":}",
  ])
  func refusesWhatIsNoJSON(text: String) {
    #expect(failure(Array(text.utf8)) != nil, "\(text)")
  }

  @Test(arguments: [
    ("[{\"a\":-0}]", "0"), ("[{\"a\":1E+2}]", "100"), ("[{\"a\":0.5e-1}]", "0.05"),
    ("[{\"a\":123456789012345678}]", "123456789012345678"), (" [ { \"a\" : 1 } ] \n", "1"),
    ("[{\"a\":\"\\u00e9\\/\\ud83d\\ude00\"}]", "é/😀"), ("[{\"a\":\"\u{7F}x\"}]", "\u{7F}x"),
    ("{\"a\":\"\\\"\"}\n{\"a\":\"\\\"\"}", "\""),
  ])
  func readsJSON(text: String, value: String) throws {
    let found = try load(text).cells("a").first.flatMap { $0 }
    #expect(found == value || Double(found ?? "") == Double(value) && Double(value) != nil)
  }

  @Test(arguments: [
    ("a,b\n1\n", "ragged"), ("a,b\n1,2,3\n", "ragged"), ("a,b\n\"1,2\n", "unterminated-quote"),
    ("a,b\n\"1\"x,2\n", "text-after-closing-quote"), ("a,b\n1\u{0},2\n", "nul-byte"),
    ("", "no-header"), ("\n\r\n\n", "no-header"), ("\u{FEFF}", "no-header"),
  ])
  func refusesBrokenText(text: String, code: String) {
    #expect(failure(Array(text.utf8))?.code == code, "\(text)")
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0xB1], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xC3], [0xE2, 0x82], [0x80],
    ] as [[UInt8]])
  func refusesWhatIsNoUTF8(bytes: [UInt8]) {
    #expect(failure(Array("a,b\nx".utf8) + bytes + Array(",1\n".utf8))?.code == "not-utf8")
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\r\r\n"])
  func takesAnyLineEnd(end: String) throws {
    let loaded = try load(["a,b", "1,\"x\(end)y\"", "2,z", ""].joined(separator: end))
    #expect(loaded.cells("a") == ["1", "2"])
    #expect(loaded.cells("b") == ["x\(end)y", "z"])
  }

  @Test(arguments: [
    "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "2024-03-15T24:00:00Z",
    "2024-03-15T10:60:00Z", "2024-03-15T10:00:61Z", "2024-03-15T10:00:00+24:00", "24-3-2024x",
  ])
  func setsAsideWhatIsNoTime(text: String) throws {
    var rows = "created\n2024-03-15T10:00:00Z\n"
    for day in 10...28 { rows += "2024-02-\(day)T10:00:00Z\n" }
    let loaded = try load(rows + text + "\n", name: "tickets")
    #expect(loaded.cells("created").last == .some(nil))
    #expect(loaded.report.problemCounts.first?.count == 1)
  }

  @Test(arguments: [
    "0.1", "1e23", "5e-324", "1.7976931348623157e308", "2.2250738585072014e-308",
    "9007199254740993.5", "0.30000000000000004", "123456.789e3",
  ])
  func readsNumbersExactly(text: String) throws {
    // Two exponents far apart leave no room for a decimal scale.
    let loaded = try load("n\n\(text)\n1e-300\n")
    let found = loaded.cells("n").first.flatMap { $0 }.flatMap(Double.init)
    #expect(found?.bitPattern == Double(text)?.bitPattern)
  }

  @Test func keepsNaughtyTexts() throws {
    let texts = [
      "NULL", "undefined", "\\", "=1+1", "@x", "\u{202E}abc", "ﷺ", "😀\u{200D}🔥", "' or 1=1 --",
      "<script>", "%s%n", "../../etc/passwd", "\u{1B}[31m", "Ω≈ç√", " x ", "a\u{300}",
    ]
    let rows = texts.map { "\"" + $0.replacing("\"", with: "\"\"") + "\",1\n" }.joined()
    #expect(try load("text,n\n" + rows).cells("text") == texts)
  }
}
