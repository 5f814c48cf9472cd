import ColumnStore
import Foundation
import Testing

@testable import TextSearch

@Suite struct TextNeedleTests {
  @Test func everyScalarFoldsAsInTheStandardLibrary() {
    var wrong: [UInt32] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let lower = withBytes(String(scalar)) { CaseFolding.folded($0) }
      if lower != Array(scalar.properties.lowercaseMapping.utf8) { wrong.append(value) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func scalarsOutsideASCIIThatFoldIntoIt() {
    let found = (UInt32(0x80)...0x10FFFF).filter { value in
      Unicode.Scalar(value)?.properties.lowercaseMapping.utf8.contains { $0 < 0x80 } ?? false
    }
    #expect(found == [CaseFolding.dottedCapitalI, CaseFolding.kelvinSign])
  }

  @Test(arguments: [
    ("k", "\u{212A}", true), ("book", "BOO\u{212A}", true), ("i", "İ", true),
    ("xi", "Xİy", true), ("ix", "İx", false), ("\u{307}x", "İX", true), ("İ", "i\u{307}", true),
    ("straße", "STRAẞE", true), ("strasse", "straße", false), ("é", "e\u{301}", false),
    ("e", "e\u{301}", true), ("å", "\u{212B}", true), ("ⱥ", "aȺb", true), ("[", "{", false),
    ("@", "`", false), ("", "", true), ("", "x", true), ("退款", "请退款吧", true),
    ("ВОЗВРАТ", "прошу возврат", true), ("р", "Ѡ", false),
  ])
  func contains(needle: String, text: String, expected: Bool) {
    #expect(withBytes(text) { TextNeedle(needle).isContained(in: $0) } == expected)
    #expect(NaiveNeedle(needle).isContained(in: text) == expected)
  }

  static let alphabets: [[String]] = [
    ["a", "A", "b", "k", "K", " "],
    ["a", "k", "i", "I", "\u{212A}", "İ", "\u{307}", "é"],
    ["ä", "Ä", "ß", "ẞ", "å", "\u{212B}", "Å", "k", "i"],
    ["р", "Р", "Ѡ", "ѡ", "θ", "Θ", "ϴ", "Ⱥ", "ⱥ", "z"],
    ["退", "款", "😀", "𐐀", "𐐨", "x", "X"],
  ]

  @Test(arguments: alphabets)
  func agreesWithFoldingBothSides(alphabet: [String]) {
    var dice = Dice(state: 7)
    for _ in 0..<4000 {
      let word = dice.text(of: alphabet, upTo: 4)
      let text = dice.text(of: alphabet, upTo: 12)
      let needle = TextNeedle(word)
      let naive = NaiveNeedle(word)
      let label = Comment(rawValue: "\(word) in \(text)")
      withBytes(text) { bytes in
        #expect(needle.equals(bytes) == naive.equals(text), label)
        #expect(needle.isContained(in: bytes) == naive.isContained(in: text), label)
        #expect(needle.isPrefix(of: bytes) == naive.isPrefix(of: text), label)
        #expect(needle.isSuffix(of: bytes) == naive.isSuffix(of: text), label)
      }
      withBytes(word.uppercased().lowercased() == word.lowercased() ? word.uppercased() : word) {
        #expect(needle.equals($0), label)
      }
    }
  }

  @Test func brokenUTF8IsReadInsideItsBounds() {
    let needles = ["a", "k", "i", "é", "\u{FFFD}", "\u{307}"].map { TextNeedle($0) }
    var dice = Dice(state: 3)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...8, using: &dice)
      let bytes = (0..<count).map { _ in
        [0x61, 0xC3, 0xA9, 0xE2, 0x84, 0xF0, 0xC4, 0xB0, 0xFE].randomElement(using: &dice)
          ?? UInt8(0)
      }
      bytes.withUnsafeBufferPointer { text in
        for needle in needles {
          if needle.equals(text) { #expect(needle.isPrefix(of: text)) }
          _ = needle.isContained(in: text)
          _ = needle.isSuffix(of: text)
        }
      }
    }
  }
}
