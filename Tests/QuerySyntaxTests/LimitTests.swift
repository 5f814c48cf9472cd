import Diagnostics
import Foundation
import Testing

@testable import QuerySyntax

@Suite("Limits")
struct LimitTests {
  private func nested(_ open: String, _ close: String, _ count: Int) -> String {
    "csat where " + String(repeating: open, count: count) + "x"
      + String(repeating: close, count: count)
  }

  @Test("nesting ends at 200", arguments: [("(", ")"), ("not ", ""), ("f(", ")"), ("- ", "")])
  func limitsDepth(open: String, close: String) {
    #expect(codes(nested(open, close, 200)).isEmpty)
    #expect(codes(nested(open, close, 201)) == ["nested-too-deep"])
    #expect(codes(nested(open, close, 100_000)) == ["nested-too-deep"])
  }

  @Test("nested aggregates count too")
  func limitsAggregates() {
    let text = String(repeating: "sum ", count: 201) + "x"
    #expect(codes(text) == ["nested-too-deep"])
  }

  @Test("chains of arithmetic end at 1000 operators, in brackets too")
  func limitsArithmetic() {
    let chain = Array(repeating: "1", count: 1001).joined(separator: " + ")
    #expect(codes("csat where x = \(chain)").isEmpty)
    #expect(codes("csat where x = \(chain) * 2") == ["expression-too-long"])
    #expect(codes("csat where (x = (\(chain)) / 2) = y") == ["expression-too-long"])
    #expect(codes("csat where x = \(chain) and y = \(chain)").isEmpty)
  }

  @Test("a thread with a small stack is enough", arguments: ["(", "not (", "-(", "f(", "sum("])
  func fitsSmallStack(open: String) async {
    // Frames of a debug build are three times as large.
    let stackSize = Self.isDebug ? 2 << 20 : 512 << 10
    let depth = ["(", "f(", "sum("].contains(open) ? 200 : 100
    let brackets =
      String(repeating: open, count: depth) + "a" + String(repeating: ")", count: depth)
    let chain = Array(repeating: "1", count: 1000).joined(separator: " + ")
    let count = await withCheckedContinuation { continuation in
      let thread = Thread {
        let script = Parser.parse(SourceText("csat where \(brackets) and x = \(chain)"))
        _ = Printer.print(script)
        continuation.resume(returning: script.diagnostics.count)
      }
      thread.stackSize = stackSize
      thread.start()
    }
    #expect(count == 0)
  }

  #if DEBUG
    private static let isDebug = true
  #else
    private static let isDebug = false
  #endif

  @Test("a million conditions are read in linear time", .timeLimit(.minutes(1)))
  func readsLongChains() {
    let chain = Array(repeating: "x = 1", count: 100_000).joined(separator: " or ")
    #expect(codes("csat where \(chain)").isEmpty)
    let values = (0..<100_000).map(String.init).joined(separator: ",")
    #expect(codes("csat where x in (\(values))").isEmpty)
  }

  @Test("huge words, numbers and texts end in an answer or an error", .timeLimit(.minutes(1)))
  func readsHugeTokens() {
    let million = String(repeating: "9", count: 1_000_000)
    #expect(codes("csat where x > \(million)") == ["number-too-large"])
    #expect(codes("csat where x > \(million)h") == ["number-too-large"])
    #expect(codes("csat where x > 1e999999999") == ["number-too-large"])
    #expect(codes(String(repeating: "a", count: 1_000_000)).isEmpty)
    let text = String(repeating: "a", count: 2_000_000)
    #expect(codes("csat where x = \"\(text)\"").isEmpty)
    #expect(codes("csat where x = \"\(text)") == ["unclosed-quote"])
    #expect(!codes("/* \(text)").isEmpty)
  }

  @Test("broken scripts are read in linear time", .timeLimit(.minutes(1)))
  func readsBrokenScripts() {
    for line in ["(a\n", "csat where (\n", "'\n", "csat bye x\n", "), (,\n", "by by by\n", "“\n"] {
      let codes = codes(String(repeating: line, count: 50_000))
      #expect(!codes.isEmpty)
      #expect(codes.count <= 200)
    }
  }

  @Test("no prefix of a query is a trap")
  func survivesPrefixes() {
    for text in RoundTripTests.queries {
      var prefix = ""
      for character in text {
        prefix.append(character)
        let script = Parser.parse(SourceText(prefix))
        _ = Printer.print(script)
        _ = Parser.isIncomplete(prefix)
      }
    }
  }

  @Test("no shuffle of tokens is a trap")
  func survivesShuffles() {
    var random = SplitMix(state: 7)
    let words = RoundTripTests.queries.flatMap { $0.split(separator: " ").map(String.init) }
    for _ in 0..<3000 {
      let count = Int.random(in: 1...12, using: &random)
      let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
      let source = SourceText(text)
      let script = Parser.parse(source)
      let printed = Printer.print(script)
      for diagnostic in script.diagnostics {
        #expect(DiagnosticRenderer(style: .ansi).render(diagnostic, in: source).utf8.count <= 1000)
      }
      guard script.diagnostics.isEmpty, !isUnavailable(script) else { continue }
      #expect(Printer.print(Parser.parse(SourceText(printed))) == printed, "\(text)")
    }
  }

  private func isUnavailable(_ script: Script) -> Bool {
    script.statements.contains {
      if case .unavailable = $0.kind { true } else { false }
    }
  }
}

/// A generator with a seed, so that a failure comes again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
