import CKernels
import Testing

@testable import DatasetLoading

@Suite struct StringTableTests {
  @Test func textsOfAnyLengthHaveTheirOwnCodes() {
    var random = SeededGenerator(seed: 1)
    let table = StringTable()
    var codes: [[UInt8]: UInt32] = [:]
    for _ in 0..<40_000 {
      let length = Int.random(in: 1...70, using: &random)
      // Texts that differ in one byte only, at any place.
      var text = [UInt8](repeating: 0x61, count: length)
      text[Int.random(in: 0..<length, using: &random)] = UInt8.random(
        in: 0x61...0x7A, using: &random)
      let code = ParsedText.with(text) { table.code($0, $1) }
      #expect(codes[text, default: code] == code)
      codes[text] = code
    }
    #expect(table.count == codes.count)
    #expect(Set(codes.values).count == codes.count)
    for (text, code) in codes { #expect(Array(table.text(Int(code))) == text) }
  }

  /// Texts are spread over the table whatever a file puts into half of each.
  @Test func halvesThatAFileChoosesDoNotCollide() {
    var random = SeededGenerator(seed: 2)
    for constant in [0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F, 0, .max] as [UInt64] {
      for bit in 0...64 {
        let fixed = constant ^ (UInt64(1) << bit)
        let seed = UInt64.random(in: .min ... .max, using: &random)
        var homes: [Set<UInt64>] = [[], []]
        for _ in 0..<512 {
          let free = UInt64.random(in: .min ... .max, using: &random)
          homes[0].insert(dq_text_home(TextKey(first: free, last: fixed), 16, seed) % 4_096)
          homes[1].insert(dq_text_home(TextKey(first: fixed, last: free), 16, seed) % 4_096)
        }
        // At random 481 of 512 differ.
        #expect(homes[0].count > 400 && homes[1].count > 400, "\(constant) \(bit)")
      }
    }
  }

  /// No seed crowds the texts of a column together, which are mostly alike.
  @Test(arguments: ["", "C", "Agent ", "Agent number "])
  func alikeTextsAreSpreadUnderEverySeed(prefix: String) {
    let texts = (100..<600).map { Array("\(prefix)\($0)".utf8) }
    // Keys of up to 16 bytes hold nothing of the seed.
    let keys = texts.map { ParsedText.with($0) { dq_text_key($0, $1, 0) } }
    var random = SeededGenerator(seed: 3)
    for _ in 0..<4_000 {
      let seed = UInt64.random(in: .min ... .max, using: &random)
      var isTaken = [Bool](repeating: false, count: 1_024)
      var steps = 0
      for (text, key) in zip(texts, keys) {
        var place = Int(dq_text_home(key, text.count, seed) % 1_024)
        while isTaken[place] { (place, steps) = ((place + 1) % 1_024, steps + 1) }
        isTaken[place] = true
      }
      // At random there is a step for every second text.
      #expect(steps < 2 * texts.count, "\(seed)")
    }
  }

  /// The codes of many fields at once, whether their texts are few and short or not, as they stand in
  /// a file, perhaps in quotes, and as texts.
  @Test(arguments: [UInt64(3), 4, 5, 6], [true, false])
  func fieldsHaveTheCodesOfTheirTexts(seed: UInt64, mayBeQuoted: Bool) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let table = StringTable()
      let longest = [3, 8, 16, 24].randomElement(using: &random) ?? 8
      let letters = Array((Int.random(in: 0..<4, using: &random) == 0 ? "aa\"" : "ab").utf8)
      func someText() -> [UInt8] {
        (0..<Int.random(in: 1...longest, using: &random)).map { _ in
          letters.randomElement(using: &random) ?? 0x61
        }
      }
      var known: [[UInt8]: UInt32] = [:]
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        let text = someText()
        known[text] = ParsedText.with(text) { table.code($0, $1) }
      }
      // What stands in the file, and the text it means.
      var bytes: [UInt8] = [0x2C]
      var ends: [UInt32] = [0]
      var texts: [[UInt8]] = []
      for _ in 0..<Int.random(in: 0...150, using: &random) {
        let text = Bool.random(using: &random) ? [] : known.keys.randomElement(using: &random) ?? []
        let own = Int.random(in: 0..<4, using: &random) == 0 ? someText() : text
        let isQuoted = own.first == 0x22 || Int.random(in: 0..<3, using: &random) == 0
        let doubled: [UInt8] = own.flatMap { $0 == 0x22 ? [$0, $0] : [$0] }
        let inQuotes = [0x22] + doubled + [0x22]
        bytes += isQuoted ? inQuotes : own
        texts.append(isQuoted && !mayBeQuoted ? inQuotes : own)
        ends.append(UInt32(bytes.count))
        bytes.append(0x2C)
      }
      bytes += [UInt8](repeating: 0, count: 64)
      var codes = [UInt32](repeating: .max, count: texts.count)
      var others = [UInt32](repeating: 0, count: texts.count)
      var empty = 0
      let otherCount = bytes.withUnsafeBufferPointer { bytes in
        ends.withUnsafeBufferPointer { ends in
          guard let base = bytes.baseAddress, let first = ends.baseAddress else { return 0 }
          var run = FieldRun(
            bytes: base, before: first, beforeStep: 1, skip: 1, ends: first + 1, step: 1,
            count: texts.count)
          var dictionary = table.texts
          return dq_known_codes(
            &dictionary, &run, mayBeQuoted ? 1 : 0, &codes, &others, &empty)
        }
      }
      let left = Set(others[..<otherCount].map { Int($0) })
      #expect(left.count == otherCount)
      for (row, text) in texts.enumerated() {
        let isBare = !mayBeQuoted || bytes[Int(ends[row]) + 1] != 0x22
        if isBare, known[text] != nil || text.isEmpty { #expect(!left.contains(row)) }
        if left.contains(row) { continue }
        #expect(codes[row] == known[text, default: 0])
        #expect(codes[row] > 0 || text.isEmpty)
      }
      #expect(empty == texts.indices.count { texts[$0].isEmpty && !left.contains($0) })
    }
  }
}
