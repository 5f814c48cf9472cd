import LineEditing

/// One command of the shell: what `.help` says of it and what it does.
struct ReplCommand: Sendable {
  /// Without their dot; the first is the one shown.
  let names: [String]
  let arguments: String
  let meaning: String
  /// What the next argument may be, for Tab.
  let choices: [String]
  let action: @Sendable (Repl, [String]) throws(OutputError) -> Void

  init(
    _ names: String..., arguments: String = "", meaning: String, choices: [String] = [],
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

  /// The command of that name, in any letter case.
  static func named(_ name: String) -> ReplCommand? {
    all.first { $0.names.contains(name.lowercased()) }
  }

  /// The name of the command in an entry: the word behind a leading `.` or `\`, and the bare words
  /// with which people try to leave or to get help.
  static func name(in entry: String) -> String? {
    let text = withoutSemicolon(entry.trimmingBlanks())
    if ["quit", "exit", "help"].contains(text.lowercased()) { return text.lowercased() }
    guard let first = text.first, first == "." || first == "\\" else { return nil }
    let word = text.dropFirst().prefix { !$0.isWhitespace }
    // `.5 * csat` is a query.
    guard let initial = word.first, initial.isLetter || initial == "?" else { return nil }
    return String(word)
  }

  /// The words behind the name; quotes keep blanks within one.
  static func arguments(in entry: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in withoutSemicolon(entry.trimmingBlanks()) {
      switch character {
      case quote: quote = nil
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

  /// What Tab offers in a line that holds a command; nil where it holds none.
  static func completion(of line: String, at cursor: Int) -> LineCompletion? {
    let before = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
    guard let first = before.first, first == "." || first == "\\" else { return nil }
    let start = before.lastIndex(of: " ").map { before.index(after: $0) } ?? before.startIndex
    let word = before[start...]
    let lower = cursor - word.utf8.count
    if start == before.startIndex {
      let candidates = all.map {
        LineCompletion.Candidate(text: String(first) + $0.names[0], meaning: $0.meaning)
      }
      return matching(candidates, word: word, lower: lower, cursor: cursor)
    }
    guard let name = name(in: before), let command = named(name) else {
      return LineCompletion(range: cursor..<cursor, candidates: [])
    }
    let choices =
      command.takesPath ? PathCompletion.candidates(for: String(word)) : command.choices
    return matching(
      choices.map { LineCompletion.Candidate(text: $0) }, word: word, lower: lower, cursor: cursor)
  }

  private static func matching(
    _ candidates: [LineCompletion.Candidate], word: Substring, lower: Int, cursor: Int
  ) -> LineCompletion {
    LineCompletion(
      range: lower..<cursor,
      candidates: candidates.filter { $0.text.lowercased().hasPrefix(word.lowercased()) })
  }

  private var takesPath: Bool { arguments.contains("FILE") || arguments.contains("SCRIPT") }

  private static func withoutSemicolon(_ text: String) -> String {
    var rest = text[...]
    while rest.last == ";" { rest = rest.dropLast() }
    return String(rest).trimmingBlanks()
  }
}
