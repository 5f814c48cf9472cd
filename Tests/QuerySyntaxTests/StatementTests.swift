import Diagnostics
import Testing

@testable import QuerySyntax

@Suite("Statements")
struct StatementTests {
  @Test(
    "prints every statement as it is read",
    arguments: [
      "list *", "list * from tickets limit 5", "list id, frt where frt > 1d order by frt desc",
      "load 'tickets.csv'", "load 'data/*.csv.gz' as tickets",
      "load 'a.csv' as t with (created = 'Opened', encoding = 'windows-1252')",
      "save 'out.csv'", "show metrics", "show datasets", "show columns", "show columns of tickets",
      "show definitions", "show settings", "show problems", "show goals", "describe csat",
      "describe `Ticket Subject`", "explain csat by team", "explain analyze list * from tickets",
      "define slow = frt > 4h", "define sla = percent(frt <= 1h) 'answered within the hour'",
      "define x = count if channel = email 'by mail'", "param month = 2024-03",
      "param n = -5", "param who = 'Ann'", "param p = last month", "param c = email",
      "set timezone = 'Europe/Berlin'", "set week_start = sunday", "set today = 2024-12-31",
      "set hours = mon-fri 09:00-17:00, sat 10:00-14:00", "set hours = sun 00:00-24:00",
      "set holidays = (2024-12-25, 2025-01-01)", "set csat_scale = 1..5", "set csat_good = 4",
      "set intervals = off", "set intervals = `on`", "goal csat >= 85%", "goal p90 frt < 1h",
      "include 'daily.deskql'",
    ])
  func prints(text: String) throws {
    let script = Parser.parse(SourceText(text))
    #expect(script.diagnostics.isEmpty)
    #expect(Printer.print(script) == text)
    if case .query? = script.statements.first?.kind { Issue.record("read as a query: \(text)") }
  }

  @Test(
    "takes statement words for measures where nothing follows that a statement needs",
    arguments: [
      "show", "list", "load by team", "set, goal", "define where a = 1", "explain / 2",
      "describe in 2024", "goal as g", "measure", "link by team", "list * 2", "compare(a, b)",
      "include if x", "why vs previous",
    ])
  func readsQueries(text: String) throws {
    guard case .query = try statement(text) else {
      Issue.record("no query: \(text)")
      return
    }
  }

  @Test(
    "knows the statements that it cannot run",
    arguments: [
      "why csat where month = 2024-03 vs previous", "spikes tickets by day",
      "link csat to churn within 90d by plan", "compare definitions of one_touch",
      "CORRELATE csat with frt, channel",
    ])
  func namesUnavailable(text: String) throws {
    guard case .unavailable(let word) = try statement(text) else {
      Issue.record("available: \(text)")
      return
    }
    #expect(text.hasPrefix(word.text))
  }

  @Test("reads names that are words of the language")
  func readsKeywordColumns() throws {
    guard case .list(let list) = try statement("list top, by, date") else {
      throw Diagnostic("test", "no list")
    }
    #expect(list.items.map { outline($0.expression) } == ["top", "by", "date"])
    guard case .describe(let name) = try statement("describe by") else {
      throw Diagnostic("test", "no description")
    }
    #expect(name.text == "by")
  }

  @Test("reads opening hours")
  func readsHours() throws {
    let text = "set hours = mon-fri 09:00-12:00, 13:00-17:30, Saturday 10:00-14:00"
    guard case .set(let setting) = try statement(text), case .hours(let hours) = setting.value
    else { throw Diagnostic("test", "no hours") }
    #expect(hours.map(\.firstDay) == [0, 0, 5])
    #expect(hours.map(\.lastDay) == [4, 4, 5])
    #expect(hours.map(\.openMinute) == [540, 780, 600])
    #expect(hours.map(\.closeMinute) == [720, 1050, 840])
  }

  @Test("reads mappings of a load")
  func readsMappings() throws {
    guard case .load(let load) = try statement("load 'a' with (created = 'Opened', `by` = x,)")
    else { throw Diagnostic("test", "no load") }
    #expect(load.mappings.map(\.column.text) == ["created", "by"])
    #expect(load.mappings.map(\.header.value) == ["Opened", "x"])
  }

