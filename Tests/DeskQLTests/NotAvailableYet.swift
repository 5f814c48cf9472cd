import DeskQL

/// What the language has and this version does not execute; goes when nothing is left on it.
enum NotAvailableYet {
  /// Snapshots and measures of two datasets, which the catalog does not hold yet.
  private static let measures: Set<String> = [
    "backlog", "backlog_age", "active_customers", "new_customers", "lost_customers", "churn",
    "retention", "mrr", "arr", "arpa", "clv", "contact_rate",
  ]

  /// Whether an error says no more than that a clause or measure comes later.
  static func explains(_ error: ScriptError) -> Bool {
    error.diagnostics.allSatisfy { diagnostic in
      if diagnostic.code == "not-available" { return true }
      guard let range = diagnostic.range else { return false }
      return measures.contains(error.source.text(of: range).lowercased())
    }
  }
}
