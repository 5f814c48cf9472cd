/// Why a pattern is not understood.
public struct PatternError: Error, Equatable, Sendable {
  /// Plain words that quote the part of the pattern, and say what to write instead.
  public var message: String

  init(_ message: String) { self.message = message }

  /// A part of a pattern in single quotes: cut, and with everything a terminal might act on
  /// written out.
  static func quoted(_ part: some Collection<Unicode.Scalar>) -> String {
    var shown = ""
    for scalar in part.prefix(40) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default:
        shown.unicodeScalars.append(scalar)
      }
    }
    return "'\(shown)\(part.count > 40 ? "…" : "")'"
  }
}
