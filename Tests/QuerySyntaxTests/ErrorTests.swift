import Diagnostics
import Testing

@testable import QuerySyntax

@Suite("Errors")
struct ErrorTests {
  @Test(
    "shows the words at fault and what to write",
    arguments: [
      ("csat by chanel bye team", "bye", "'bye' cannot follow 'chanel'", "did you mean 'by'?"),
      ("csat wher a = 1", "wher", "'wher' cannot follow 'csat'", "did you mean 'where'?"),
      ("csat grouped by team", "grouped", "'grouped' cannot follow 'csat'", "did you mean 'by'?"),
      (
        "csat = 5", "csat =", "a query shows measures, and this is a condition",
        "wrap a condition in percent(…), or put it behind 'where'"
      ),
      (
        "select csat from tickets", "csat", "'csat' cannot follow 'select'",
        "leave out 'select': a query begins with its measures"
      ),
      (
        "select * from tickets", "tickets", "'tickets' cannot follow 'from'",
        "write 'list *' to see rows"
      ),
      (
        "top 5 agents by csat", "5", "'5' cannot follow 'top'",
        "a query begins with its measures: tickets by agent top 5"
      ),
      ("lst id, frt", "id", "'id' cannot follow 'lst'", "did you mean 'list' instead of 'lst'?"),
      ("list id frt", "frt", "'frt' cannot follow 'id'", "put a comma between two names"),
      (
        "csat where created > 15.03.2024", ".2024", "'.2024' cannot follow '15.03'",
        "write a date as 2024-03-15"
      ),
      ("csat by where (a = 1)", "where", "'where' stands where a value should be", nil),
      ("csat by", "", "a column to group by is missing after 'by'", nil),
      ("csat where", "", "a condition is missing after 'where'", nil),
      ("csat where a =", "", "a value is missing after '='", nil),
      (
        "csat by where month = 2024-03", "month", "'month' cannot follow 'where'",
        "'where' was read as a name here: write the name that belongs before it"
      ),
      (
        "csat where a < b < c", "<", "a second comparison cannot follow the first",
        "join two conditions with 'and': a < b and b < c"
      ),
      (
        "csat where product = Pro Plan", "Plan", "'Plan' cannot follow 'Pro'",
        "put text of several words in quotes: 'Pro Plan'"
      ),
      (
        "csat, nps by team adjusted for channel", "adjusted",
        "'adjusted' does not say here which measure it belongs to",
        "write it behind its measure, the last one of the query"
      ),
      ("csat by a by b", "by", "the clause 'by' is written twice", "keep one of them"),
      ("csat by a group by b", "group", "the clause 'group' is written twice", "keep one of them"),
      ("show metrcs", "metrcs", "'metrcs' is not something to show", "did you mean 'metrics'?"),
      ("csat vs previus", "previus", "'previus' is not a baseline", "did you mean 'previous'?"),
      ("csat with totl", "totl", "'totl' is not an option", "did you mean 'total'?"),
      (
        "csat chart pie", "pie", "'pie' is not a kind of chart",
        "write one of: bar, line, spark, heat"
      ),
      ("csat in last 4 wekks", "wekks", "'wekks' is not a unit of time", "did you mean 'weeks'?"),
      (
        "csat in march", "march", "'march' stands where a period should be",
        "write a period such as 2024-03 or 'last 4 weeks'; a list stands in brackets: (…)"
      ),
      (
        "csat where channel in email", "email", "'email' stands where a period should be",
        "write a period such as 2024-03 or 'last 4 weeks'; a list stands in brackets: (…)"
      ),
      (
        "csat where channel not in email", "email",
        "'email' stands where a list in brackets or a period should be", "write 'in (email)'"
      ),
      (
        "csat top x", "x", "'x' stands where a whole number should be",
        "write a number such as 'top 10'"
      ),
      (
        "csat top 2.5", "2.5",
        "'top' takes a whole number from 1 to 1000000000, not '2.5'", nil
      ),
      ("csat top 5)", ")", "this bracket was never opened", "remove it"),
      (
        "csat with ci 90", "90", "the level '90' of an interval is no percent below 100",
        "write a level such as 'ci 90%'"
      ),
      (
        "goal csat 85%", "85%", "'85%' stands where a comparison should be",
        "write a goal such as 'goal csat >= 85%'"
      ),
      ("define slow frt > 4h", "frt", "'frt' stands where '=' should be", nil),
      (
        "param x = a + b", "a + b", "a plain value should stand here",
        "write a number, text in quotes, a duration or a period"
      ),
      (
        "set hours = mon-fri 17:00-09:00", "09:00",
        "the closing time '09:00' is not after the opening time",
        "write 24:00 for the end of the day"
      ),
      (
        "set hours = mon-fry 09:00-17:00", "mon-fry", "'mon-fry' is not a weekday",
        "write one of: mon, tue, wed, thu, fri, sat, sun"
      ),
      ("sum(a, b)", "sum(a, b)", "'sum' takes one operand, not 2", nil),
      ("corr(a)", "corr(a)", "'corr' takes 2 operands, not 1", nil),
      (
        "month(a if b)", "b", "'month' is no aggregate and takes no 'if'",
        "write if(condition, value, other value)"
      ),
      ("csat where a in ()", ")", "')' stands where a value should be", nil),
      (
        "frt within 5", "5", "'5' stands where a duration should be",
        "write a duration such as 1h or 3d"
      ),
      ("explain show metrics", "show", "only queries and lists have a plan, not 'show'", nil),
      (
        "csat where agent is email", "email", "'email' stands where 'missing' should be",
        "compare with '=', or write 'is missing'"
      ),
      ("csat where subject starts 'x'", "'x'", "'x' stands where 'with' should be", nil),
      (
        "a = b; b = a", "a =", "a query shows measures, and this is a condition",
        "wrap a condition in percent(…), or put it behind 'where'"
      ),
      (
        "csat from 'tickets.csv'", "'tickets.csv'",
        "'tickets.csv' stands where the name of a dataset should be", nil
      ),
    ] as [(String, String, String, String?)])
  func shows(text: String, fault: String, message: String, help: String?) {
    let diagnostic = Parser.parse(SourceText(text)).diagnostics.first
    #expect(diagnostic?.message == message)
    #expect(diagnostic?.help == help)
    #expect(faults(text).first == fault)
  }

