import Diagnostics
import QuerySyntax

extension Session {
  /// How deep files may include one another.
  private static let largestDepth = 16

  /// Runs the statements of another file; paths in it are relative to its own folder.
  func include(
    _ path: TextNode, in text: SourceText, stack: [String]
  ) throws(Diagnostic) -> StatementResult {
    let full = Self.path(path.value, beside: text)
    let stack = stack + [text.name]
    if stack.contains(full) {
      throw Diagnostic(
        "include-cycle",
        "'\(path.value)' includes itself: "
          + (stack + [full]).joined(separator: " → "), at: path.range)
    }
    guard stack.count <= Self.largestDepth else {
      throw Diagnostic(
        "include-depth", "files include one another more than \(Self.largestDepth) deep",
        at: path.range)
    }
    let source: SourceText
    do {
      source = try ScriptFile.read(full, isStopped: { cancellation.isSet })
    } catch {
      var located = error
      located.range = path.range
      throw located
    }
    let script = Parser.parse(source)
    if let first = script.diagnostics.first(where: { $0.severity == .error }) {
      throw located(first, source, full, path.range)
    }
    var results: [StatementResult] = []
    for statement in script.statements {
      do {
        results.append(try execute(statement, in: source, stack: stack))
      } catch {
        throw located(error, source, full, path.range)
      }
    }
    return .included(results)
  }

  /// An error in an included file, shown at the statement that includes it.
  private func located(
    _ error: Diagnostic, _ source: SourceText, _ file: String, _ range: SourceRange
  ) -> Diagnostic {
    var result = error
    let line = error.range.map { ", line \(source.location(at: $0.lower).line)" } ?? ""
    result.notes.insert("in \(file)\(line)", at: 0)
    result.range = range
    return result
  }
}
