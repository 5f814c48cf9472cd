import ColumnStore
import Diagnostics
import QuerySyntax

extension Binder {
  /// A list of rows with every name resolved.
  public mutating func bind(_ list: ListQuery) throws(Diagnostic) -> BoundList {
    clockName = list.clauses.clock
    let from = try dataset(list.clauses.from)
    try unsupported(list.clauses)
    let dataset = try self.dataset(
      for: list.items.map(\.expression), in: MeasureSurroundings(from: from))
    let place = Place(dataset: dataset)
    var columns: [(name: String, row: TypedRow)] = []
    if list.items.isEmpty {
      for (index, column) in model.datasets[dataset].schema.columns.enumerated() {
        columns.append(
          (column.name, TypedRow(.column(place.path(index)), RowType(column.type))))
      }
    }
    for item in list.items {
      if let filter = item.filter {
        throw Diagnostic(
          "list-if", "`if` belongs to a measure; a list filters its rows with `where`",
          at: filter.range)
      }
      if try child(for: item.expression, at: place) == nil,
        let unknown = try unknownName(in: item.expression, at: place), try isMeasureName(unknown)
      {
        throw rateInRow(unknown)
      }
      let name = item.alias?.text ?? keyName(item.expression)
      columns.append((name, try key(item.expression, at: place)))
    }
    var order: [(row: TypedRow, isDescending: Bool)] = []
    for node in list.clauses.order {
      order.append((try listKey(node.expression, list, at: place), node.isDescending))
    }
    var ranking: BoundListRanking?
    if let node = list.clauses.ranking {
      guard let by = node.by else {
        throw Diagnostic(
          "top-without-by", "`top` in a list needs the value to rank rows by", at: node.range,
          help: "write `top 2 by frt per channel`")
      }
      var per: TypedRow?
      if let node = node.per { per = try row(node, at: place) }
      ranking = BoundListRanking(
        isBottom: node.isBottom, count: try count(node.count) ?? 0,
        by: try listKey(by, list, at: place), per: per)
    }
    return BoundList(
      dataset: dataset, columns: columns,
      filter: try filter(list.clauses, scope: Scope(dataset: dataset)), order: order,
      ranking: ranking, limit: try count(list.clauses.limit),
      offset: try count(list.clauses.offset) ?? 0, title: Printer.print(list, value: value(of:)))
  }

  /// A value to sort rows by: a listed column by its alias, or any row value.
  private mutating func listKey(
    _ node: ExpressionNode, _ list: ListQuery, at place: Place
  ) throws(Diagnostic) -> TypedRow {
    if case .name(let name) = node,
      let item = list.items.first(where: { $0.alias.map { $0.text == name.text } ?? false })
    {
      return try row(item.expression, at: place)
    }
    return try row(node, at: place)
  }

  private func unsupported(_ clauses: Clauses) throws(Diagnostic) {
    let found: (word: String, range: SourceRange)? =
      clauses.keys.first.map { ("by", $0.range) } ?? clauses.across.map { ("across", $0.range) }
      ?? clauses.having.map { ("having", $0.range) } ?? clauses.baseline.map { ("vs", $0.range) }
      ?? clauses.options.first.map { ("with", $0.range) }
      ?? clauses.chart.map { ("chart", $0.range) }
    guard let found else { return }
    throw Diagnostic(
      "list-clause", "`\(found.word)` works on groups, but a list shows rows", at: found.range,
      help: "leave out `list` and name a measure to group")
  }
}
