import CKernels
import ColumnStore
import Testing

@Suite("Columns of templates")
struct TemplateColumnTests {
  private static let words = [
    "Invoice #", "0", "00", "1234567890123456789", " is wrong", "é", "款", "", "x", "7", "12-34",
    "a text that is longer than all vectors that a processor has, or nearly so ",
  ]

  private static func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = RandomNumbers(seed: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...5, using: &random))
        .map { _ in words.randomElement(using: &random) ?? "" }.joined()
    }
  }

  @Test func textsAreReadInAnyOrder() {
    var random = RandomNumbers(seed: 1)
    let texts = Self.texts(1_000, seed: 2).map { Bool.random(using: &random) ? $0 : nil }
    let column = TemplateColumn(texts)
    #expect(column.count == 1_000)
    #expect(texts.indices.map { column.string($0) } == texts)
    let reader = TemplateReader(column)
    #expect(texts.indices.map { reader.string($0) } == texts)
    for _ in 0..<3_000 {
      let row = Int.random(in: texts.indices, using: &random)
      #expect(reader.string(row) == texts[row])
    }
    #expect(
      texts.indices.allSatisfy { Column.template(column).isMissing($0) == (texts[$0] == nil) })
    #expect(
      Column.template(column).repeatedRowCount
        == texts.compactMap(\.self).count - Set(texts.compactMap(\.self)).count)
    #expect(TemplateColumn([]).count == 0)
  }

  /// Digits of fewer rows than there are: what a file says that is not so.
  @Test func digitsThatAreAbsentAreNotRead() {
    let whole = TemplateColumn(["a1", "b22", "c333"])
    let short = TemplateColumn(
      templates: whole.templates, digits: ColumnMemory(byteCount: 2), offsets: whole.offsets)
    #expect(TemplateReader(short).string(1) == "b00")
    #expect(TemplateReader(short).string(2) == "c000")
  }

  /// Fields of any length, with and without quotes, at any place relative to words and vectors.
  @Test func fieldsAreDivided() {
    let texts =
      Self.texts(800, seed: 3) + (0..<140).map { String(repeating: "9", count: $0) }
      + (0..<140).map { String(repeating: "x", count: $0) + "\($0)" } + ["\"", "\"\"", "a\"1"]
    var random = RandomNumbers(seed: 4)
    var bytes: [UInt8] = []
    var (starts, ends): ([UInt32], [UInt32]) = ([], [])
    for text in texts {
      let isQuoted = text.contains("\"") || Bool.random(using: &random)
      let field = isQuoted ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
      starts.append(UInt32(bytes.count))
      bytes += Array(field.utf8)
      ends.append(UInt32(bytes.count))
      bytes += Array("5,8".utf8)
    }
    let room = bytes.count + 64
    bytes += [UInt8](repeating: 0x39, count: 64)
    var (templates, digits) = (
      [UInt8](repeating: 0, count: room), [UInt8](repeating: 0, count: room)
    )
    var places = [UInt32](repeating: 0, count: texts.count + 1)
    var digitCount = 0
    bytes.withUnsafeBufferPointer { bytes in
      starts.withUnsafeBufferPointer { starts in
        ends.withUnsafeBufferPointer { ends in
          templates.withUnsafeMutableBufferPointer { templates in
            digits.withUnsafeMutableBufferPointer { digits in
              places.withUnsafeMutableBufferPointer { places in
                var run = FieldRun(
                  bytes: bytes.baseAddress, before: starts.baseAddress, beforeStep: 1, skip: 0,
                  ends: ends.baseAddress, step: 1, count: texts.count)
                var target = TemplateTexts(
                  texts: templates.baseAddress, starts: places.baseAddress,
                  digits: digits.baseAddress)
                digitCount = dq_divide_texts(&run, &target)
              }
            }
          }
        }
      }
    }
    let all = texts.joined().utf8.filter { $0 &- 0x30 < 10 }
    #expect(Array(digits[..<digitCount]) == all)
    var digit = 0
    for (row, text) in texts.enumerated() {
      var template = Array(templates[Int(places[row])..<Int(places[row + 1])])
      #expect(template == text.utf8.map { $0 &- 0x30 < 10 ? 0x30 : $0 })
      let count = template.count
      let zeros = dq_count_zeros(template, count)
      let restored = template.withUnsafeMutableBufferPointer { template in
        digits.withUnsafeBufferPointer { digits in
          digits.baseAddress.map { dq_restore_digits(template.baseAddress, count, $0 + digit) }
        }
      }
      #expect(restored == zeros)
      #expect(String(decoding: template, as: UTF8.self) == text)
      digit += zeros
    }
  }

  @Test func whatIsNoDigitIsFound() {
    for length in [1, 15, 16, 31, 32, 33, 100] {
      var bytes = [UInt8](repeating: 0x39, count: length)
      #expect(dq_any_but_digits(bytes, length) == 0)
      for wrong in [0x2F, 0x3A, 0, 0xFF] as [UInt8] {
        bytes[length - 1] = wrong
        #expect(dq_any_but_digits(bytes, length) != 0)
      }
    }
    #expect(dq_any_but_digits([], 0) == 0)
  }
}
