import ColumnStore
import Foundation
import Testing

@testable import TextSearch

/// Calls a function with the UTF-8 of a text.
func withBytes<R>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
  var text = text
  return text.withUTF8(body)
}

extension LinearPattern {
  /// Whether the pattern matches anywhere in one text.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool { test()(text) }
}

/// The same figures on every run.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  mutating func text(of letters: [String], upTo length: Int) -> String {
    let count = Int.random(in: 0...length, using: &self)
    return (0..<count).map { _ in letters.randomElement(using: &self) ?? "" }.joined()
  }
}

/// What a needle must answer, by folding both texts as a whole.
struct NaiveNeedle {
  let folded: [UInt8]
  init(_ text: String) { folded = Array(text.lowercased().utf8) }

  func equals(_ text: String) -> Bool { Array(text.lowercased().utf8) == folded }
  func isPrefix(of text: String) -> Bool { text.lowercased().utf8.starts(with: folded) }
  func isSuffix(of text: String) -> Bool {
    text.lowercased().utf8.reversed().starts(with: folded.reversed())
  }
  func isContained(in text: String) -> Bool {
    let all = Array(text.lowercased().utf8)
    if folded.isEmpty { return true }
    guard all.count >= folded.count else { return false }
    return (0...(all.count - folded.count)).contains {
      all[$0..<($0 + folded.count)].elementsEqual(folded)
    }
  }
}

typealias Scan = (Range<Int>, UnsafeMutablePointer<UInt64>) -> Void

/// The answers of a scan for the rows in a range; the words start out dirty.
func answers(_ rows: Range<Int>, _ scan: Scan) -> [Bool] {
  var words = [UInt64](repeating: .max, count: Bitmap.wordCount(rows.count) + 1)
  words.withUnsafeMutableBufferPointer { buffer in
    if let base = buffer.baseAddress { scan(rows, base) }
  }
  let bits = (0..<(words.count * 64)).map { words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
  // Bits behind the last row are 0, and the word behind is not touched.
  let used = Bitmap.wordCount(rows.count) * 64
  #expect(bits[rows.count..<used].allSatisfy { !$0 } && words.last == .max)
  return Array(bits[..<rows.count])
}
