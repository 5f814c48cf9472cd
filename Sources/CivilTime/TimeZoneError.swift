/// Why the rules of a time zone could not be had; every case carries the name as it was given.
public enum TimeZoneError: Error, Equatable, Sendable {
  /// The name is neither a known zone nor an offset.
  case unknown(String)
  /// The system's file for the zone is not a TZif file of version 2 or later.
  case malformed(String)

  /// What is wrong in plain language, at most about a hundred characters.
  public var message: String {
    switch self {
    case .unknown(let name):
      "unknown time zone '\(Self.shown(name))'; write an IANA name such as 'Europe/Berlin'"
    case .malformed(let name):
      "the system's rules for time zone '\(Self.shown(name))' cannot be read"
    }
  }

  // A name comes from the user: it is cut, and its control characters never reach a terminal.
  private static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(40).map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
        .privateUse:
        "?"
      default: scalar
      }
    }
    var text = String(String.UnicodeScalarView(scalars))
    if name.unicodeScalars.count > scalars.count { text += "…" }
    return text
  }
}
