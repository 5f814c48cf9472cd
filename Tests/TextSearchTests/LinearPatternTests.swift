import ColumnStore
import Foundation
import Testing

@testable import TextSearch

@Suite struct LinearPatternTests {
  static let patterns = [
    "abc", "a.c", "a*", "a+b", "ab?c", "a{2}", "a{2,}", "a{2,3}b", "a{0,1}b", "^abc", "abc$",
    "^abc$", "^$", "^", "$", "a|b", "abc|abd", "^a|b$", "(a|b)*c", "(?:ab)+", "(ab|cd)+e", "[abc]",
    "[^abc]", "[a-c]+d", "[^a-c]+$", "[a\\-c]", "[-a]", "[a-]", "[\\]a]", "[\\d]", "[\\w.]+@",
    "[^\\s]",
    "\\d+", "\\d{4}", "\\D", "\\w+", "\\W", "\\s", "\\S+", "^\\s*$", "\\bis\\b", "\\Bis", "is\\B",
    "\\b", "\\B", "\\.", "\\$\\d+", "\\(x\\)", "a\\|b", "\\\\", "\\x41", "\\u00e9", "é", "[é-ü]",
    "[^é]",
    "(?i)refund", "(?i)REFUND", "(?i)[a-c]x", "(?i)größe", "(?i)[^a-c]", "(?i)é+", "(?i)ПРИВЕТ",
    "refund.*late", "(late|refund)$", "^(a+)+$", "(a*)*b", "(a|aa)+$", "(|a)b", "a||b", "()",
    "(a|)",
    "x*?y", "x+?y", "x??y", "a{1,2}?b", "😀", "[😀-😂]", "..😀", "^.$", "^..$", "退.", "\\w退", "\\t",
    "a\\nb", "a.b", "(((a)))", "((a|b)(c|d))+", "[0-9]{3}-[0-9]{4}", "^[A-Z][a-z]+",
    "\\b\\d{2,3}\\b",
    "(^a|b)c", "(a$|b)c?", "a(b|$)", "x{3}|y{2}", "(x{2}){2}", "[\\W\\d]", "[^\\W\\d]", "\\bgr",
    "ö\\b",
    "(?:a?){5}a{5}", "order #\\d+", "[.]", "[*+?]", "[a^]", "(?i)\\bis\\b", "^(?:\\w+\\s){2}\\w+$",
  ]

  static let texts = [
    "", "a", "b", "c", "abc", "xabcx", "abd", "aab", "aaab", "aaaa", "ab", "ac", "a\nb", "a c",
    "abab",
    "cde", "abcde", "-", "]", "a-c", "a@b.de", "me.you@x", "2024", "order #42", " ", "\t", "  \n",
    "this is it", "island", "his", "is", "$50", "(x)", "a|b", "\\", "A", "é", "É", "ü", "caféx",
    "Refund please", "REFUND late", "a refund is late", "Größe", "größe", "GRÖẞE", "привет",
    "Привет",
    "xxy", "y", "yy", "xxx", "xxxx", "😀", "ab😀", "😁", "退款", "a退", "555-1234", "Hello", "12", "123",
    "1234", "bc", "ac", "x.y", "^", "*", "one two three", "Bx", "٣", "_", "e\u{301}", "#42",
  ]

  @Test(arguments: patterns)
  func agreesWithNSRegularExpression(source: String) throws {
    let pattern = try LinearPattern(source)
    let model = try NSRegularExpression(pattern: source)
    let heap = TextHeap(Self.texts)
    let scanned = answers(0..<Self.texts.count) {
      TextScan.matches(pattern, heap: heap, rows: $0, words: $1)
    }
    for (row, text) in Self.texts.enumerated() {
      // There `$` matches before a line feed at the end too, and `.` leaves out more than that.
      if text.hasSuffix("\n") { continue }
      let range = NSRange(location: 0, length: text.utf16.count)
      let expected = model.firstMatch(in: text, range: range) != nil
      let label = Comment(rawValue: "\(source) on \(text)")
      #expect(withBytes(text) { pattern.matches($0) } == expected, label)
      #expect(scanned[row] == expected, label)
    }
  }

  @Test func randomPatternsAgreeWithNSRegularExpression() throws {
    var dice = Dice(state: 5)
    let atoms = ["a", "b", "é", ".", "[ab]", "[^a]", "\\w", "\\b", "^", "$", "(a|b)", "(?:ab|é)"]
    let counts = ["", "", "", "*", "+", "?", "{2}", "{1,2}"]
    var compared = 0
    for _ in 0..<600 {
      let source = (0..<Int.random(in: 1...5, using: &dice)).map { _ in
        let atom = atoms.randomElement(using: &dice) ?? ""
        let count =
          ["\\b", "^", "$"].contains(atom) ? "" : counts.randomElement(using: &dice) ?? ""
        return atom + count + (Int.random(in: 0..<8, using: &dice) == 0 ? "|" : "")
      }.joined()
      let pattern = try LinearPattern(source)
      let model = try NSRegularExpression(pattern: source)
      for _ in 0..<12 {
        let text = dice.text(of: ["a", "b", "é", " ", "B"], upTo: 7)
        let range = NSRange(location: 0, length: text.utf16.count)
        let expected = model.firstMatch(in: text, range: range) != nil
        #expect(
          withBytes(text) { pattern.matches($0) } == expected,
          Comment(rawValue: "\(source) on '\(text)'"))
        compared += 1
      }
    }
    #expect(compared == 7200)
  }

  @Test(arguments: [
    ("(?i)k", "\u{212A}", true), ("(?i)[j-l]", "\u{212A}", true), ("(?i)i", "İ", false),
    ("(?i)xi+", "XI", true), ("(?i)[^k]", "\u{212A}", false), ("k", "\u{212A}", false),
    ("(?i)straße", "STRAẞE", true), ("\\u{1F600}", "😀", true), ("\\x{e9}", "é", true),
    ("[]a]", "]", true), ("[\\w-.]", "-", true), (".", "\n", false), (".", "\r", true),
    ("a$", "a\n", false), ("[^a]", "\n", true), ("}", "}", true), ("]", "]", true), ("", "x", true),
    ("(?i)", "", true), ("\\0", "\u{0}", true),
  ])
  func ownRules(source: String, text: String, expected: Bool) throws {
    let pattern = try LinearPattern(source)
    #expect(withBytes(text) { pattern.matches($0) } == expected)
  }
}
