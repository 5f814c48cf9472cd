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
}
