import Diagnostics
import Foundation
import Testing

@testable import QuerySyntax

@Suite("Round trips")
struct RoundTripTests {
  @Test("print, parse, print is a fixed point with the same tree", arguments: queries)
  func roundTrips(text: String) throws {
    let first = Parser.parse(SourceText(text))
    #expect(first.diagnostics.isEmpty, "\(first.diagnostics)")
    let printed = Printer.print(first)
    let second = Parser.parse(SourceText(printed))
    #expect(second.diagnostics.isEmpty, "\(printed)")
    #expect(Printer.print(second) == printed)
    #expect(
      structure(first.statements.map(\.kind)) == structure(second.statements.map(\.kind)),
      "\(printed)")
    let formatted = try Printer.format(SourceText(text))
    #expect(Printer.print(Parser.parse(SourceText(formatted))) == printed)
  }

  @Test("the cases of the conformance folder round-trip")
  func roundTripsConformance() throws {
    let folder = "/work/shared/conformance/cases"
    guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      print("skipped: there is no \(folder)")
      return
    }
    for file in files.sorted() where file.hasSuffix(".deskql") {
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      let script = Parser.parse(SourceText(name: file, text))
      #expect(script.diagnostics.isEmpty, "\(file): \(script.diagnostics)")
      let printed = Printer.print(script)
      #expect(Printer.print(Parser.parse(SourceText(printed))) == printed)
    }
  }

  @Test(
    "prints the canonical form",
    arguments: [
      ("CSAT BY Channel WHERE Month == 2024-03", "CSAT by Channel where Month = 2024-03"),
      ("count(*) group by team sort by count desc", "count by team order by count desc"),
      ("csat where ((a = 1)) and (b <> 'x')", "csat where a = 1 and b != 'x'"),
      ("csat where a is null", "csat where a is missing"),
      ("p90(frt), median(frt), avg frt", "p90 frt, median frt, avg(frt)"),
      ("csat where a = \"it's\"", "csat where a = 'it''s'"),
      ("csat by `channel` where b = `email`", "csat by channel where b = `email`"),
      ("csat by `Ticket Subject`, `top`", "csat by `Ticket Subject`, `top`"),
      ("tickets in 2024-03 where escalated", "tickets where (escalated) in 2024-03"),
      ("count if escalated, nps if a in 2024", "count if escalated, nps if a in 2024"),
      ("csat by team adjusted for channel", "csat adjusted for channel by team"),
      ("top 5 csat", "top 5 csat"),
      ("limit 3 csat", "limit 3 csat"),
      ("csat limit 3 by team", "csat by team limit 3"),
      ("(a + b) * c, a + b * c, (a * b) + c", "(a + b) * c, a + b * c, a * b + c"),
      ("a - (b - c), a / (b / c), -(-a)", "a - (b - c), a / (b / c), -(-a)"),
      ("csat where not (a or b)", "csat where not (a or b)"),
      ("latest month", "latest month"),
      ("csat in latest month", "csat in latest 1 month"),
    ])
  func printsCanonicalForm(text: String, expected: String) {
    let script = Parser.parse(SourceText(text))
    guard script.diagnostics.isEmpty else { return #expect(text == expected) }
    #expect(Printer.print(script) == expected)
  }

  @Test(
    "formats scripts with their comments",
    arguments: [
      (
        "-- the head\n\n\nCSAT   by team -- shown\n# between\nnps;ces\n\n-- the end\n",
        "-- the head\n\nCSAT by team  -- shown\n# between\nnps\nces\n\n-- the end\n"
      ),
      ("csat\n  -- why\n  by team", "-- why\ncsat by team\n"),
      ("", ""), ("-- only", "-- only\n"),
      (
        "csat by channel, team where channel = email and team = platform vs previous with ci, n",
        """
        csat
          by channel, team
          where channel = email and team = platform
          vs previous
          with ci, n

        """
      ),
      ("why csat   by team vs previous -- x", "why csat   by team vs previous  -- x\n"),
    ])
  func formats(text: String, expected: String) throws {
    let isLong = text.hasPrefix("csat by channel")
    let source = isLong ? text + " order by csat desc" : text
    let wanted = isLong ? expected + "  order by csat desc\n" : expected
    #expect(try Printer.format(SourceText(source)) == wanted)
    #expect(try Printer.format(SourceText(wanted)) == wanted)
  }

  @Test("does not format what it cannot read")
  func refusesBrokenScripts() {
    #expect(throws: Diagnostic.self) { try Printer.format(SourceText("csat by")) }
  }
}
