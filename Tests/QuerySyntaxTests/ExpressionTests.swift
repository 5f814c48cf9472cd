import Diagnostics
import Testing

@testable import QuerySyntax

@Suite("Expressions")
struct ExpressionTests {
  @Test(
    "reads conditions",
    arguments: [
      ("channel = email", "(channel = email)"),
      ("channel == email", "(channel = email)"),
      ("channel <> email", "(channel != email)"),
      ("a = 1 or b = 2 and c = 3", "((a = 1) or ((b = 2) and (c = 3)))"),
      ("(a = 1 or b = 2) and c = 3", "(((a = 1) or (b = 2)) and (c = 3))"),
      ("a or b or c", "(a or b or c)"),
      ("a or (b or c)", "(a or (b or c))"),
      ("not a and not b", "((not a) and (not b))"),
      ("not a = 1", "(not (a = 1))"),
      ("not not a", "(not (not a))"),
      ("a + b * c = d - e / f", "((a + (b * c)) = (d - (e / f)))"),
      ("a - b - c > 0", "(((a - b) - c) > 0)"),
      ("a / b / c > 0", "(((a / b) / c) > 0)"),
      ("-a * b < - c", "(((- a) * b) < (- c))"),
      ("a - -b > 0", "((a - (- b)) > 0)"),
      ("channel in (email, 'live chat', 5)", "(channel in [email, 'live chat', 5])"),
      ("channel in (email,)", "(channel in [email])"),
      ("channel not in (email)", "(channel not in [email])"),
      ("created in 2024-03", "(created in period(2024-03))"),
      ("created in 2024", "(created in period(2024))"),
      ("created not in 2024-Q1", "(created not in period(2024-Q1))"),
      ("created in last 8 weeks", "(created in period(last 8 weeks))"),
      ("created in 2024-01..2024-03", "(created in span(period(2024-01), period(2024-03)))"),
      ("created in 2023..2024", "(created in span(period(2023), period(2024)))"),
      ("created in $p", "(created in period($p))"),
      ("created in $a..$b", "(created in span(period($a), period($b)))"),
      ("month = 2024-03", "(month = period(2024-03))"),
      ("year = 2024", "(year = 2024)"),
      ("month = last month", "(month = period(last month))"),
      ("month != this month", "(month != period(this month))"),
      ("created >= today - 30d", "(created >= (period(today) - 2592000.0s))"),
      ("created > yesterday", "(created > period(yesterday))"),
      ("created = latest 30 days", "(created = period(latest 30 days))"),
      ("created = latest month", "(created = period(latest 1 month))"),
      ("created = 2024-01..2024-03", "(created = span(period(2024-01), period(2024-03)))"),
      ("today = 5", "(today = 5)"),
      ("last = last", "(last = last)"),
      ("(today) = 1", "(today = 1)"),
      ("frt between 1h and 2h and a", "((frt between 3600.0s and 7200.0s) and a)"),
      (
        "created not between 2024-01 and today",
        "(created not between period(2024-01) and period(today))"
      ),
      ("subject contains refund", "(subject contains refund)"),
      ("subject not contains 'a b'", "(subject not contains 'a b')"),
      ("subject starts with 'x'", "(subject starts with 'x')"),
      ("subject not ends with 'x'", "(subject not ends with 'x')"),
      ("subject matches '(?i)x'", "(subject matches '(?i)x')"),
      ("agent is missing", "(agent is missing)"),
      ("agent is not missing", "(agent is not missing)"),
      ("agent is null or b is not null", "((agent is missing) or (b is not missing))"),
      ("frt within 1h > 80%", "((frt within 3600.0s) > 80%)"),
      ("frt within $limit > 0", "((frt within $limit) > 0)"),
      ("month(resolved) = 2024-03", "(month(resolved) = period(2024-03))"),
      ("coalesce(a, b,) = 1", "(coalesce(a, b) = 1)"),
      ("now() = 1", "(now() = 1)"),
      ("if(a = 1 and b in (1), 2, 3) > 1", "(if(((a = 1) and (b in [1])), 2, 3) > 1)"),
      ("`Ticket Subject` = 'it''s'", "(`Ticket Subject` = 'it's')"),
      ("a = \"say \"\"hi\"\"\"", "(a = 'say \"hi\"')"),
      ("escalated", "escalated"),
      ("1h30m = x", "(5400.0s = x)"),
      ("x = 1.5h", "(x = 5400.0s)"),
      ("x = 1w2d", "(x = 777600.0s)"),
      ("top = bottom and by = where", "((top = bottom) and (by = where))"),
      ("and = 1", "(and = 1)"),
      ("not = 1", "(not = 1)"),
      ("a = min and mode = 3", "((a = min) and (mode = 3))"),
    ])
  func reads(text: String, expected: String) throws {
    #expect(try condition(text) == expected)
  }

