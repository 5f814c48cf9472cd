/// The parts of the language in a few lines each, for `.help TOPIC`.
enum LanguageHelp {
  /// One part: its form, what it does, and examples two blanks further in.
  struct Topic: Sendable {
    /// The words it is found by; the first names it.
    let names: [String]
    let text: String

    init(_ names: String..., text: String) {
      self.names = names
      self.text = text
    }
  }

  /// The topic that is found by the first of some words: `order by` is `order`.
  static func topic(named name: String) -> Topic? {
    let word = String(name.lowercased().prefix { $0 != " " })
    return topics.first { $0.names.contains(word) }
  }

  /// All topics, in the order in which one would read them.
  static let topics = clauses + statements + words

  /// The names of all topics, for `.help help`.
  static var names: [String] { topics.map { $0.names[0] } }
}