  @Test(
    "finds every error of a script",
    arguments: [
      ("csat bye team\nnps wher a = 1", 2), ("csat by a by b where\nlist\nnps top x", 3),
      ("csat top x limit y chart z", 3), ("csat = 5, nps foo, ces by team", 2),
      ("csat where a = 'open\nnps where b = “x”\nces by channel where month = 2024-13", 3),
      ("csat where (a = 1\nnps by\nces vs nothing", 3), ("csat by team", 0),
    ])
  func findsAll(text: String, count: Int) {
    #expect(Parser.parse(SourceText(text)).diagnostics.count == count)
  }

  @Test("the errors stand in the order of the text")
  func ordersErrors() {
    let text = "csat bye team\nnps where b = “x”\nces top x"
    let places = Parser.parse(SourceText(text)).diagnostics.compactMap(\.range?.lower)
    #expect(places == places.sorted())
    #expect(places.count == 3)
  }

  @Test("keeps what could be read")
  func keepsRest() throws {
    let script = Parser.parse(SourceText("csat, = , nps by team top x where a = 1"))
    guard case .query(let query)? = script.statements.first?.kind else {
      throw Diagnostic("test", "no query")
    }
    #expect(query.items.map { outline($0.expression) } == ["csat", "?", "nps"])
    #expect(query.clauses.keys.map(outline) == ["team"])
    #expect(query.clauses.filter.map(outline) == "(a = 1)")
    #expect(query.clauses.ranking == nil)
  }

  @Test("long words are cut in messages")
  func cutsWords() {
    let word = String(repeating: "x", count: 100_000)
    let text = SourceText("csat \(word)")
    let diagnostics = Parser.parse(text).diagnostics
    #expect(diagnostics.count == 1)
    for diagnostic in diagnostics {
      #expect(DiagnosticRenderer().render(diagnostic, in: text).utf8.count < 1000)
    }
  }
}
