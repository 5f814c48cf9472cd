import QueryExecution

/// The account of a query's rows in words.
enum RowAccountText {
  static func text(_ scopes: [RowAccount.Scope], _ state: SessionState) -> String {
    var lines: [String] = []
    for scope in scopes {
      let name = state.store.model.datasets[scope.dataset].name
      let isRated = state.store.model.datasets[scope.dataset].role == "surveys"
      lines.append("rows of \(name): \(LoadSummary.grouped(scope.rowCount))")
      for (reason, count) in scope.leftOut {
        lines.append("  \(LoadSummary.grouped(count)) \(reason)")
      }
      lines.append("  \(LoadSummary.grouped(scope.passing)) pass")
      for measure in scope.measures {
        let parts = leftOut(measure, isRated: isRated).filter { $0.count > 0 }.map { part in
          "\(LoadSummary.grouped(part.count)) \(part.reason)"
        }
        lines.append(
          "    \(measure.name): \(LoadSummary.grouped(measure.used)) used"
            + (parts.isEmpty ? "" : "; left out: \(parts.joined(separator: ", "))"))
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
  private static func leftOut(
    _ measure: RowAccount.Measure, isRated: Bool
  ) -> [(count: Int, reason: String)] {
    [
      (measure.unmet, "do not meet `if`"),
      (measure.lacking, isRated ? "without an answer" : "lack a value it needs"),
      (measure.offScale, "off the scale"),
    ]
  }
}
