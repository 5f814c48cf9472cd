@preconcurrency import Glibc

/// Settings that come from outside: `DESKQL_TIMEZONE` and the like, one for each name of `set`.
public enum EnvironmentSettings {
  /// Applies the variables to the session, in the order of their names.
  ///
  /// - Throws: what is wrong with the first that cannot be applied.
  public static func apply(
    _ variables: [String: String], to session: Session
  ) throws(ScriptError) {
    for (variable, value) in variables.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix(prefix) {
      let name = variable.dropFirst(prefix.count).lowercased()
      guard Session.settings.contains(name) else {
        let nearest = closestMatch(to: name, among: Session.settings)
        throw ScriptError(
          diagnostics: [
            Diagnostic(
              "unknown-variable", "the variable '\(variable)' names no setting",
              help: nearest.map { "did you mean \(prefix)\($0.uppercased())?" }
                ?? "`show settings` lists the settings")
          ], source: SourceText(name: variable, ""))
      }
      // An empty variable is one that is taken back.
      if !value.isEmpty { try session.setSetting(name, to: value, from: variable) }
    }
  }

  /// The variables of the process.
  public static func variables() -> [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if text.hasPrefix(prefix), let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return variables
  }

  private static let prefix = "DESKQL_"
}
