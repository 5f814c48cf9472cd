import ColumnStore
import Foundation
import Testing

@testable import TextSearch

@Suite struct TextScanTests {
  static let alphabet = [
    "r", "e", "f", "u", "n", "d", "K", "k", "i", "I", " ", "ä", "Ä", "é", "\u{212A}", "İ", "款",
  ]

  static func texts(_ count: Int, upTo length: Int, seed: UInt64) -> [String] {
    var dice = Dice(state: seed)
    return (0..<count).map { _ in
      var text = dice.text(of: alphabet, upTo: length)
      if Int.random(in: 0..<4, using: &dice) == 0 {
        text += ["Refund", "KIND", "Ä"][text.count % 3]
      }
      return text + dice.text(of: alphabet, upTo: 3)
    }
  }

  /// The same texts under 32-bit offsets.
  static func narrow(_ texts: [String]) -> TextHeap {
    let wide = TextHeap(texts)
    let offsets = ColumnMemory(byteCount: (texts.count + 1) * 4)
    for row in 0...texts.count {
      offsets.pointer(as: UInt32.self)[row] = UInt32(wide.offset(row))
    }
    return TextHeap(bytes: wide.bytes, offsets: offsets, isWide: false, count: texts.count)
  }

  @Test(arguments: ["refund", "k", "ki", "kind", "ä", "Ä", "款", "nd", "e", "", "i", "éK", "zzz"])
  func everyScanAgreesWithNaiveOnes(word: String) throws {
    let texts = Self.texts(1500, upTo: 40, seed: 11)
    let needle = TextNeedle(word)
    let naive = NaiveNeedle(word)
    let pattern = try LinearPattern(NSRegularExpression.escapedPattern(for: word))
    for heap in [TextHeap(texts), Self.narrow(texts)] {
      for start in stride(from: 0, to: texts.count, by: 448) {
        for end in [start, start + 1, start + 63, start + 64, start + 65, texts.count]
        where end <= texts.count && end >= start {
          let rows = start..<end
          let part = Array(texts[rows])
          func check(_ scan: Scan, _ expected: (String) -> Bool) {
            #expect(answers(rows, scan) == part.map(expected))
          }
          check({ TextScan.contains(needle, heap: heap, rows: $0, words: $1) }) {
            naive.isContained(in: $0)
          }
          check({ TextScan.hasPrefix(needle, heap: heap, rows: $0, words: $1) }) {
            naive.isPrefix(of: $0)
          }
          check({ TextScan.hasSuffix(needle, heap: heap, rows: $0, words: $1) }) {
            naive.isSuffix(of: $0)
          }
          check({ TextScan.equals(needle, heap: heap, rows: $0, words: $1) }) { naive.equals($0) }
          check({ TextScan.matches(pattern, heap: heap, rows: $0, words: $1) }) {
            word.isEmpty || $0.range(of: word, options: .literal) != nil
          }
        }
      }
    }
  }

  /// The needle stands at every place relative to the vectors and the slices.
  @Test func everyAlignment() {
    for length in [1, 2, 3, 15, 16, 17, 31, 32, 33, 64, 70] {
      let word = String(repeating: "x", count: length - 1) + "y"
      let needle = TextNeedle(word.uppercased())
      let texts = (0..<130).map {
        String(repeating: "x", count: $0) + word + ($0 % 2 == 0 ? "z" : "")
      }
      let decoys = texts.map { $0.replacingOccurrences(of: "y", with: "x") }
      let heap = TextHeap(texts + decoys)
      let found = answers(0..<260) {
        TextScan.contains(needle, heap: heap, rows: $0, words: $1)
      }
      #expect(found == (0..<260).map { $0 < 130 })
    }
  }

  @Test func matchesDoNotReachAcrossRows() {
    let heap = TextHeap(["ref", "und", "refund", "re", "fund"])
    let needle = TextNeedle("refund")
    #expect(
      answers(0..<5) { TextScan.contains(needle, heap: heap, rows: $0, words: $1) }
        == [false, false, true, false, false])
  }

  /// Rows longer than a slice, and needles on the edge of two slices.
  @Test func slices() {
    let slice = 1 << 17
    for shift in -8...8 {
      let filler = String(repeating: "a", count: slice + shift)
      let heap = TextHeap([filler + "ticket", filler, "tick", filler + "\u{212A}", "et"])
      for (word, expected) in [
        ("ticket", [true, false, false, false, false]), ("k", [true, false, true, true, false]),
        ("ét", [false, false, false, false, false]),
      ] {
        let needle = TextNeedle(word)
        #expect(
          answers(0..<5) { TextScan.contains(needle, heap: heap, rows: $0, words: $1) } == expected)
      }
    }
  }

  @Test func emptyRange() {
    let heap = TextHeap(["a"])
    let needle = TextNeedle("a")
    #expect(answers(0..<0) { TextScan.contains(needle, heap: heap, rows: $0, words: $1) } == [])
    let none = TextHeap([])
    #expect(answers(0..<0) { TextScan.contains(needle, heap: none, rows: $0, words: $1) } == [])
  }
}
