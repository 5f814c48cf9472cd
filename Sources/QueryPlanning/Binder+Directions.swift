import ColumnStore
import QuerySyntax
import Results

extension Binder {
  /// Which way an aggregate of a measure's row values gets better: `median frt` as `frt` itself.
  func direction(of aggregate: AggregateNode) -> Direction {
    switch aggregate.function {
    case .average, .median, .percentile, .quantile, .minimum, .maximum:
      aggregate.arguments.first.map { direction(of: $0) } ?? .none
    default: .none
    }
  }

  /// The direction of a measure's name, or of a definition that is only another name for it; a
  /// formula of several has none.
  private func direction(of node: ExpressionNode) -> Direction {
    var node = node
    // A chain of definitions is at most as long as there are definitions.
    for _ in 0...context.definitions.count {
      guard case .name(let name) = node, !name.isQuoted else { return .none }
      let folded = Schema.folded(name.text)
      guard let definition = context.definitions[folded] else {
        return context.catalog.record(named: folded)?.better ?? .none
      }
      node = definition.expression
    }
    return .none
  }
}
