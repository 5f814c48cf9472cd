import Diagnostics
import QuerySyntax

extension Session {
  /// The names of the settings, as `set` takes them.
  public static var settings: [String] { settingNames }

  /// Changes a setting from outside, as `set NAME = VALUE` does.
  ///
  /// - Parameter value: as behind `=` in the language; a text may come without its quotes.
  /// - Parameter origin: where the value comes from, for messages.
  /// - Throws: what is wrong with the value.
  public func setSetting(
    _ name: String, to value: String, from origin: String = "setting"
  ) throws(ScriptError) {
    let source = Self.setting(name, to: value, origin)
    let script = Parser.parse(source)
    let isRead = script.diagnostics.isEmpty && script.statements.count == 1
    let text = isRead ? source : Self.setting(name, to: TypedWord.quoted(value, with: "'"), origin)
    for statement in try parse(text) { _ = try run(statement, in: text) }
  }

  private static func setting(
    _ name: String, to value: String, _ origin: String
  ) -> SourceText {
    SourceText(name: origin, "set \(name) = \(value)")
  }
}
