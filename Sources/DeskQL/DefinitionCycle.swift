import ColumnStore
import QuerySyntax

/// Finds definitions that lead back to themselves.
enum DefinitionCycle {
  /// The way from a definition back to itself; nil where there is none. A name that a definition
  /// uses for itself means the column or measure of that name.
  static func find(
    from start: String, in definitions: [String: DefinitionStatement]
  ) -> [String]? {
    var way = [start]
    var seen: Set<String> = []

    func search(_ name: String) -> Bool {
      guard let definition = definitions[name] else { return false }
      let parts = [definition.expression] + (definition.filter.map { [$0] } ?? [])
      for used in parts.flatMap(ExpressionNames.all) {
        let folded = Schema.folded(used)
        if folded == start, name != start || definitions[folded] == nil {
          way.append(folded)
          return true
        }
        if folded == name || !seen.insert(folded).inserted { continue }
        way.append(folded)
        if search(folded) { return true }
        way.removeLast()
      }
      return false
    }
    return search(start) ? way : nil
  }
}

/// The names that occur in an expression.
enum ExpressionNames {
  static func all(_ node: ExpressionNode) -> [String] {
    switch node {
    case .name(let name): name.isQuoted ? [] : [name.text]
    case .text, .number, .percent, .duration, .period, .parameter, .invalid: []
    case .call(let call): call.arguments.flatMap(all)
    case .aggregate(let aggregate):
      aggregate.arguments.flatMap(all) + (aggregate.filter.map(all) ?? [])
    case .negation(let prefix), .not(let prefix): all(prefix.operand)
    case .arithmetic(let node): all(node.left) + all(node.right)
    case .comparison(let node): all(node.left) + all(node.right)
    case .logic(let logic): logic.operands.flatMap(all)
    case .membership(let node): all(node.operand) + node.values.flatMap(all)
    case .between(let node): all(node.operand) + all(node.lower) + all(node.upper)
    case .textMatch(let node): all(node.operand)
    case .missingTest(let node): all(node.operand)
    case .within(let node): all(node.operand)
    }
  }
}
