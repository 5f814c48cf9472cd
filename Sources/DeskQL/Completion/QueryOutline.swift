import QuerySyntax

/// What the statement around the cursor says so far, as far as it decides what names mean.
struct QueryOutline {
  /// One item of the query.
  struct Item {
    /// The bare words and names in it.
    var names: [String]
    /// What its column is called, as it can be written behind `order by`.
    var title: String
  }

  var isList = false
  /// The clauses that the statement may have.
  var allowedClauses = Set(Keyword.clauseWords)
  var items: [Item] = []
  /// The item whose own condition holds the cursor.
  var focus: Int?
  var keys: [String] = []
  /// The dataset behind `from`.
  var dataset: String?
  /// The column behind `on`.
  var clock: String?
  var clauses: Set<Keyword> = []
  var options: Set<Keyword> = []

  /// The names that tell which datasets are at hand.
  var namesAtHand: [String] {
    if let focus, items.indices.contains(focus) { return items[focus].names }
    return items.flatMap(\.names)
  }

  /// Takes in what the statement says behind the cursor: its clauses and its dataset.
  mutating func add(_ tokens: [Token], in source: SourceText) {
    var depth = 0
    for (index, token) in tokens.enumerated() {
      if token.symbol == .leftBracket { depth += 1 }
      if token.symbol == .rightBracket { depth -= 1 }
      guard depth <= 0, let word = token.keyword, word.startsClause else { continue }
      clauses.insert(word.canonicalClause)
      guard word == .from, index + 1 < tokens.count, tokens[index + 1].isName else { continue }
      dataset = dataset ?? tokens[index + 1].name(in: source)
    }
  }
}

extension Keyword {
  /// The clause that a word begins, where several words begin the same one.
  var canonicalClause: Keyword {
    switch self {
    case .group: .by
    case .sort: .order
    case .bottom: .top
    default: self
    }
  }
}

extension Token {
  /// The name that a word or a name in backticks spells.
  func name(in source: SourceText) -> String {
    let text = source.text(of: range)
    guard kind == .quotedName else { return text }
    return TypedWord.unquoted(text.dropLast(), quote: "`")
  }
}
