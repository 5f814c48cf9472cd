import CKernels
import ColumnStore
import Testing

@testable import DatasetLoading

@Suite struct NumberedTextTests {
  /// Texts of a form, more of them than a table holds before it looks for one, in any order.
  private static func texts(
    _ count: Int, seed: UInt64, _ text: (Int) -> String
  ) -> [String] {
    var random = SeededGenerator(seed: seed)
    var texts = (0..<count).map(text)
    for _ in 0..<count * 5 / 4 { texts.append(text(Int.random(in: 0..<count, using: &random))) }
    texts.shuffle(using: &random)
    return texts
  }

  private static func checkColumn(_ rows: [String], fields: [String]? = nil) throws {
    // The first rows repeat, so that a dictionary is tried.
    let head = Array(repeatElement(rows[0], count: 400))
    let values = head + rows
    let text = (["id,customer"] + zip(head + (fields ?? rows), 1...).map { "\($1),\($0)" })
      .joined(separator: "\n")
    let bytes = Array(text.utf8)
    let distinct = Set(values.filter { !$0.isEmpty })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for (threads, chunkSize) in [(1, 1 << 19), (2, 1 << 14), (3, 20_011)] {
      let loaded = try load(bytes, threads: threads, tuning: LoadTuning(chunkSize: chunkSize))
      guard case .dictionary(let column) = loaded.column("customer") else {
        Issue.record("no dictionary")
        return
      }
      #expect((0..<column.dictionary.count).map { column.dictionary.string($0) } == distinct)
      #expect(loaded.cells("customer").map { $0 ?? "" } == values)
    }
  }

  @Test func numbersBehindALetterStayTheirTexts() throws {
    try NumberedTextTests.checkColumn(NumberedTextTests.texts(30_000, seed: 1) { "C\($0)" })
  }

  @Test func numbersThatAreTextsStayTheirTexts() throws {
    try NumberedTextTests.checkColumn(
      ["n7"] + NumberedTextTests.texts(30_000, seed: 2) { "\($0 * 7)" })
  }

  @Test func zerosInFrontAreKept() throws {
    let texts = NumberedTextTests.texts(25_000, seed: 3) { number in
      let digits = String(number)
      return "T-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
    try NumberedTextTests.checkColumn(texts + ["T-100000", "T-1", "T-0000001", "T-00000"])
  }

  @Test func textsOfAnotherFormStandBetweenTheNumbered() throws {
    let odd = [
      "C", "C007", "C00", "C12x", "x12", "c5", "CC5", "C-5", "C 5", "C16777215", "C16777216",
      "C99999999", "C123456789", "C1234567890123", "D55", "Ç12", "C١", "C5é", "a longer text", "",
      "/", ":", "B99999", "C:", "C/", "9C", "\u{1F9EA}1",
    ]
    var texts = NumberedTextTests.texts(25_000, seed: 4) { "C\($0)" }
    for (index, text) in odd.enumerated() {
      texts.insert(text, at: index * 900)
      texts.insert(text, at: texts.count - index * 700)
    }
    try NumberedTextTests.checkColumn(texts)
  }

  @Test func quotedTextsAreTheSameTexts() throws {
    let texts = NumberedTextTests.texts(25_000, seed: 5) { "C\($0)" } + ["C,1", "a\"b", "C1\n"]
    let fields = texts.enumerated().map { index, text in
      index % 3 == 0 || text.contains { ",\"\n".contains($0) }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    try NumberedTextTests.checkColumn(texts, fields: fields)
  }

  @Test(arguments: ["customer", "customer-", "é", "0", "00"])
  func anyPrefixIsKept(prefix: String) throws {
    try NumberedTextTests.checkColumn(
      NumberedTextTests.texts(20_000, seed: 6) { prefix + String($0 + 1) })
  }

  /// The parts of a file may be of different forms.
  @Test func aFormThatChangesLosesNothing() throws {
    let texts =
      NumberedTextTests.texts(20_000, seed: 7) { "A\($0)" }
      + NumberedTextTests.texts(20_000, seed: 8) { "B\($0)" }
      + NumberedTextTests.texts(20_000, seed: 9) { "0\($0)" }
    try NumberedTextTests.checkColumn(texts)
  }

  @Test func valuesThatHardlyRepeatBecomeFreeText() throws {
    // The first rows repeat, so that a dictionary is tried.
    let texts = (0..<2_000).map { "R\($0 % 50)" } + (0..<40_000).map { "C\($0 * 3 % 40_000)" }
    let text = (["id,reference"] + zip(texts, 1...).map { "\($1),\($0)" }).joined(separator: "\n")
    let loaded = try load(text, threads: 2, tuning: LoadTuning(chunkSize: 1 << 14))
    guard case .text = loaded.column("reference") else {
      Issue.record("no free text")
      return
    }
    #expect(loaded.cells("reference") == texts)
  }

  /// The number of a text is that of its digits, whatever the bytes around it.
  @Test func numbersAreReadAsWritten() {
    var random = SeededGenerator(seed: 11)
    for prefix in ["", "C", "ab-", "customer"] {
      let bytes = Array(prefix.utf8)
      for padding in [0, 6] {
        var word: UInt64 = 0
        for (index, byte) in bytes.enumerated() { word |= UInt64(byte) << UInt64(8 * index) }
        let mask = bytes.isEmpty ? 0 : UInt64.max >> UInt64(64 - 8 * bytes.count)
        let form = NumberedForm(
          prefix: word, prefixMask: mask, prefixLength: UInt32(bytes.count),
          digitCount: UInt32(padding))
        for _ in 0..<2_000 {
          let number = Int.random(
            in: 0...Int.random(in: 0...20_000_000, using: &random), using: &random)
          var digits = String(number)
          if padding > 0 {
            digits = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
          }
          let isOfForm = number < 1 << 24 && (padding == 0 || digits.count == 6)
          let text = Array((prefix + digits).utf8)
          let behind = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
          #expect(
            (text + behind).withUnsafeBufferPointer { buffer in
              buffer.baseAddress.flatMap { form.number($0, text.count) }
            } == (isOfForm ? number : nil))
          if isOfForm {
            var written = [UInt8](repeating: 0, count: 24)
            let length = written.withUnsafeMutableBufferPointer { buffer in
              buffer.baseAddress.map { form.write(number, to: $0) } ?? 0
            }
            #expect(Array(written[..<length]) == text)
          }
          // Any byte that is no digit spoils it.
          var spoilt = text
          spoilt[Int.random(in: bytes.count..<text.count, using: &random)] =
            [0, 0x2F, 0x3A, 0x40, 0x80, 0xB0, 0xFF, 0x20].randomElement(using: &random) ?? 0
          #expect(
            (spoilt + behind).withUnsafeBufferPointer { buffer in
              buffer.baseAddress.flatMap { form.number($0, text.count) }
            } == nil)
        }
      }
    }
  }
}
