extension BoundQuery {
  /// The links over which keys and filters take values from other datasets, each once.
  ///
  /// A time that only stands in for a missing one is left out.
  public var links: [LinkStep] {
    var found: [LinkStep] = []
    func note(_ source: RowExpression) {
      guard case .column(let path) = source else { return }
      for step in path.steps where !found.contains(step) { found.append(step) }
    }
    for scope in scopes {
      for key in scope.keys { key.expression.forEachSource(note) }
      scope.filter?.forEachSource(note)
    }
    return found
  }
}
