import Diagnostics

/// One word, literal or sign of a text, with its place.
///
/// It holds no value: the parser reads that from the text, so that a script of millions of tokens
/// stays small.
public struct Token: Hashable, Sendable {
  /// What a token is.
  public enum Kind: Hashable, Sendable {
    /// A bare word, and the keyword it may be where a keyword is expected.
    case word(Keyword?)
    /// A name in backticks.
    case quotedName
    /// Text in quotes.
    case text
    /// `42`, `1_000`, `2.5`, `1e6`
    case number
    /// `80%`
    case percent
    /// `1h30m`
    case duration
    /// `2024-Q1`, `2024-03-15T10:30`
    case period
    /// `09:30`, in opening hours.
    case timeOfDay
    /// `$month`
    case parameter
    /// An operator, bracket or comma.
    case symbol(Symbol)
    /// `-- …` or `# …`, only in a stream that keeps comments.
    case comment
    /// Bytes that are no token; the lexer has reported them.
    case invalid
    /// The end of the text.
    case end
  }

  /// What it is.
  public let kind: Kind
  /// Whether it is the first token of its line.
  public let startsLine: Bool
  // 32 bits each: `Lexer.byteLimit` keeps texts below 4 GB.
  private let lower: UInt32
  private let upper: UInt32

  init(kind: Kind, startsLine: Bool, range: SourceRange) {
    self.kind = kind
    self.startsLine = startsLine
    lower = UInt32(truncatingIfNeeded: range.lower)
    upper = UInt32(truncatingIfNeeded: range.upper)
  }

  /// Where it stands.
  public var range: SourceRange { SourceRange(Int(lower), Int(upper)) }

  /// The keyword, where it is a bare word that may be one.
  public var keyword: Keyword? {
    if case .word(let keyword) = kind { return keyword }
    return nil
  }

  /// The symbol, where it is one.
  public var symbol: Symbol? {
    if case .symbol(let symbol) = kind { return symbol }
    return nil
  }

  /// Whether it is a bare word.
  public var isWord: Bool {
    if case .word = kind { return true }
    return false
  }

  /// Whether it may be a name: a bare word or a name in backticks.
  public var isName: Bool { isWord || kind == .quotedName }
}

/// The operators, brackets and separators, in their canonical spelling.
public enum Symbol: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case leftBracket = "("
  case rightBracket = ")"
  case comma = ","
  case semicolon = ";"
  case span = ".."

  /// The comparison it stands for.
  var comparison: ComparisonOperator? { ComparisonOperator(rawValue: rawValue) }

  /// Whether an operand must follow, so that a line which ends with it goes on.
  var needsOperand: Bool {
    switch self {
    case .rightBracket, .semicolon: false
    default: true
    }
  }
}

/// The tokens of a text and what was wrong with it.
public struct TokenStream: Sendable {
  /// The tokens in order, the last one always `.end`.
  public let tokens: [Token]
  /// The errors found while reading them.
  public let diagnostics: [Diagnostic]
}
