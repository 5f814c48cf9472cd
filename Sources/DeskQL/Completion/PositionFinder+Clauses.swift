import QuerySyntax

extension PositionFinder {
  /// Reads the items of a query or list.
  mutating func readItems(from start: Expectation) throws(AtCursor) {
    repeat {
      try stop([start])
      try readItem(from: start)
    } while accept(.comma)
  }

  private mutating func readItem(from expectation: Expectation) throws(AtCursor) {
    let start = index
    let naming = outline.isList ? [] : [WordTables.condition]
    let ending = [Expectation.words([WordTables.comma] + naming + [WordTables.naming])]
    follow = [.clauses] + ending
    let position = outline.items.count
    // What an item says is known before it is read to its end: the cursor may be in it.
    outline.items.append(.init(names: [], title: ""))
    let subject = try readSum(from: expectation, stopsBehind: false)
    outline.items[position] = .init(names: names(from: start), title: text(from: start))
    if subject.kind == .duration {
      try stop(follow + [.words([Suggestion("within", "the share within a time: frt within 1h")])])
    }
    try stop(follow)
    if accept(.if) {
      outline.focus = position
      follow = [.clauses, .words([WordTables.comma, WordTables.naming])]
      try readCondition(from: .rowValues, isTest: true)
      outline.focus = nil
    }
    if accept(.as) { outline.items[position].title = try take([]) }
    follow = [.clauses, .words([WordTables.comma])]
  }

  /// Reads clauses up to the cursor.
  mutating func readClauses() throws(AtCursor) {
    while true {
      try stop(follow)
      guard let word = current?.keyword, word.startsClause || word == .adjusted else {
        index += 1
        follow = [.clauses]
        continue
      }
      index += 1
      outline.clauses.insert(word.canonicalClause)
      follow = [.clauses]
      try readClause(word)
    }
  }

  private mutating func readClause(_ word: Keyword) throws(AtCursor) {
    switch word {
    case .from: outline.dataset = try take([.datasets])
    case .on: outline.clock = try take([.columns(of: [.time])])
    case .by: try readKeys()
    case .group:
      try need(.by, "the keys of the groups")
      try readKeys()
    case .across:
      let start = index
      _ = try readSum(from: .keys)
      outline.keys.append(text(from: start))
    case .where: try readCondition(from: .rowValues, isTest: true)
    case .having: try readCondition(from: .groupValues, isTest: true)
    case .in: try readPeriod(.periods)
    case .vs: try readBaseline()
    case .with: try readOptions()
    case .order, .sort: try readOrder()
    case .top, .bottom: try readRanking()
    case .limit, .offset: _ = try take([.counts(WordTables.limits)])
    case .chart: try readChart()
    // What is read but not available yet is not offered either.
    default: throw AtCursor(expected: [])
    }
  }

  /// Reads keys up to the next clause.
  mutating func readKeys() throws(AtCursor) {
    follow = [.clauses, .words([WordTables.comma])]
    repeat {
      try stop([.keys])
      // A key that is not written yet spoils no clause behind it.
      if current?.keyword?.startsClause ?? false { return }
      let start = index
      _ = try readSum(from: .keys)
      outline.keys.append(text(from: start))
    } while accept(.comma)
  }

  private mutating func readBaseline() throws(AtCursor) {
    try stop([.baselines])
    switch current?.keyword {
    case .last:
      let unit = Suggestion("year", "the same span one year earlier")
      if peek(1) == nil { throw AtCursor(expected: [.words([unit] + WordTables.lastUnits)]) }
      try readPeriod(.baselines)
    case .previous, .rest, .total, .goal: index += 1
    case .benchmark:
      index += 1
      try stop([.industries] + follow)
      if current?.kind == .text { index += 1 }
    case .where:
      index += 1
      try readCondition(from: .rowValues, isTest: true)
    default: try readPeriod(.baselines)
    }
  }

  private mutating func readOptions() throws(AtCursor) {
    repeat {
      try stop([.options])
      let option = current?.keyword
      if let option { outline.options.insert(option) }
      index += 1
      follow = [.clauses, .words([WordTables.comma])]
      switch option {
      case .ci:
        try stop([.words(WordTables.levels)] + follow)
        if current?.kind == .percent { index += 1 }
      case .rank:
        try stop(follow + [.words([WordTables.fair])])
        _ = accept(.fair)
      case .rolling: _ = try take([.words(WordTables.spans)])
      default: break
      }
    } while accept(.comma)
  }

  private mutating func readOrder() throws(AtCursor) {
    try need(.by, "the columns to sort by")
    repeat {
      let expectation: Expectation = outline.isList ? .singleValues : .groupValues
      try stop([expectation])
      follow = [.words(WordTables.directions), .clauses, .words([WordTables.comma])]
      _ = try readSum(from: expectation)
      try stop(follow)
      if !accept(.desc) { _ = accept(.asc) }
      follow = [.clauses, .words([WordTables.comma])]
    } while accept(.comma)
  }

  private mutating func readRanking() throws(AtCursor) {
    _ = try take([.counts(WordTables.ranks)])
    let by = Suggestion("by", "the measure that decides, or the keys")
    let per = Suggestion("per", "so many within each value of a key")
    try stop([.words([by, per, WordTables.fair]), .clauses])
    if accept(.by) {
      let ranked: Expectation = outline.isList ? .singleValues : .rankingValues
      try stop([ranked])
      follow = [.words([per, WordTables.fair]), .clauses]
      _ = try readSum(from: ranked)
      try stop(follow)
    }
    if accept(.per) {
      // Rows have values of any key, groups only those of the keys that made them.
      let expectation: Expectation =
        outline.isList ? .singleValues : outline.keys.isEmpty ? .keys : .shownKeys
      try stop([expectation])
      follow = [.words([WordTables.fair]), .clauses]
      _ = try readSum(from: expectation)
      try stop(follow)
    }
    if current?.keyword != .fair { follow = [.clauses] }
    _ = accept(.fair)
    follow = [.clauses]
  }

  private mutating func readChart() throws(AtCursor) {
    try stop([.words(WordTables.charts), .clauses])
    if let text = current?.name(in: source).lowercased(), ChartNode.Kind(rawValue: text) != nil {
      index += 1
    }
  }

  // MARK: Periods

  /// Reads a period or a span of them; `expected` is what may begin one here.
  mutating func readPeriod(_ expected: Expectation) throws(AtCursor) {
    let start = current?.name(in: source) ?? ""
    try readPeriodPoint(expected)
    if accept(.span) { try readPeriodPoint(.spanEnds(from: start)) }
  }

  private mutating func readPeriodPoint(_ expected: Expectation) throws(AtCursor) {
    try stop([expected])
    let word = current?.keyword
    index += 1
    switch word {
    case .this: _ = try take([.words(WordTables.thisUnits)])
    case .last, .latest:
      try stop([.words(word == .last ? WordTables.lastUnits : WordTables.latestUnits)])
      if current?.kind == .number {
        index += 1
        try stop([.words(WordTables.units)])
      }
      index += 1
    default: break
    }
  }
}
