import Diagnostics
import Testing

@testable import QuerySyntax

@Suite("Queries")
struct ClauseTests {
  @Test("reads every clause in any order")
  func readsAll() throws {
    let text = """
      chart bar offset 5 limit 10 top 3 by csat per team fair sort by a, b desc with ci, n
      vs previous having n > 5 on resolved in 2024-03 where a = 1 across kind group by c, d
      from tickets
      """
    let clauses = try query("csat " + text).clauses
    #expect(clauses.from?.text == "tickets")
    #expect(clauses.keys.map(outline) == ["c", "d"])
    #expect(clauses.across.map(outline) == "kind")
    #expect(clauses.filter.map(outline) == "(a = 1)")
    #expect(clauses.period.map(outline) == "period(2024-03)")
    #expect(clauses.clock?.text == "resolved")
    #expect(clauses.having.map(outline) == "(n > 5)")
    #expect(clauses.baseline != nil)
    #expect(clauses.options.map(\.form) == [.interval(level: nil), .counts])
    #expect(clauses.order.map(\.isDescending) == [false, true])
    #expect(clauses.ranking?.by.map(outline) == "csat")
    #expect(clauses.ranking?.per.map(outline) == "team")
    #expect(clauses.ranking?.isFair == true)
    #expect(clauses.chart?.kind == .bar)
  }

  @Test(
    "reads options",
    arguments: [
      ("ci", OptionNode.Form.interval(level: nil)), ("ci 90%", .interval(level: 90)),
      ("n", .counts),
      ("total", .total), ("share", .share), ("open", .open), ("other", .other),
      ("rank", .rank(fair: false)), ("rank fair", .rank(fair: true)), ("running", .running),
      ("rolling 7", .rolling(7)), ("gaps", .gaps),
    ])
  func readsOptions(text: String, form: OptionNode.Form) throws {
    #expect(try query("csat with \(text)").clauses.options.map(\.form) == [form])
  }

  @Test(
    "reads periods of the clause",
    arguments: [
      ("2024", "period(2024)"), ("2024-Q1", "period(2024-Q1)"), ("2024-W05", "period(2024-W05)"),
      ("2024-03-15T10", "period(2024-03-15T10)"), ("2024-03-15T10:05", "period(2024-03-15T10:05)"),
      ("today", "period(today)"), ("yesterday", "period(yesterday)"),
      ("this week", "period(this week)"), ("last quarter", "period(last quarter)"),
      ("last 30 days", "period(last 30 days)"), ("last 1 month", "period(last 1 month)"),
      ("latest 8 weeks", "period(latest 8 weeks)"), ("$m", "period($m)"),
      ("2023..2024", "span(period(2023), period(2024))"),
      ("2024-01 .. 2024-03", "span(period(2024-01), period(2024-03))"),
      ("LAST 2 HOURS", "period(last 2 hours)"),
    ])
  func readsPeriods(text: String, expected: String) throws {
    #expect(try query("csat in \(text)").clauses.period.map(outline) == expected)
  }

  @Test(
    "reads baselines",
    arguments: [
      "previous", "last year", "2024-02", "2024", "last month", "where channel = email", "rest",
      "total", "benchmark", "benchmark 'e-commerce'", "goal", "2024-01..2024-03",
    ])
  func readsBaselines(text: String) throws {
    #expect(Printer.print(try query("csat vs \(text)")) == "csat vs \(text)")
  }

  @Test("last year is a baseline and a period")
  func readsLastYear() throws {
    guard case .lastYear? = try query("csat vs last year").clauses.baseline?.form else {
      throw Diagnostic("test", "no last year")
    }
    #expect(try query("csat in last year").clauses.period.map(outline) == "period(last year)")
  }

  @Test(
    "accepts trailing commas",
    arguments: [
      ("csat, nps, by team", "csat, nps by team"),
      ("csat by team, channel, where a = 1", "csat by team, channel where a = 1"),
      ("csat by team, top 5", "csat by team top 5"),
      ("csat by team, order by csat,", "csat by team order by csat"),
      ("csat with n, ci, limit 3", "csat with n, ci limit 3"),
      ("list id, frt, limit 5", "list id, frt limit 5"),
      ("csat by channel, in last 4 weeks", "csat by channel in last 4 weeks"),
    ])
  func acceptsTrailingCommas(text: String, expected: String) throws {
    #expect(Printer.print(Parser.parse(SourceText(text))) == expected)
    #expect(codes(text).isEmpty)
  }

  @Test(
    "takes keywords for names where a name is expected",
    arguments: [
      ("tickets by date, top, month", ["date", "top", "month"]),
      ("tickets by by", ["by"]),
      ("tickets by by by_team by", ["by"]),
      ("tickets by top, in, from limit 4", ["top", "in", "from"]),
      ("tickets by count", ["count"]),
      ("tickets by month(resolved), hour", ["month(resolved)", "hour"]),
    ])
  func takesKeywordsForNames(text: String, keys: [String]) {
    let script = Parser.parse(SourceText(text))
    guard case .query(let query)? = script.statements.first?.kind else {
      Issue.record("no query")
      return
    }
    #expect(query.clauses.keys.map(outline) == keys)
  }

  @Test("reads items with condition, name and adjustment")
  func readsItems() throws {
    let query = try query("csat adjusted for channel, priority if a = 1 as x, nps as `top`")
    let first = try #require(query.items.first)
    #expect(first.adjustment.map(outline) == ["channel", "priority"])
    #expect(first.filter.map(outline) == "(a = 1)")
    #expect(first.alias?.text == "x")
    #expect(query.items.last?.alias?.isQuoted == true)
  }

  @Test("keys and items take no in")
  func endsItemsAtIn() throws {
    let clauses = try query("tickets by created in 2024-03").clauses
    #expect(clauses.keys.map(outline) == ["created"])
    #expect(clauses.period.map(outline) == "period(2024-03)")
  }

  @Test("counts may be parameters")
  func readsParameterCounts() throws {
    let clauses = try query("csat by team top $n limit $m offset 0").clauses
    #expect(Printer.print(try query("csat by team top $n limit $m offset 0")).contains("top $n"))
    guard case .literal(0)? = clauses.offset?.form, case .parameter? = clauses.limit?.form else {
      throw Diagnostic("test", "wrong counts")
    }
  }
}
