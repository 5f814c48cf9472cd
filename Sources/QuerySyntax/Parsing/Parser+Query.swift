import Diagnostics

extension Parser {
  /// Reads a query.
  ///
  ///     query = item { "," item } [ "," ] { clause }
  func parseQuery() -> Query {
    let start = index
    var items = parseItems(isList: false)
    let clauses = parseClauses(adjusting: &items)
    return Query(items: items, clauses: clauses, range: range(from: start))
  }

  /// Reads rows instead of groups.
  ///
  ///     list = "list" ( "*" | item { "," item } [ "," ] ) { clause }
  func parseList() -> ListQuery {
    let start = index
    index += 1
    var items = accept(.star) ? [] : parseItems(isList: true)
    let clauses = parseClauses(adjusting: &items)
    return ListQuery(items: items, clauses: clauses, range: range(from: start))
  }

  private func parseItems(isList: Bool) -> [QueryItem] {
    var items: [QueryItem] = []
    repeat {
      if !items.isEmpty, isListOver { break }
      items.append(parseItemRecovering(isList: isList))
    } while accept(.comma)
    return items
  }

  /// Reads an item; one with an error is skipped up to the next comma or clause.
  private func parseItemRecovering(isList: Bool) -> QueryItem {
    let start = index
    do throws(ParseFailure) {
      var item = try parseItem()
      if isList { item.expression = asName(item.expression) }
      let isOver =
        isAtEnd || current.symbol == .comma || current.keyword?.startsClause ?? false
      if isOver { return item }
      throw current.symbol?.comparison != nil ? conditionAsItem(item) : leftover()
    } catch {
      report(error.diagnostic)
      recover()
      skip(toComma: true)
      let range = range(from: start)
      return QueryItem(expression: .invalid(InvalidNode(range: range)), range: range)
    }
  }

  /// Forgets how deep the parser was when an error stopped it.
  func recover() {
    depth = 0
    arithmeticCount = 0
    isRightSide = false
  }

  /// Reads one column of a query.
  ///
  ///     item = sum [ adjusted ] [ "if" condition ] [ "as" name ]
  private func parseItem() throws(ParseFailure) -> QueryItem {
    let start = index
    arithmeticCount = 0
    guard !isAtEnd else { throw expected("a measure") }
    let expression = try parseSum()
    let adjustment = current.keyword == .adjusted ? try parseAdjustment() : []
    let filter = accept(.if) ? try parseCondition() : nil
    let alias = accept(.as) ? try parseName("a name") : nil
    return QueryItem(
      expression: expression, filter: filter, alias: alias, adjustment: adjustment,
      range: range(from: start))
  }

  /// Reads the keys whose mix is made the same for all groups.
  ///
  ///     adjusted = "adjusted" "for" keys
  func parseAdjustment() throws(ParseFailure) -> [ExpressionNode] {
    index += 1
    try expect(.for)
    return try parseKeys()
  }

  private func conditionAsItem(_ item: QueryItem) -> ParseFailure {
    ParseFailure(
      "condition-as-item", "a query shows measures, and this is a condition",
      at: item.expression.range.union(current.range),
      help: "wrap a condition in percent(…), or put it behind 'where'")
  }

  /// Reads keys.
  ///
  ///     keys = key { "," key } [ "," ]
  func parseKeys() throws(ParseFailure) -> [ExpressionNode] {
    var keys = [try parseKey()]
    while accept(.comma), !isListOver { keys.append(try parseKey()) }
    return keys
  }

  /// Reads one key: a column, a definition or a bucket of time.
  ///
  ///     key = sum
  func parseKey() throws(ParseFailure) -> ExpressionNode {
    arithmeticCount = 0
    return asName(try parseSum())
  }

  /// A bare `count` read as a name, since no aggregate can stand where a row's value is wanted.
  private func asName(_ expression: ExpressionNode) -> ExpressionNode {
    guard case .aggregate(let node) = expression, node.function == .count,
      node.arguments.isEmpty, node.filter == nil
    else { return expression }
    let word = SourceRange(node.range.lower, node.range.lower + node.function.keyword.utf8.count)
    return .name(NameNode(text: source.text(of: word), range: node.range))
  }
}
