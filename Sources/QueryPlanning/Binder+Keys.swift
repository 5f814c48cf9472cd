import CivilTime
import ColumnStore
import Diagnostics
import QuerySyntax

extension Binder {
  /// A grouping key in a dataset: a column, a definition or a time bucket there, or the values
  /// in the rows below.
  mutating func key(_ node: ExpressionNode, at place: Place) throws(Diagnostic) -> TypedRow {
    if let child = try child(for: node, at: place) {
      let inner = try row(node, at: Place(dataset: child.dataset))
      return TypedRow(.childValues(child, inner.expression), inner.type)
    }
    if let unknown = try unknownName(in: node, at: place) {
      if try isMeasureName(unknown) {
        throw Diagnostic(
          "key-is-measure", "'\(Self.short(unknown.text))' is a measure and cannot be a key",
          at: unknown.range, help: "name several measures with commas: `tickets, csat by team`")
      }
      throw try self.unknown(unknown, at: place)
    }
    return try row(node, at: place)
  }

  func keyName(_ node: ExpressionNode) -> String {
    guard case .name(let name) = node else { return Printer.print(node) }
    let folded = Schema.folded(name.text)
    let isKnown = model.datasets.contains { dataset in
      dataset.schema.columns.contains { $0.name == folded }
    }
    return isKnown || TimeGrain(rawValue: folded) != nil || TimePart(rawValue: folded) != nil
      ? folded : name.text
  }

  mutating func isRankingMeasure(
    _ node: ExpressionNode, measures: [BoundMeasure], keys: [ExpressionNode]
  ) throws(Diagnostic) -> Bool {
    let text = Schema.folded(Printer.print(node))
    if measures.contains(where: { Schema.folded($0.name) == text }) { return true }
    if keys.contains(where: { Schema.folded(Printer.print($0)) == text }) { return false }
    if case .name(let name) = node { return try isMeasureName(name) }
    return try isMeasure(node)
  }

  mutating func ranking(
    _ node: RankingNode, by value: MeasureValue?, measures: [BoundMeasure],
    keyNodes: [ExpressionNode]
  ) throws(Diagnostic) -> BoundRanking {
    var per: Int?
    if let perNode = node.per {
      let text = Schema.folded(Printer.print(perNode))
      per = keyNodes.firstIndex { Schema.folded(Printer.print($0)) == text }
      if per == nil {
        throw Diagnostic(
          "per-not-key",
          "'\(Self.short(Printer.print(perNode)))' behind `per` is not a key of the "
            + "query", at: perNode.range,
          help: "add it: `by \(Self.short(Printer.print(perNode))), …`")
      }
    }
    guard !keyNodes.isEmpty else {
      throw Diagnostic(
        "top-without-keys",
        "`\(node.isBottom ? "bottom" : "top")` ranks groups, but the query has "
          + "no keys", at: node.range, help: "group with `by`, such as `by agent`")
    }
    return BoundRanking(
      isBottom: node.isBottom, count: try count(node.count) ?? 0,
      by: value.map(BoundMeasure.init) ?? measures[0], per: per, isFair: node.isFair)
  }

  /// A whole number, or the one that a parameter holds.
  func count(_ node: CountNode?) throws(Diagnostic) -> Int? {
    guard let node else { return nil }
    switch node.form {
    case .literal(let value): return value
    case .parameter(let name):
      guard case .number(let number) = try parameter(name), let value = number.integer, value >= 0
      else {
        throw Diagnostic(
          "parameter-not-count", "'$\(name.text)' does not hold a whole number", at: node.range)
      }
      return Int(value)
    }
  }

  func dataset(_ name: NameNode?) throws(Diagnostic) -> Int? {
    guard let name else { return nil }
    if let index = model.index(of: name.text) { return index }
    let nearest = closestMatch(to: name.text, among: model.datasets.map(\.name))
    throw Diagnostic(
      "unknown-dataset", "no dataset is called '\(Self.short(name.text))'", at: name.range,
      help: nearest.map { "did you mean `\($0)`?" } ?? "`show datasets` lists what is loaded")
  }
}
