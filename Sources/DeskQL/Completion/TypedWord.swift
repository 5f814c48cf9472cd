import ColumnStore
import QuerySyntax

/// The beginning of a word that completion goes on from.
struct TypedWord {
  /// The quote it begins with, nil for a bare word.
  let quote: Character?
  /// What is typed of it, without the quote.
  let content: String

  /// The word with the given spelling up to the cursor.
  init(_ spelling: String) {
    if let first = spelling.first, "'\"`".contains(first) {
      quote = first
      content = Self.unquoted(spelling[...], quote: first)
    } else {
      quote = nil
      content = spelling
    }
  }

  var isEmpty: Bool { content.isEmpty }

  /// The content of quoted text without its last quote, the doubled quotes made single.
  static func unquoted(_ spelling: Substring, quote: Character) -> String {
    var content = ""
    var isSecond = false
    for character in spelling.dropFirst() {
      isSecond = character == quote && !isSecond
      if !isSecond { content.append(character) }
    }
    return content
  }

  /// The text that a complete value spells, with or without quotes.
  static func content(of spelling: String) -> String {
    guard let first = spelling.first, first == "'" || first == "\"" else { return spelling }
    return unquoted(spelling.dropLast(), quote: first)
  }

  // MARK: Finding

  /// Whether a name begins as the word does, without regard to case; blanks, `_` and `-` are alike.
  func begins(_ name: String) -> Bool {
    content.isEmpty || Schema.folded(name).hasPrefix(Schema.folded(content))
  }

  /// Those suggestions that go on from the word: by their text first, then by their other names.
  func matching(_ suggestions: [Suggestion]) -> [Suggestion] {
    if content.isEmpty { return suggestions }
    let byText = suggestions.filter { begins(Self.bare($0.text)) }
    let byOther = suggestions.filter { suggestion in
      !begins(Self.bare(suggestion.text)) && suggestion.otherNames.contains(where: begins)
    }
    return byText + byOther
  }

  private static func bare(_ text: String) -> String {
    guard let first = text.first, "'\"`".contains(first) else { return text }
    // A folder is left open: it has no quote at its end.
    return unquoted(text.last == first ? text.dropLast() : text[...], quote: first)
  }

  // MARK: Spelling

  /// A name as it is written behind what is typed; nil where text is being quoted.
  func spelling(ofName name: String) -> String? {
    switch quote {
    case nil: Self.spelling(ofName: name)
    case "`"?: Self.quoted(name, with: "`")
    default: nil
    }
  }

  /// A name as it is written: bare, or in backticks.
  static func spelling(ofName name: String) -> String {
    let range = SourceRange(0, 0)
    return Printer.print(.name(NameNode(text: name, range: range)))
  }

  /// Text as it is written behind what is typed: bare where a word may stand for it.
  ///
  /// Nil where a name is being quoted, and for text that no line can hold.
  func spelling(ofText text: String, isName: (String) -> Bool) -> String? {
    guard !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\0" }) else {
      return nil
    }
    switch quote {
    case nil:
      let isWord = Self.spelling(ofName: text) == text && !text.contains(".")
      let isBare = isWord && !Self.reserved.contains(text.lowercased()) && !isName(text)
      return isBare ? text : Self.quoted(text, with: "'")
    case "`"?: return nil
    case let quote?: return Self.quoted(text, with: quote)
    }
  }

  static func quoted(_ text: String, with quote: Character) -> String {
    var spelling = String(quote)
    for character in text {
      if character == quote { spelling.append(quote) }
      spelling.append(character)
    }
    spelling.append(quote)
    return spelling
  }

  /// The words that mean something else than their own text where a value stands.
  private static let reserved: Set<String> = [
    "today", "yesterday", "this", "last", "latest", "true", "false", "null", "missing",
  ]
}
