import LineEditing

/// One command of the shell: what `.help` says of it and what it does.
struct ReplCommand: Sendable {
  /// Without their dot; the first is the one shown.
  let names: [String]
  let arguments: String
  let meaning: String
  /// What the next argument may be, for Tab.
  let choices: Choices
  let action: @Sendable (Repl, [String]) throws(OutputError) -> Void

  /// What an argument may be.
  enum Choices: Sendable {
    case nothing
    case words([(text: String, meaning: String)])
    /// File names.
    case paths
    /// The datasets that are loaded.
    case datasets
    /// Commands, parts of the language, measures and columns.
    case topics
  }

  init(
    _ names: String..., arguments: String = "", meaning: String, choices: Choices = .nothing,
    action: @escaping @Sendable (Repl, [String]) throws(OutputError) -> Void
  ) {
    self.names = names
    self.arguments = arguments
    self.meaning = meaning
    self.choices = choices
    self.action = action
  }

  /// How it is written: `.mode [FORMAT]`.
  var usage: String {
    "." + names.joined(separator: ", .") + (arguments.isEmpty ? "" : " " + arguments)
  }

  /// How many words it takes behind its name; nil where any number.
  var argumentLimit: Int? {
    if case .topics = choices { return nil }
    return arguments.isEmpty ? 0 : arguments.hasSuffix("…") ? nil : 1
  }

  /// The command of that name, in any letter case.
  static func named(_ name: String) -> ReplCommand? {
    all.first { $0.names.contains(name.lowercased()) }
  }

  /// The name of the command in an entry: the word behind a leading `.` or `\`, and the bare words
  /// with which people try to leave or to get help.
  static func name(in entry: String) -> String? {
    let text = withoutSemicolon(entry.trimmingBlanks())
    if ["quit", "exit", "help", "?"].contains(text.lowercased()) { return text.lowercased() }
    guard let first = text.first, first == "." || first == "\\" else { return nil }
    let word = text.dropFirst().prefix { !$0.isWhitespace }
    // `.5 * csat` is a query.
    guard let initial = word.first, initial.isLetter || initial == "?" else { return nil }
    return String(word)
  }

  /// The words behind the name; quotes keep blanks within one, and a doubled quote stands for one.
  static func arguments(in entry: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var previous: Character?
    for character in withoutSemicolon(entry.trimmingBlanks()) {
      defer { previous = character }
      switch character {
      case quote: quote = nil
      case "'" where quote == nil && previous == "'", "\"" where quote == nil && previous == "\"":
        quote = character
        word = (word ?? "") + String(character)
      case "'" where quote == nil, "\"" where quote == nil:
        quote = character
        word = word ?? ""
      case _ where character.isWhitespace && quote == nil:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return Array(words.dropFirst())
  }

  private static func withoutSemicolon(_ text: String) -> String {
    var rest = text[...]
    while rest.last == ";" { rest = rest.dropLast() }
    return String(rest).trimmingBlanks()
  }
}
