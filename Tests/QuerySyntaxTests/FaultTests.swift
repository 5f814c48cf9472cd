import Diagnostics
import Foundation
import Testing

@testable import QuerySyntax

@Suite("Faulty queries")
struct FaultTests {
  /// The texts of the corpus, which gives them as expressions of another language.
  private static func text(_ name: String) -> [UInt8]? {
    func repeated(_ part: String, _ count: Int) -> String { String(repeating: part, count: count) }
    // A debug build is twenty times as slow; the order of the sizes is what counts there.
    #if DEBUG
      let million = 100_000
    #else
      let million = 1_000_000
    #endif
    switch name {
    case "nested_parens_100k":
      return Array("csat where \(repeated("(", 100_000))1\(repeated(")", 100_000))".utf8)
    case "nested_parens_limit":
      return Array("csat where \(repeated("(", 201))1\(repeated(")", 201))".utf8)
    case "nested_not_100k": return Array("csat where \(repeated("not ", 100_000))x = 1".utf8)
    case "unary_minus_100k": return Array("csat where x = \(repeated("-", 100_000))1".utf8)
    case "or_chain_1M":
      return Array("csat where \(repeated("x = 1 or ", million))x = 1".utf8)
    case "in_list_1M": return Array("csat where x in (\(repeated("1,", million))1)".utf8)
    case "text_10MB": return Array("csat where x = \"\(repeated("a", 10 * million))\"".utf8)
    case "unterminated_string_10MB":
      return Array("csat where x = \"\(repeated("a", 10 * million))".utf8)
    case "unterminated_comment": return Array("/* \(repeated("x", million))".utf8)
    case "ident_1MB": return Array(repeated("a", million).utf8)
    case "number_huge": return Array("csat where x > \(repeated("9", million))".utf8)
    case "exp_huge": return Array("csat where x > 1e999999999".utf8)
    case "nul": return Array("csat\0 by channel".utf8)
    case "invalid_utf8": return Array("csat by ".utf8) + [0xFF]
    case "bidi": return Array("csat by channel \u{202E}".utf8)
    case "nbsp_smart_quotes": return Array("csat\u{A0}where month = \u{201C}2024-03\u{201D}".utf8)
    case "alias_cycle": return Array("a = b; b = a".utf8)
    case "regex_dos": return Array("csat where subject matches '(a+)+b'".utf8)
    default: return nil
    }
  }

  /// The faults that the parser itself must find; the others are left to the binder or the engine.
  private static let accepted: Set<String> = [
    "or_chain_1M", "in_list_1M", "text_10MB", "ident_1MB", "regex_dos",
  ]

  @Test("every text ends in an answer or short errors", .timeLimit(.minutes(2)))
  func answers() throws {
    let path = "/work/shared/corpora/faults/queries.json"
    guard let data = FileManager.default.contents(atPath: path) else {
      print("skipped: there is no \(path)")
      return
    }
    let corpus = try JSONDecoder().decode(Corpus.self, from: data)
    #expect(corpus.cases.count > 20)
    for fault in corpus.cases {
      guard let bytes = Self.text(fault.name) else { continue }
      let source = SourceText(name: fault.name, bytes: bytes)
      let script = Parser.parse(source)
      #expect(script.diagnostics.isEmpty == Self.accepted.contains(fault.name), "\(fault.name)")
      for diagnostic in script.diagnostics {
        let text = DiagnosticRenderer().render(diagnostic, in: source)
        #expect(text.utf8.count <= 1000)
        #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
      }
    }
  }

  @Test("names the direction character")
  func namesCharacter() {
    let text = SourceText("csat by channel \u{202E}")
    let error = Parser.parse(text).diagnostics.first
    #expect(error?.message == "there is an invisible character (U+202E) here")
  }

  private struct Corpus: Decodable {
    var cases: [Fault]
  }

  private struct Fault: Decodable {
    var name: String
  }
}
