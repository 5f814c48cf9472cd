import QueryExecution

/// The account of a query's rows in words.
enum RowAccountText {
  static func text(_ scopes: [RowAccount.Scope], _ state: SessionState) -> String {
    var lines: [String] = []
    for scope in scopes {
      let name = state.store.model.datasets[scope.dataset].name
      lines.append("rows of \(name): \(LoadSummary.grouped(scope.rowCount))")
      for (reason, count) in scope.leftOut {
        lines.append("  \(LoadSummary.grouped(count)) \(reason)")
      }
      lines.append("  \(LoadSummary.grouped(scope.passing)) pass")
      for (measure, count) in scope.measures {
        let missing = scope.passing - count
        var line = "    \(measure): \(LoadSummary.grouped(count)) used"
        if missing > 0 {
          line += ", \(LoadSummary.grouped(missing)) left out: \(reason(scope, state))"
        }
        lines.append(line)
      }
      for (parent, count) in scope.unlinked {
        lines.append(
          "  \(LoadSummary.grouped(count)) of them have no row in "
            + state.store.model.datasets[parent].name)
      }
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// Why rows that pass the filters are not behind a value.
  private static func reason(_ scope: RowAccount.Scope, _ state: SessionState) -> String {
    let dataset = state.store.model.datasets[scope.dataset]
    guard dataset.role == "surveys" else { return "a value it needs is missing" }
    let offScale = state.datasets.first { $0.table.name == dataset.name }?.offScale ?? []
    return offScale.isEmpty ? "no answer" : "no answer, or one off the scale"
  }
}
