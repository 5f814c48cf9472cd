import Diagnostics

extension Printer {
  /// The text of a script in canonical form, its comments and single blank lines kept; statements
  /// longer than 100 columns have a line for each clause.
  ///
  /// Throws the first error of a script that cannot be read.
  public static func format(_ text: SourceText) throws(Diagnostic) -> String {
    let script = Parser.parse(text)
    if let error = script.diagnostics.first { throw error }
    let comments = Lexer.tokens(of: text, keepingComments: true).tokens.filter {
      $0.kind == .comment
    }
    var layout = ScriptLayout(text)
    var next = 0
    for statement in script.statements {
      while next < comments.count, comments[next].range.lower < statement.range.upper {
        layout.addComment(comments[next], before: statement.range)
        next += 1
      }
      layout.add(format(statement, in: text), statement.range)
    }
    for comment in comments[next...] { layout.addComment(comment, before: nil) }
    return layout.output.isEmpty ? "" : layout.output + "\n"
  }

  private static func format(_ statement: Statement, in text: SourceText) -> String {
    if case .unavailable = statement.kind { return text.text(of: statement.range) }
    let line = print(statement)
    if line.count <= 100 { return line }
    var printer = Printer(breaksLines: true)
    printer.write(statement.kind)
    return printer.output
  }
}

/// Puts statements and comments below each other as they stood in the source.
private struct ScriptLayout {
  private let source: SourceText
  private(set) var output = ""
  /// The end of what was added last.
  private var place = 0

  init(_ source: SourceText) {
    self.source = source
  }

  /// Adds a statement.
  mutating func add(_ text: String, _ range: SourceRange) {
    separate(upTo: range.lower)
    output += text
    place = max(place, range.upper)
  }

  /// Adds a comment: behind the statement whose last line it shares, else on its own line; one
  /// from the inside of a statement stands before it.
  mutating func addComment(_ token: Token, before statement: SourceRange?) {
    var lines = source.text(of: token.range)
    while lines.last?.isWhitespace == true { lines.removeLast() }
    let isInside = statement.map { token.range.lower > $0.lower } ?? false
    if let statement, isInside {
      separate(upTo: statement.lower)
      output += lines
      // What follows is the statement itself: no blank line comes between.
      place = max(place, statement.lower)
      return
    }
    if !token.startsLine, !output.isEmpty, newlines(upTo: token.range.lower) == 0 {
      output += "  " + lines
    } else {
      separate(upTo: token.range.lower)
      output += lines
    }
    place = token.range.upper
  }

  private mutating func separate(upTo offset: Int) {
    guard !output.isEmpty else { return }
    output += newlines(upTo: offset) > 1 ? "\n\n" : "\n"
  }

  private func newlines(upTo offset: Int) -> Int {
    guard place < offset else { return 0 }
    return source.bytes[place..<offset].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 }
  }
}
