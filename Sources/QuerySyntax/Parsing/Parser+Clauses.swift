import Diagnostics

extension Parser {
  /// Reads clauses in any order, each at most once; a broken one is reported and skipped.
  ///
  ///     clause = from | by | across | where | in | on | having | vs | with | order | top
  ///            | limit | offset | chart | adjusted
  func parseClauses(adjusting items: inout [QueryItem]) -> Clauses {
    var clauses = Clauses()
    var seen: [Keyword] = []
    while !isAtEnd {
      guard let word = current.keyword, word.startsClause || word == .adjusted else {
        report(leftover().diagnostic)
        skip()
        continue
      }
      let isFirst = !seen.contains(Self.canonical(word))
      if isFirst { seen.append(Self.canonical(word)) } else { reportDoubled(word) }
      var scratch = Clauses()
      do throws(ParseFailure) {
        if word == .adjusted {
          try parseAdjustment(of: &items)
        } else if isFirst {
          try parseClause(word, into: &clauses)
        } else {
          try parseClause(word, into: &scratch)
        }
      } catch {
        report(error.diagnostic)
        recover()
        skip()
      }
    }
    return clauses
  }

  /// Reads `adjusted for` behind other clauses, where it can only belong to a single measure.
  private func parseAdjustment(of items: inout [QueryItem]) throws(ParseFailure) {
    let word = current
    let keys = try parseAdjustment()
    guard items.count == 1, items[0].adjustment.isEmpty else {
      throw ParseFailure(
        "ambiguous-adjustment", "'adjusted' does not say here which measure it belongs to",
        at: word.range, help: "write it behind its measure, the last one of the query")
    }
    items[0].adjustment = keys
  }

  /// The clause that a word begins, where several words begin the same one.
  private static func canonical(_ word: Keyword) -> Keyword {
    switch word {
    case .group: .by
    case .sort: .order
    case .bottom: .top
    default: word
    }
  }

  private func reportDoubled(_ word: Keyword) {
    report(
      Diagnostic(
        "doubled-clause", "the clause '\(word.rawValue)' is written twice", at: current.range,
        help: "keep one of them"))
  }

  private func parseClause(
    _ word: Keyword, into clauses: inout Clauses
  ) throws(ParseFailure) {
    switch word {
    case .from: clauses.from = try parseFrom()
    case .by, .group: clauses.keys = try parseBy()
    case .across: clauses.across = try parseAcross()
    case .where: clauses.filter = try parseWhere()
    case .in: clauses.period = try parseIn()
    case .on: clauses.clock = try parseOn()
    case .having: clauses.having = try parseHaving()
    case .vs: clauses.baseline = try parseBaseline()
    case .with: clauses.options = try parseOptions()
    case .order, .sort: clauses.order = try parseOrder()
    case .top, .bottom: clauses.ranking = try parseRanking()
    case .limit: clauses.limit = try parseLimit()
    case .offset: clauses.offset = try parseOffset()
    default: clauses.chart = try parseChart()
    }
  }

  /// Reads the dataset of `count`, plain columns and lists.
  ///
  ///     from = "from" name
  private func parseFrom() throws(ParseFailure) -> NameNode {
    index += 1
    return try parseName("the name of a dataset")
  }

  /// Reads the grouping.
  ///
  ///     by = ( "by" | "group" "by" ) keys
  private func parseBy() throws(ParseFailure) -> [ExpressionNode] {
    if accept(.group), current.keyword != .by { throw expected("'by'") }
    index += 1
    guard !isAtEnd else { throw expected("a column to group by") }
    return try parseKeys()
  }

  /// Reads the key whose values become columns.
  ///
  ///     across = "across" key
  private func parseAcross() throws(ParseFailure) -> ExpressionNode {
    index += 1
    guard !isAtEnd else { throw expected("a column") }
    return try parseKey()
  }

  /// Reads the filter of rows.
  ///
  ///     where = "where" condition
  private func parseWhere() throws(ParseFailure) -> ExpressionNode {
    index += 1
    guard !isAtEnd else { throw expected("a condition") }
    return try parseCondition()
  }

  /// Reads the filter by the clock.
  ///
  ///     in = "in" period
  private func parseIn() throws(ParseFailure) -> PeriodNode {
    index += 1
    return try parsePeriod()
  }

  /// Reads the column that is the clock.
  ///
  ///     on = "on" name
  private func parseOn() throws(ParseFailure) -> NameNode {
    index += 1
    return try parseName("the name of a time column")
  }

  /// Reads the filter of groups.
  ///
  ///     having = "having" condition
  private func parseHaving() throws(ParseFailure) -> ExpressionNode {
    index += 1
    guard !isAtEnd else { throw expected("a condition") }
    return try parseCondition()
  }

  /// Reads the most rows that are shown.
  ///
  ///     limit = "limit" count
  private func parseLimit() throws(ParseFailure) -> CountNode {
    index += 1
    return try parseCount(after: "limit", from: 0)
  }

  /// Reads the rows that are left out first.
  ///
  ///     offset = "offset" count
  private func parseOffset() throws(ParseFailure) -> CountNode {
    index += 1
    return try parseCount(after: "offset", from: 0)
  }

  /// Reads the wish for a picture.
  ///
  ///     chart = "chart" [ "bar" | "line" | "spark" | "heat" ]
  private func parseChart() throws(ParseFailure) -> ChartNode {
    let start = index
    index += 1
    guard current.isWord, !(current.keyword?.startsClause ?? false) else {
      return ChartNode(kind: nil, range: range(from: start))
    }
    guard let kind = ChartNode.Kind(rawValue: text(of: current).lowercased()) else {
      throw unknownWord("a kind of chart", among: ChartNode.Kind.allCases.map(\.rawValue))
    }
    index += 1
    return ChartNode(kind: kind, range: range(from: start))
  }
}
