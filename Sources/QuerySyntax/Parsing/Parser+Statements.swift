import Diagnostics

extension Parser {
  /// Reads one statement; nil where so little could be read that there is none.
  ///
  ///     script = { [ statement ] ( NEWLINE | ";" ) }
  ///     statement = query | list | explain | load | save | show | describe | define | param
  ///               | set | goal | include | measure | unavailable
  func parseStatement() -> Statement? {
    let start = index
    do throws(ParseFailure) {
      let kind = try parseKind()
      if !isAtEnd { throw leftover() }
      return Statement(kind: kind, range: range(from: start))
    } catch {
      report(error.diagnostic)
      index = end
      return nil
    }
  }

  private func parseKind() throws(ParseFailure) -> StatementKind {
    guard let word = current.keyword, isStatement(word) else {
      allowsClauses = true
      return .query(parseQuery())
    }
    switch word {
    case .list:
      allowsClauses = true
      return .list(parseList())
    case .explain: return try parseExplain()
    case .load: return .load(try parseLoad())
    case .save: return .save(try parseSave())
    case .show: return .show(try parseShow())
    case .describe: return .describe(try parseDescribe())
    case .define: return .define(try parseDefinition())
    case .param: return .parameter(try parseParameter())
    case .set: return .set(try parseSet())
    case .goal: return .goal(try parseGoal())
    case .include: return .include(try parseInclude())
    case .measure: return .measure(try parseMeasure())
    default: return .unavailable(parseUnavailable())
    }
  }

  /// Whether a word that may begin a statement does: an operand behind it could not follow a
  /// measure of that name.
  private func isStatement(_ word: Keyword) -> Bool {
    guard Keyword.statementWords.contains(word) || (word == .measure && isCatalog) else {
      return false
    }
    let next = peek()
    switch next.kind {
    case .symbol(.star):
      return word == .list && (!startsOperand(peek(2)) || startsClause(at: index + 2))
    case .word(let keyword?) where keyword.followsOperand:
      return isStatementWithName(word, before: peek(2))
    case .word, .quotedName, .text, .number, .percent, .duration, .period, .parameter, .invalid:
      return true
    default:
      return false
    }
  }

  /// Whether the word behind a statement word is a name although it is called like a clause, as in
  /// `list by, id`, `describe by` and `define by = 1`.
  private func isStatementWithName(_ word: Keyword, before next: Token) -> Bool {
    switch word {
    case .list: next.symbol == .comma
    case .describe: next.kind == .end
    case .define, .param, .set: next.symbol == .equal
    case .goal: next.symbol?.comparison != nil
    default: false
    }
  }

  /// Reads the wish for a plan.
  ///
  ///     explain = "explain" [ "analyze" ] ( query | list )
  private func parseExplain() throws(ParseFailure) -> StatementKind {
    index += 1
    let isAnalyzing = current.keyword == .analyze && startsDirectOperand(peek())
    if isAnalyzing { index += 1 }
    let start = index
    let kind = try parseExplained()
    return .explain(
      Statement(kind: kind, range: range(from: start)), isAnalyzing: isAnalyzing)
  }

  private func parseExplained() throws(ParseFailure) -> StatementKind {
    allowsClauses = true
    guard let word = current.keyword, isStatement(word) else { return .query(parseQuery()) }
    guard word == .list else {
      throw ParseFailure(
        "not-explainable", "only queries and lists have a plan, not \(quoted(current))",
        at: current.range)
    }
    return .list(parseList())
  }

  /// Reads a listing of what is known.
  ///
  ///     show = "show" ( "metrics" | "datasets" | "columns" [ "of" name ] | "definitions"
  ///          | "settings" | "problems" | "goals" )
  private func parseShow() throws(ParseFailure) -> ShowStatement {
    index += 1
    let word = current.isWord ? text(of: current).lowercased() : ""
    guard let subject = ShowStatement.Subject(rawValue: word) else {
      throw unknownWord(
        "something to show", among: ShowStatement.Subject.allCases.map(\.rawValue))
    }
    index += 1
    let of = subject == .columns && accept(.of) ? try parseName("the name of a dataset") : nil
    return ShowStatement(subject: subject, of: of)
  }

  /// Reads the name of what is to be described.
  ///
  ///     describe = "describe" name
  private func parseDescribe() throws(ParseFailure) -> NameNode {
    index += 1
    return try parseName("the name of a measure or column")
  }

  /// Reads a statement that this version knows but cannot run; all of its words belong to it.
  ///
  ///     unavailable = ( "why" | "spikes" | "link" | "compare" | "correlate" ) { TOKEN }
  private func parseUnavailable() -> NameNode {
    let word = name(of: current)
    index = end
    return word
  }
}
