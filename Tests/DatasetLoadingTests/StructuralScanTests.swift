import CKernels
import Testing

@testable import DatasetLoading

/// The scan as it is defined, one byte at a time.
private struct NaiveScan {
  var ends: [UInt32] = []
  var rowEnds = 0
  var strays = 0
  var error: Int?
  var state = SCAN_ROW_START

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    for at in range {
      let byte = bytes[at]
      if state == SCAN_QUOTED {
        if byte == 0x22 { state = SCAN_CLOSED }
        continue
      }
      switch byte {
      case 0x2C:
        ends.append(UInt32(at))
        state = SCAN_FIELD_START
      case 0x0D where bytes[at + 1] == 0x0A: state = SCAN_BARE
      case 0x0A, 0x0D:
        ends.append(UInt32(at))
        rowEnds += 1
        state = SCAN_ROW_START
      case 0x22 where state == SCAN_BARE: strays += 1
      case 0x22: state = SCAN_QUOTED
      default:
        if state == SCAN_CLOSED {
          error = at
          return
        }
        state = SCAN_BARE
      }
    }
  }
}

@Suite struct StructuralScanTests {
  @Test(
    arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8],
    [SCAN_BY_ANY, SCAN_BY_AVX2, SCAN_BY_AVX512].map(\.rawValue))
  func agreesWithTheNaiveScan(seed: UInt64, vectors: UInt32) {
    var random = SeededGenerator(seed: seed)
    let alphabets: [[UInt8]] = [
      Array("ab,\n".utf8), Array("ab,\"\n\r".utf8), Array("abcdefgh\",\r\n".utf8),
      Array("abcdefghijklmnopqrstuvwxyz,\n".utf8) + [0xC3, 0xA9],
      [UInt8](repeating: 0x61, count: 400) + Array(",\n\"".utf8) + [0, 0xC3],
    ]
    for _ in 0..<2_000 {
      let alphabet = alphabets.randomElement(using: &random) ?? []
      let count = Int.random(in: 0...300, using: &random)
      var bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0x61 }
      bytes += [UInt8](repeating: 0, count: 64)
      let from = Int.random(in: 0...min(count, 70), using: &random)
      let expected = NaiveScan(bytes, from..<count)
      var highs = [UInt32](repeating: 0, count: count / 64 + 1)
      var ends = [UInt32](repeating: 0, count: count + 64)
      bytes.withUnsafeBufferPointer { bytes in
        ends.withUnsafeMutableBufferPointer { ends in
          let room = highs.count
          highs.withUnsafeMutableBufferPointer { highs in
            guard let text = bytes.baseAddress, let out = ends.baseAddress else { return }
            var scan = StructuralScan.starting(
              bytes: text, ends: out, highs: highs.baseAddress, dialect: CSVDialect(delimiter: 0x2C)
            )
            let vectors = ScanVectors(rawValue: vectors)
            // Not every processor has every kind.
            if structural_scan_by(vectors, &scan, from, count) == 0 { return }
            #expect(scan.highCount <= room)
            #expect(scan.errorAt == (expected.error ?? .nowhere))
            if expected.error != nil { return }
            #expect(Array(ends[0..<scan.endCount]) == expected.ends)
            #expect(scan.rowEndCount == expected.rowEnds)
            #expect(scan.strayQuoteCount == expected.strays)
            #expect((scan.hasNUL != 0) == bytes[from..<count].contains(0))
            let blocks = stride(from: from, to: count, by: 64).filter { start in
              bytes[start..<min(start + 64, count)].contains { $0 >= 0x80 }
            }
            #expect(highs[0..<scan.highCount].map { Int($0) } == blocks)
            #expect(Int(scan.state) == expected.state)
          }
        }
      }
    }
  }

  @Test func carriesItsStateOver() {
    var random = SeededGenerator(seed: 9)
    let alphabet = Array("ab\",\n\r".utf8)
    for _ in 0..<2_000 {
      let count = Int.random(in: 1...400, using: &random)
      let bytes =
        (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0x61 }
        + [UInt8](repeating: 0, count: 64)
      let whole = NaiveScan(bytes, 0..<count)
      if whole.error != nil { continue }
      let cut = Int.random(in: 0...count, using: &random)
      var ends = [UInt32](repeating: 0, count: count + 64)
      bytes.withUnsafeBufferPointer { bytes in
        ends.withUnsafeMutableBufferPointer { ends in
          guard let text = bytes.baseAddress, let out = ends.baseAddress else { return }
          var highs = [UInt32](repeating: 0, count: count / 64 + 2)
          for vectors in [SCAN_BY_ANY, SCAN_BY_AVX2, SCAN_BY_AVX512] {
            highs.withUnsafeMutableBufferPointer { highs in
              var scan = StructuralScan.starting(
                bytes: text, ends: out, highs: highs.baseAddress,
                dialect: CSVDialect(delimiter: 0x2C))
              if structural_scan_by(vectors, &scan, 0, cut) == 0 { return }
              _ = structural_scan_by(vectors, &scan, cut, count)
              #expect(Array(ends[0..<scan.endCount]) == whole.ends)
            }
          }
        }
      }
    }
  }

  /// Text of which every second one is likely to have bytes that are not UTF-8.
  private func someText(_ random: inout SeededGenerator) -> [UInt8] {
    let pieces: [[UInt8]] = [
      Array("a".utf8), Array("é".utf8), Array("注".utf8), Array("🙁".utf8),
      [UInt8](repeating: 0x61, count: 70),
      [0xC3], [0x80], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80],
      [0xE0, 0x80, 0x80],
    ]
    let limit = Bool.random(using: &random) ? 5 : pieces.count
    return (0..<Int.random(in: 0...40, using: &random)).flatMap { _ in
      pieces[Int.random(in: 0..<limit, using: &random)]
    }
  }

  /// Whether a text is surely UTF-8 by those of its blocks that hold more than ASCII.
  private func isSurelyUTF8(_ text: [UInt8]) -> Bool {
    let lead = 32
    let bytes =
      [UInt8](repeating: 0, count: lead) + text + [UInt8](repeating: 0, count: 64)
    let blocks = stride(from: lead, to: lead + text.count, by: 64)
      .filter { bytes[$0..<$0 + 64].contains { $0 >= 0x80 } }.map { UInt32($0) }
    return bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { utf8_is_in_blocks($0, blocks, blocks.count) != 0 } ?? false
    }
  }

  @Test func knowsBlocksThatAreUTF8() {
    var random = SeededGenerator(seed: 11)
    var sureCount = 0
    for _ in 0..<5_000 {
      let text = someText(&random)
      let isSure = isSurelyUTF8(text)
      #expect(!isSure || String(validating: text, as: UTF8.self) != nil)
      #expect(isSure || text.contains { $0 >= 0x80 })
      if isSure { sureCount += 1 }
    }
    #if arch(x86_64)
      #expect(sureCount > 1_000)
    #endif
  }

  /// At every place of a block, the last of the text too.
  @Test func missesNoCharacterThatIsCutOff() {
    for character in ["é", "注", "🙁"] {
      let bytes = Array(character.utf8)
      for place in 0..<200 {
        for behind in [0, 1, 64, 200] {
          let (front, back) = (
            [UInt8](repeating: 0x61, count: place), [UInt8](repeating: 0x61, count: behind)
          )
          for length in 1..<bytes.count {
            #expect(!isSurelyUTF8(front + bytes.prefix(length) + back))
            #expect(!isSurelyUTF8(front + bytes.suffix(length) + back))
          }
          #if arch(x86_64)
            #expect(isSurelyUTF8(front + bytes + back) || behind == 0)
          #endif
        }
      }
    }
  }

  @Test func findsTheFirstByteThatIsNotUTF8() {
    var random = SeededGenerator(seed: 10)
    for _ in 0..<5_000 {
      let bytes = someText(&random)
      let found = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { utf8_first_error($0, 0, buffer.count, 0) } ?? .nowhere
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((found == .nowhere) == isValid)
      if found != .nowhere {
        #expect(String(validating: bytes[..<found], as: UTF8.self) != nil)
      }
    }
  }
}
