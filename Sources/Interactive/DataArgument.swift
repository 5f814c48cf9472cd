import Glibc

/// A data file as named on the command line: `PATH` or `NAME=PATH`.
public struct DataArgument: Hashable, Sendable {
  /// The dataset to load into; nil lets the session choose it by the file.
  public var name: String?
  /// Where the file is.
  public var path: String

  /// Splits at the first `=` behind a plain word, unless a file has the whole as its name.
  public init(_ text: String) {
    name = nil
    path = Self.expandingHome(text)
    guard let equals = text.firstIndex(of: "="), access(text, F_OK) != 0 else { return }
    let word = text[..<equals]
    guard let first = word.first, first.isLetter || first == "_" else { return }
    guard word.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else { return }
    name = String(word)
    path = Self.expandingHome(String(text[text.index(after: equals)...]))
  }

  /// The path with a leading `~/` made the user's home, which a shell does only at the start of a
  /// word.
  static func expandingHome(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = environmentValue("HOME"), !home.isEmpty else {
      return path
    }
    return home + path.dropFirst()
  }
}
