import LineEditing

extension ReplCommand {
  /// What Tab offers in a line that holds a command; nil where it holds none.
  static func completion(
    of line: String, at cursor: Int, in session: any QuerySession
  ) -> LineCompletion? {
    let before = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
    guard let first = before.first, first == "." || first == "\\" else { return nil }
    let start = lastWord(of: before)
    let word = String(before[start...])
    if start == before.startIndex {
      let candidates = all.map {
        LineCompletion.Candidate(text: String(first) + $0.names[0], meaning: $0.meaning)
      }
      return matching(candidates, word: word, cursor: cursor)
    }
    guard let name = name(in: before), let command = named(name) else {
      return LineCompletion(range: cursor..<cursor, candidates: [])
    }
    let given = arguments(in: String(before[..<start])).count
    if let limit = command.argumentLimit, given >= limit {
      return LineCompletion(range: cursor..<cursor, candidates: [])
    }
    if case .paths = command.choices {
      let range = cursor - word.utf8.count..<cursor
      return LineCompletion(range: range, candidates: paths(for: word))
    }
    return matching(command.candidates(for: word, in: session), word: word, cursor: cursor)
  }

  /// Where the word begins that the cursor stands behind; quotes keep blanks within it.
  private static func lastWord(of text: String) -> String.Index {
    var start = text.startIndex
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character == " " {
        start = text.index(after: index)
      }
    }
    return start
  }

  /// File names, in quotes where they hold blanks; a dataset's name may stand before them.
  private static func paths(for word: String) -> [LineCompletion.Candidate] {
    let name = word.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let isNamed = !name.isEmpty && word.dropFirst(name.count).first == "="
    let beginning = isNamed ? String(word.prefix(name.count + 1)) : ""
    var rest = String(word.dropFirst(beginning.count))
    var quote: Character?
    if let first = rest.first, first == "'" || first == "\"" {
      quote = first
      rest = String(rest.dropFirst()).replacing("\(first)\(first)", with: String(first))
    }
    return PathCompletion.candidates(for: rest).map { path in
      let isOpen = path.hasSuffix("/")
      guard quote != nil || path.contains(where: { " '\";".contains($0) }) else {
        return LineCompletion.Candidate(text: beginning + path)
      }
      let mark = String(quote ?? "'")
      let inner = path.replacing(mark, with: mark + mark)
      return LineCompletion.Candidate(text: beginning + mark + inner + (isOpen ? "" : mark))
    }
  }

  private func candidates(
    for word: String, in session: any QuerySession
  ) -> [LineCompletion.Candidate] {
    switch choices {
    case .nothing: []
    case .words(let words):
      words.map { LineCompletion.Candidate(text: $0.text, meaning: $0.meaning) }
    case .paths: Self.paths(for: word)
    case .datasets: Self.candidates(behind: "show columns of ", word, in: session)
    case .topics:
      Self.all.filter { _ in word.hasPrefix(".") }.map {
        LineCompletion.Candidate(text: "." + $0.names[0], meaning: $0.meaning)
      }
        + LanguageHelp.topics.map {
          LineCompletion.Candidate(text: $0.names[0], meaning: $0.summary)
        }
        + (word.isEmpty || word.hasPrefix(".")
          ? [] : Self.candidates(behind: "describe ", word, in: session))
    }
  }

  /// What the language would offer for the word behind the beginning of a statement.
  private static func candidates(
    behind beginning: String, _ word: String, in session: any QuerySession
  ) -> [LineCompletion.Candidate] {
    let text = beginning + word
    return session.completions(in: text, at: text.utf8.count).candidates.map {
      LineCompletion.Candidate(text: $0.text, meaning: $0.meaning)
    }
  }

  private static func matching(
    _ candidates: [LineCompletion.Candidate], word: String, cursor: Int
  ) -> LineCompletion {
    LineCompletion(
      range: cursor - word.utf8.count..<cursor,
      candidates: candidates.filter { $0.text.lowercased().hasPrefix(word.lowercased()) })
  }
}

extension LanguageHelp.Topic {
  /// Its first line, without the form where that is set apart.
  fileprivate var summary: String {
    let line = text.prefix { $0 != "\n" }
    guard let gap = line.firstRange(of: "   ") else { return String(line) }
    return String(line[gap.upperBound...].drop { $0 == " " })
  }
}