  @Test("reads measures of a catalog, and only there")
  func readsMeasures() throws {
    let text = """
      measure csat = percent(good) if kind = csat
        with (from = surveys, unit = percent, benchmark = ('e-commerce', 80, software, 78))
      measure fcr = percent(first_contact_resolved)
        otherwise percent(contacts <= 1) if reopens = 0
        otherwise percent(replies <= 1)
        with (from = tickets, rows = resolved - created,)
      """
    let script = Parser.parseCatalog(SourceText(text))
    #expect(script.diagnostics.isEmpty)
    let measures = script.statements.compactMap {
      if case .measure(let measure) = $0.kind { measure } else { nil }
    }
    #expect(measures.map(\.name.text) == ["csat", "fcr"])
    #expect(measures.map(\.formulas.count) == [1, 3])
    #expect(measures.first?.attributes.map(\.name.text) == ["from", "unit", "benchmark"])
    #expect(
      measures.first?.attributes.last?.values.map(outline)
        == ["'e-commerce'", "80", "software", "78"])
    let printed = Printer.print(script)
    #expect(Printer.print(Parser.parseCatalog(SourceText(printed))) == printed)
    #expect(!Parser.parse(SourceText(text)).diagnostics.isEmpty)
  }
}

@Suite("Statement ends")
struct SegmentationTests {
  @Test(
    "finds where statements end",
    arguments: [
      ("csat\nnps", 2), ("csat; nps;", 2), (";;\n;", 0), ("", 0), ("-- only a comment", 0),
      ("csat by\n", 1), ("csat\nby team\nwhere a = 1\nand b = 2\nor c = 3", 1),
      ("csat,\nnps", 1), ("csat where a =\n1", 1), ("csat where a = 1 and\nb = 2", 1),
      ("csat where not\na", 1), ("csat where channel in\n(email)", 1),
      ("csat where channel in (\nemail,\nchat\n) by team", 1), ("tickets -\nnps", 1),
      ("csat -- comment\n\n-- another\nby team", 1), ("csat\r\nnps\rces", 3),
      ("list *\ncsat", 2), ("csat; by team", 2), ("count(\n*\n)", 1),
      ("csat where (a = 1\nor b = 2)", 1), ("tickets where a = and\ncsat", 2),
      ("csat\nsort by a\ngroup by b\nbottom 3\noffset 2\nchart\nvs rest\nwith n\nhaving n > 1", 1),
      ("load 'x'\nas tickets", 2), ("percent(\nslow\n), csat", 1),
    ])
  func finds(text: String, count: Int) {
    let tokens = Lexer.tokens(of: SourceText(text)).tokens
    #expect(StatementSegmenter(tokens, isCatalog: false).segments.count == count)
  }

  @Test(
    "a forgotten bracket does not swallow the next statement",
    arguments: [
      ("csat where (a = 1\nnps", ["("], 2),
      ("csat where (a = 1\nnps where (b = 2)", ["("], 2),
      ("csat where channel in (a, b\nnps)", ["(", ")"], 2),
      ("csat where ((a = 1)\nby team\nnps by", ["(", ""], 2),
      ("percent(frt <= 1h; csat", ["("], 2),
      ("csat where (\nnps", ["("], 2),
      ("csat where (a = 1 by team", ["("], 1),
    ])
  func recovers(text: String, expected: [String], count: Int) {
    #expect(faults(text) == expected)
    #expect(Parser.parse(SourceText(text)).statements.count == count)
  }

  @Test(
    "a REPL waits for the rest",
    arguments: [
      ("csat by", false), ("csat,", true), ("csat where (a = 1", true), ("csat where a =", true),
      ("csat where a and", true), ("csat", false), ("", false), ("csat;", false),
      ("csat where channel in (email,\n", true), ("csat; nps,", true), ("csat, ;", false),
      ("csat where a = 'open", false), ("list *", false), ("csat where (a = 1\nby team", false),
      ("csat -- (", false), ("csat where a = 1 or not", true), ("tickets *", true),
    ])
  func waits(text: String, isIncomplete: Bool) {
    #expect(Parser.isIncomplete(text) == isIncomplete)
  }
}