  @Test(
    "tells the operator in from the clause",
    arguments: [
      ("channel = email in 2024-03", "(channel = email)", true),
      ("escalated in 2024-03", "(escalated in period(2024-03))", false),
      ("(escalated) in 2024-03", "escalated", true),
      ("a = 1 and escalated in 2024-03", "((a = 1) and (escalated in period(2024-03)))", false),
      ("(a = 1 and escalated) in 2024-03", "((a = 1) and escalated)", true),
      ("agent is missing in last 4 weeks", "(agent is missing)", true),
      ("frt between 1h and 2h in $p", "(frt between 3600.0s and 7200.0s)", true),
      ("month(x) in 2024", "(month(x) in period(2024))", false),
    ])
  func separatesClause(text: String, expected: String, hasPeriod: Bool) throws {
    let clauses = try query("tickets where " + text).clauses
    #expect(clauses.filter.map(outline) == expected)
    #expect((clauses.period != nil) == hasPeriod)
  }

  @Test(
    "reads aggregates",
    arguments: [
      ("count", "count()"), ("count(*)", "count()"), ("count()", "count()"),
      ("COUNT x", "count(x)"), ("count(x)", "count(x)"), ("count by channel", "count()"),
      ("count from tickets", "count()"), ("count if x", "count()"),
      ("count, csat", "count(); csat"),
      ("count in 2024", "count()"), ("count where a = 1", "count()"), ("count as n", "count()"),
      ("count / 2", "(count() / 2)"), ("2 * count", "(2 * count())"),
      ("p90 frt", "p90(frt)"), ("p99.9(frt)", "p99.9(frt)"), ("p90 frt / 60", "(p90(frt) / 60)"),
      ("median frt + 1h", "(median(frt) + 3600.0s)"), ("mean x, average y", "avg(x); avg(y)"),
      ("sum(a * b)", "sum((a * b))"), ("sum(a if b = 1)", "sum(a) if (b = 1)"),
      ("percent(frt <= 1h)", "percent((frt <= 3600.0s))"), ("percent(slow)", "percent(slow)"),
      ("percent slow by team", "percent(slow)"), ("distinct(agent, day)", "distinct(agent, day)"),
      ("corr(a, b), quantile(x, 0.95)", "corr(a, b); quantile(x, 0.95)"),
      ("min", "min"), ("max by team", "max"), ("p90", "p90"), ("p100 + p0", "(p100 + p0)"),
      ("avg business(frt)", "avg(business(frt))"),
      ("stddev(x), variance x", "stddev(x); variance(x)"),
      ("avg(if(score >= 9, 100, 0))", "avg(if((score >= 9), 100, 0))"),
      ("max `by`", "max(`by`)"), ("avg $x", "avg($x)"), ("mode channel", "mode(channel)"),
      ("percent(created in 2024-03)", "percent((created in period(2024-03)))"),
      ("avg frt within 1h", "(avg(frt) within 3600.0s)"), ("-csat", "(- csat)"),
      ("count(agent) / distinct(agent)", "(count(agent) / distinct(agent))"),
      ("100 * (a - b) / c", "((100 * (a - b)) / c)"), ("(frt > 4h)", "(frt > 14400.0s)"),
    ])
  func readsAggregates(text: String, expected: String) throws {
    #expect(try item(text) == expected)
  }

  @Test("ranges cover the words of a node")
  func coversWords() throws {
    let text = "tickets where channel = email and frt > 1h"
    let filter = try #require(try query(text).clauses.filter)
    #expect(SourceText(text).text(of: filter.range) == "channel = email and frt > 1h")
    guard case .logic(let node) = filter, let last = node.operands.last else {
      throw Diagnostic("test", "no chain")
    }
    #expect(SourceText(text).text(of: last.range) == "frt > 1h")
  }

  @Test(
    "names the integers and values of numbers",
    arguments: [
      ("1_000", 1000.0, Int64(1000)), ("2.5", 2.5, nil), ("1e6", 1_000_000, nil),
      ("9223372036854775807", 9.223372036854775807e18, Int64.max),
      ("9223372036854775808", 9.223372036854775808e18, nil), (".5", 0.5, nil),
    ] as [(String, Double, Int64?)])
  func readsNumbers(text: String, value: Double, integer: Int64?) throws {
    guard case .number(let node)? = try query(text).items.first?.expression else {
      throw Diagnostic("test", "no number")
    }
    #expect(node.value == value)
    #expect(node.integer == integer)
    #expect(node.spelling == text)
  }
}
