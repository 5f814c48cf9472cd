@preconcurrency import Glibc

/// Settings that come from outside: `DESKQL_TIMEZONE` and the like, one for each name of `set`.
public enum EnvironmentSettings {
  /// Applies the variables to the session, in the order of their names.
  ///
  /// - Returns: what is wrong with those that cannot be applied; all others are.
  public static func apply(
    _ variables: [String: String], to session: Session
  ) -> [ScriptError] {
    var errors: [ScriptError] = []
    for (variable, value) in variables.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix(prefix) {
      let name = variable.dropFirst(prefix.count).lowercased()
      guard Session.settings.contains(name) else {
        let nearest = closestMatch(to: name, among: Session.settings)
        errors.append(
          ScriptError(
            diagnostics: [
              Diagnostic(
                "unknown-variable", "the variable '\(variable)' names no setting",
                help: nearest.map { "did you mean \(prefix)\($0.uppercased())?" }
                  ?? "`show settings` lists the settings")
            ], source: SourceText(name: variable, "")))
        continue
      }
      // An empty variable is one that is taken back.
      if value.isEmpty { continue }
      do {
        try session.setSetting(name, to: value, from: variable)
      } catch {
        errors.append(error)
      }
    }
    return errors
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
