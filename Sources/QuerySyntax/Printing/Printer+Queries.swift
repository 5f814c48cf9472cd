extension Printer {
  /// Writes a query.
  mutating func write(_ query: Query) {
    allowsClauses = true
    write(query.items, query.clauses)
    write(query.clauses)
    allowsClauses = false
  }

  /// Writes a list of rows.
  mutating func write(_ list: ListQuery) {
    allowsClauses = true
    write("list ")
    if list.items.isEmpty { write("*") } else { write(list.items, list.clauses) }
    write(list.clauses)
    allowsClauses = false
  }

  private mutating func write(_ items: [QueryItem], _ clauses: Clauses) {
    let meetsPeriod =
      clauses.from == nil && clauses.keys.isEmpty && clauses.across == nil
      && clauses.filter == nil && clauses.period != nil
    for (index, item) in items.enumerated() {
      if index > 0 { write(", ") }
      write(item, meetsPeriod: meetsPeriod && index == items.count - 1)
    }
  }

  private mutating func write(_ item: QueryItem, meetsPeriod: Bool) {
    write(item.expression, at: .sum)
    if !item.adjustment.isEmpty {
      write(" adjusted for ")
      writeKeys(item.adjustment)
    }
    if let filter = item.filter {
      write(" if ")
      writeFilter(filter, meetsPeriod: meetsPeriod && item.alias == nil)
    }
    if let alias = item.alias {
      write(" as ")
      write(alias)
    }
  }

  /// Writes a condition, in brackets where the clause `in` behind it would be read as its end.
  private mutating func writeFilter(_ filter: ExpressionNode, meetsPeriod: Bool) {
    if meetsPeriod, Self.endsOpen(filter) {
      writeBracketed(filter)
    } else {
      write(filter, at: .condition)
    }
  }

  private mutating func writeKeys(_ keys: [ExpressionNode]) {
    writeList(keys) { $0.write($1, at: .sum) }
  }

  private mutating func write(_ clauses: Clauses) {
    writeRows(clauses)
    if let having = clauses.having {
      writeClause("having ")
      write(having, at: .condition)
    }
    if let baseline = clauses.baseline {
      writeClause("vs ")
      write(baseline.form)
    }
    if !clauses.options.isEmpty {
      writeClause("with ")
      writeList(clauses.options) { $0.write($1.form) }
    }
    writeResult(clauses)
  }

  /// Writes the clauses that choose and group rows.
  private mutating func writeRows(_ clauses: Clauses) {
    if let dataset = clauses.from {
      writeClause("from ")
      write(dataset)
    }
    if !clauses.keys.isEmpty {
      writeClause("by ")
      writeKeys(clauses.keys)
    }
    if let key = clauses.across {
      writeClause("across ")
      writeKeys([key])
    }
    if let filter = clauses.filter {
      writeClause("where ")
      writeFilter(filter, meetsPeriod: clauses.period != nil)
    }
    if let period = clauses.period {
      writeClause("in ")
      write(period)
    }
    if let clock = clauses.clock {
      writeClause("on ")
      write(clock)
    }
  }

  /// Writes the clauses that order and cut the result.
  private mutating func writeResult(_ clauses: Clauses) {
    if !clauses.order.isEmpty {
      writeClause("order by ")
      writeList(clauses.order) { printer, key in
        printer.write(key.expression, at: .sum)
        if key.isDescending { printer.write(" desc") }
      }
    }
    if let ranking = clauses.ranking {
      writeClause(ranking.isBottom ? "bottom " : "top ")
      write(ranking)
    }
    if let limit = clauses.limit {
      writeClause("limit ")
      write(limit)
    }
    if let offset = clauses.offset {
      writeClause("offset ")
      write(offset)
    }
    if let chart = clauses.chart {
      writeClause("chart")
      if let kind = chart.kind { write(" " + kind.rawValue) }
    }
  }

  private mutating func write(_ ranking: RankingNode) {
    write(ranking.count)
    if let by = ranking.by {
      write(" by ")
      write(by, at: .sum)
    }
    if let per = ranking.per {
      write(" per ")
      write(per, at: .sum)
    }
    if ranking.isFair { write(" fair") }
  }

  private mutating func write(_ form: BaselineNode.Form) {
    switch form {
    case .previous: write("previous")
    case .lastYear: write("last year")
    case .period(let period): write(period)
    case .filter(let condition):
      write("where ")
      write(condition, at: .condition)
    case .rest: write("rest")
    case .total: write("total")
    case .benchmark(nil): write("benchmark")
    case .benchmark(let industry?):
      write("benchmark ")
      write(industry)
    case .goal: write("goal")
    }
  }

  private mutating func write(_ form: OptionNode.Form) {
    switch form {
    case .interval(nil): write("ci")
    case .interval(let level?):
      let isWhole = level == level.rounded()
      write("ci \(isWhole ? String(level.description.dropLast(2)) : level.description)%")
    case .counts: write("n")
    case .total: write("total")
    case .share: write("share")
    case .open: write("open")
    case .other: write("other")
    case .rank(let isFair): write(isFair ? "rank fair" : "rank")
    case .running: write("running")
    case .rolling(let count): write("rolling \(count)")
    case .gaps: write("gaps")
    }
  }
}
