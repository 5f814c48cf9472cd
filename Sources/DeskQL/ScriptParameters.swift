import ColumnStore
import QuerySyntax

/// The parameters that scripts take, by their words.
public struct ScriptParameters {
  /// The names of those that are declared or used, folded; nil where an `include` may bring others,
  /// or a script cannot be read.
  private let names: Set<String>?

  /// The parameters of some scripts.
  public init(of texts: [SourceText]) {
    var names: Set<String> = []
    for text in texts {
      let script = Parser.parse(text)
      guard script.diagnostics.isEmpty else {
        self.names = nil
        return
      }
      for statement in script.statements {
        switch statement.kind {
        case .include:
          self.names = nil
          return
        case .parameter(let parameter): names.insert(Schema.folded(parameter.name.text))
        default: break
        }
      }
      for token in Lexer.tokens(of: text).tokens where token.kind == .parameter {
        let word = text.bytes[token.range.lower..<token.range.upper].dropFirst()
        names.insert(Schema.folded(String(decoding: word, as: UTF8.self)))
      }
    }
    self.names = names
  }

  /// The error that none of the scripts takes a parameter; nil where one does, or may.
  public func refusal(of name: String) -> Diagnostic? {
    guard let names, !names.contains(Schema.folded(name)) else { return nil }
    let shown = DisplayText.quoted(name)
    let known = names.sorted()
    let help =
      if let match = closestMatch(to: name, among: known) {
        "did you mean '\(match)'?"
      } else if known.isEmpty {
        "a script takes one with `param NAME = VALUE`"
      } else {
        "they take: \(known.joined(separator: ", "))"
      }
    return Diagnostic("unknown-parameter", "no script takes the parameter \(shown)", help: help)
  }
}
