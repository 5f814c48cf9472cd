import DeskQL

/// What the language has and this version does not execute; goes when nothing is left on it.
enum NotAvailableYet {
  /// Measures of two datasets at once.
  private static let measures: Set<String> = ["contact_rate"]

  /// Whether an error says no more than that a clause or measure comes later.
  static func explains(_ error: ScriptError) -> Bool {
    error.diagnostics.allSatisfy { diagnostic in
      if diagnostic.code == "not-available" { return true }
      guard let range = diagnostic.range else { return false }
      return measures.contains(error.source.text(of: range).lowercased())
    }
  }
}
