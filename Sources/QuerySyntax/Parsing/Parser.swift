import Diagnostics

/// Reads texts of the language into trees by recursive descent.
///
/// It never stops at an error: it reports it, goes on at the next clause or statement, and so finds
/// every error of a text in one run. Time and memory are linear in the text; nesting is limited.
///
/// A class, since a structure of this size would be copied to the stack at many of its own calls,
/// and brackets nest deeply.
public final class Parser {
  let source: SourceText
  let tokens: [Token]
  let isCatalog: Bool
  let unclosedBrackets: Set<Int>
  /// The token to read next.
  var index = 0
  /// The index of the first token of the statement.
  var begin = 0
  /// The index behind the last token of the statement.
  var end = 0
  /// The brackets, prefixes and operands that are open around the place.
  var depth = 0
  /// The operators of arithmetic since the last condition outside brackets.
  var arithmeticCount = 0
  /// Whether `in PERIOD` may begin the clause here, which it cannot in brackets.
  var allowsClauses = false
  /// Whether the place is the right side of a comparison, where `today` is a period.
  var isRightSide = false
  /// The last bracketed expression, by the indices of its first token and behind its last one.
  var lastBracketed = 0..<0
  var diagnostics: [Diagnostic] = []

  /// The deepest nesting of brackets and prefixes.
  static let depthLimit = 200
  /// The most operators of arithmetic in one expression.
  static let arithmeticLimit = 1000

  private init(_ source: SourceText, isCatalog: Bool, _ tokens: [Token], _ unclosed: Set<Int>) {
    self.source = source
    self.isCatalog = isCatalog
    self.tokens = tokens
    unclosedBrackets = unclosed
  }

  /// Reads a script.
  public static func parse(_ text: SourceText) -> Script {
    parse(text, isCatalog: false)
  }

  /// Reads a catalog of measures: a script that may hold `measure` statements too.
  public static func parseCatalog(_ text: SourceText) -> Script {
    parse(text, isCatalog: true)
  }

  /// Whether a text is the beginning of a statement, so that a REPL asks for another line: a
  /// bracket is open, or it ends with a comma or an operator.
  ///
  /// An open quote is no reason to wait, since text ends on its line.
  public static func isIncomplete(_ text: String) -> Bool {
    let tokens = Lexer.tokens(of: SourceText(text)).tokens
    let segmenter = StatementSegmenter(tokens, isCatalog: false)
    let statement = tokens.dropLast().split { $0.symbol == .semicolon }.last ?? []
    let endsOpen = tokens.dropLast().last?.symbol != .semicolon && segmenter.expectsMore(statement)
    return endsOpen || !segmenter.openBrackets.isEmpty
  }

  private static func parse(_ text: SourceText, isCatalog: Bool) -> Script {
    let stream = Lexer.tokens(of: text)
    let segmenter = StatementSegmenter(stream.tokens, isCatalog: isCatalog)
    let parser = Parser(
      text, isCatalog: isCatalog, stream.tokens, segmenter.unclosedBrackets)
    parser.diagnostics = stream.diagnostics
    parser.reportUnclosedBrackets()
    var statements: [Statement] = []
    for segment in segmenter.segments {
      guard parser.diagnostics.count < Lexer.errorLimit else { break }
      parser.move(to: segment)
      if let statement = parser.parseStatement() { statements.append(statement) }
    }
    let diagnostics = parser.diagnostics.sorted {
      ($0.range?.lower ?? 0) < ($1.range?.lower ?? 0)
    }
    return Script(statements: statements, diagnostics: diagnostics)
  }

  private func move(to segment: Range<Int>) {
    index = segment.lowerBound
    begin = segment.lowerBound
    end = segment.upperBound
    depth = 0
    arithmeticCount = 0
    allowsClauses = false
    isRightSide = false
  }

  private func reportUnclosedBrackets() {
    for index in unclosedBrackets.sorted().prefix(Lexer.errorLimit) {
      diagnostics.append(
        Diagnostic(
          "unclosed-bracket", "this bracket is never closed", at: tokens[index].range,
          help: "close it with )"))
    }
  }
}
