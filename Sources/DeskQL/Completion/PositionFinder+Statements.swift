import QuerySyntax

extension PositionFinder {
  /// Reads the statement; it ends by a throw, since all of it stands before the cursor.
  mutating func readStatement() throws(AtCursor) {
    try stop([.measures, .statements])
    guard let word = current?.keyword, beginsStatement(word) else { return try readQuery() }
    index += 1
    switch word {
    case .list: try readList()
    case .explain: try readExplain()
    case .load: try readLoad()
    case .save: _ = try take([.files(extensions: ["deskdb"])])
    case .include: _ = try take([.files(extensions: ["deskql"])])
    case .show: try readShow()
    case .describe: _ = try take([.describable])
    case .define: try readDefinition()
    case .param: try readParameter()
    case .set: try readSetting()
    case .goal: try readGoal()
    case .correlate: try readCorrelation()
    case .compare: try readComparisonOfDefinitions()
    case .link: try readLink()
    default: try readReasons(word)
    }
    throw AtCursor(expected: [])
  }

  private static let dataExtensions = [
    "csv", "tsv", "txt", "json", "jsonl", "ndjson", "gz", "deskdb",
  ]

  /// Whether a word begins a statement rather than being the name of a measure.
  private func beginsStatement(_ word: Keyword) -> Bool {
    guard Keyword.statementWords.contains(word) else { return false }
    guard let next = peek(1) else { return true }
    if let symbol = next.symbol { return word == .list && symbol == .star }
    guard let keyword = next.keyword, keyword.followsOperand else { return true }
    return word == .list && peek(2)?.symbol == .comma
  }

  /// Reads a query up to the cursor.
  mutating func readQuery() throws(AtCursor) {
    try readItems(from: .measures)
    try readClauses()
  }

  private mutating func readList() throws(AtCursor) {
    outline.isList = true
    outline.allowedClauses = [
      .from, .where, .in, .on, .order, .top, .bottom, .limit, .offset,
    ]
    try stop([.rowValues, .words([Suggestion("*", "all columns")])])
    follow = [.clauses]
    if !accept(.star) { try readItems(from: .rowValues) }
    try readClauses()
  }

  private mutating func readExplain() throws(AtCursor) {
    let words = [
      Suggestion("list", "the plan of a list of rows"),
      Suggestion("analyze", "run it too, with the time of each step"),
    ]
    try stop([.measures, .words(words)])
    if accept(.analyze) { try stop([.measures, .words([words[0]])]) }
    if accept(.list) { try readList() } else { try readQuery() }
  }

  private mutating func readLoad() throws(AtCursor) {
    let naming = Suggestion("as", "the dataset's name")
    let mapping = Suggestion("with (", "name the headers of known columns")
    repeat {
      _ = try take([.files(extensions: Self.dataExtensions)])
      try stop([.words([naming, mapping, Suggestion(",", "another file of the same dataset")])])
    } while accept(.comma)
    var dataset: String?
    if accept(.as) {
      dataset = try take([.roles])
      try stop([.words([mapping])])
    }
    try need(.with, mapping.meaning)
    try need(.leftBracket, mapping.meaning)
    while true {
      let name = try take([.words(WordTables.loadNames(of: dataset))])
      if name.lowercased() != "strict" || current?.symbol == .equal {
        try need(.equal, "the header in the file")
        _ = try take([.loadValues(of: name)])
      }
      try stop([.words([WordTables.comma, WordTables.closing])])
      if accept(.rightBracket) { return }
      _ = accept(.comma)
    }
  }

  private mutating func readShow() throws(AtCursor) {
    let subject = try take([.words(WordTables.subjects)])
    guard subject.lowercased() == ShowStatement.Subject.columns.rawValue else { return }
    try need(.of, "those of one dataset")
    _ = try take([.datasets])
  }

  private mutating func readDefinition() throws(AtCursor) {
    _ = try take([])
    try need(.equal, "what it stands for")
    follow = [.words([Suggestion("if", "only the rows that meet a condition")])]
    try readCondition(from: .definable, isTest: false)
    if accept(.if) {
      follow = []
      try readCondition(from: .rowValues, isTest: true)
    }
  }

  private mutating func readParameter() throws(AtCursor) {
    _ = try take([])
    try need(.equal, "its value")
    _ = try take([.literals])
  }

  private mutating func readSetting() throws(AtCursor) {
    let name = try take([.settings])
    try need(.equal, "its value")
    _ = try take([.settingValues(name.lowercased())])
  }

  private mutating func readGoal() throws(AtCursor) {
    try stop([.measures])
    looksUpNames = true
    let subject = try readSum(from: .measures, stopsBehind: false)
    try stop([.words(WordTables.comparisons)])
    index += 1
    _ = try take([.values(subject, excluding: [])])
  }

  // MARK: Reasons

  /// Reads `why` and `spikes`, which look like queries.
  private mutating func readReasons(_ word: Keyword) throws(AtCursor) {
    outline.allowedClauses = [.by, .where, .in]
    if word == .why { outline.allowedClauses.insert(.vs) }
    try readQuery()
  }

  private mutating func readCorrelation() throws(AtCursor) {
    outline.allowedClauses = [.where, .in]
    try stop([.measures])
    follow = [.words([Suggestion("with", "the columns it may depend on")])]
    let start = index
    _ = try readSum(from: .measures)
    outline.items.append(.init(names: names(from: start), title: text(from: start)))
    try need(.with, "the columns it may depend on")
    try readKeys()
    try readClauses()
  }

  private mutating func readComparisonOfDefinitions() throws(AtCursor) {
    try need(.definitions, "of a measure in well-known products")
    try need(.of, "the measure")
    _ = try take([.measures])
  }

  private mutating func readLink() throws(AtCursor) {
    outline.allowedClauses = [.by, .where]
    try stop([.measures])
    let start = index
    follow = [.words([Suggestion("to", "what it may lead to")])]
    _ = try readSum(from: .measures)
    outline.items.append(.init(names: names(from: start), title: text(from: start)))
    _ = try take([.words([Suggestion("to", "what it may lead to")])])
    _ = try take([.words([Suggestion("churn", "customers who left")])])
    try need(.within, "the time it takes")
    _ = try take([.words(WordTables.longDurations)])
    follow = [.clauses]
    try readClauses()
  }
}
