import ColumnStore
import Foundation
import Testing

@testable import TextSearch

@Suite struct PatternLimitsTests {
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    return try clock.measure(body) / .seconds(1)
  }

  @Test(arguments: [
    "(a+)+b", "(a*)*b", "(a|aa)+b", "(.*a){12}b", "(a|a)*b", "^(a+)+$b", "((a+)+)+b", "(?i)(a+)+b",
  ])
  func catastrophicPatternsEndAtOnce(source: String) throws {
    let pattern = try LinearPattern(source)
    let text = String(repeating: "a", count: 100_000) + "c"
    var found = true
    let time = Self.seconds { found = withBytes(text) { pattern.matches($0) } }
    #expect(!found)
    #expect(time < 2)
  }

  @Test func tenMegabytes() throws {
    let text = String(repeating: "lorem ipsum é ", count: 700_000) + "order 12345"
    #expect(text.utf8.count > 10_000_000)
    for source in ["order \\d{5}$", "(\\w+ )+[0-9]+", "\\b\\d+\\b", "(?i)ORDER.*5"] {
      let pattern = try LinearPattern(source)
      #expect(withBytes(text) { pattern.matches($0) })
    }
    #expect(!withBytes(text) { TextNeedle("order 123456").isContained(in: $0) })
    #expect(withBytes(text) { TextNeedle("É ORDER").isContained(in: $0) })
  }

  /// More states than are kept, so that they are dropped on the way.
  @Test func statesAreDroppedAndMadeAnew() throws {
    let pattern = try LinearPattern("[ab]*a[ab]{15}c")
    var dice = Dice(state: 9)
    let letters = (0..<60_000).map { _ in Bool.random(using: &dice) ? "a" : "b" }
    let text = letters.joined()
    #expect(!withBytes(text) { pattern.matches($0) })
    #expect(withBytes(text + "a" + text.prefix(15) + "c") { pattern.matches($0) })
    #expect(!withBytes(text + "b" + text.prefix(15) + "c") { pattern.matches($0) })
  }

  @Test(arguments: [
    ("(a)\\1", "'\\1'"), ("\\k<x>", "linear"), ("(?=a)", "'(?='"), ("(?!a)", "linear"),
    ("(?<=a)b", "'(?<='"), ("(?<!a)b", "'(?<!'"), ("(?<n>a)", "'(?<'"), ("a(?i)b", "start"),
    ("(a", "'(a'"), ("a)", "')'"), ("*a", "'*'"), ("a|+", "'+'"), ("a**", "'a**'"),
    ("a++", "'a++'"),
    ("[a", "'[a'"), ("[]", "'[]'"), ("[z-a]", "'z-a'"), ("[[:alpha:]]", "'[:'"), ("a{", "'{'"),
    ("a{x}", "'{x'"), ("a{3,2}", "{2,3}"), ("a{1001}", "'{1001}'"), ("{2}", "'{'"), ("a\\", "'\\'"),
    ("\\q", "'\\q'"), ("\\xZZ", "\\x41"), ("\\u{110000}", "'\\u{110000}'"), ("\\u{D800}", "number"),
    ("(a{1000}){1000}", "too large"), ("((((){1000}){1000}){1000}){1000}", "too large"),
    ("(?", "'(?'"), ("[a\\q]", "'\\q'"), ("(\u{1B}2J", "\\u{1B}"),
  ])
  func mistakes(source: String, part: String) {
    let error = #expect(throws: PatternError.self) { try LinearPattern(source) }
    #expect(error?.message.contains(part) == true, Comment(rawValue: error?.message ?? ""))
    #expect(error?.message.contains("\u{1B}") == false)
  }

  @Test func largePatterns() throws {
    let nested = { (depth: Int) in
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
    }
    _ = try LinearPattern(nested(100))
    for source in [nested(101), nested(1900), String(repeating: "a", count: 4001)] {
      let error = #expect(throws: PatternError.self) { try LinearPattern(source) }
      #expect((error?.message.utf8.count ?? .max) < 1000)
    }
    let scalars = (0..<1900).compactMap { Unicode.Scalar(0x4E00 + $0 * 2) }.map { String($0) }
    let pattern = try LinearPattern(scalars.joined(separator: "|"))
    #expect(withBytes("x\(scalars[1234])") { pattern.matches($0) })
    #expect(!withBytes("x\u{4E01}") { pattern.matches($0) })
  }

  /// Patterns made of signs never trap, and an error stays short.
  @Test func noise() {
    var dice = Dice(state: 21)
    let signs = [
      "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "\\", "^", "$", ".", "-", ",", "a", "2",
      "é",
      "d", "w", "b", "x", "u", ":", "(?i)", "(?:", "\u{0}",
    ]
    var understood = 0
    for _ in 0..<20_000 {
      let source = dice.text(of: signs, upTo: 9)
      do {
        let pattern = try LinearPattern(source)
        understood += 1
        _ = withBytes("a2é dw-b") { pattern.matches($0) }
      } catch {
        #expect(error.message.utf8.count < 1000)
      }
    }
    #expect(understood > 1000)
  }
}
