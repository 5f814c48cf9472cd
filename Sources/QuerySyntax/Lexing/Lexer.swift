import Diagnostics

/// Cuts a text into tokens in one pass, in time linear in its length.
public struct Lexer {
  let source: SourceText
  var position = 0
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  private var isAtLineStart = true
  private let keepsComments: Bool

  /// The largest text that is read, in bytes.
  public static let byteLimit = 1 << 28
  /// The number of errors after which a text is not searched for more.
  static let errorLimit = 100

  private init(_ source: SourceText, keepsComments: Bool) {
    self.source = source
    self.keepsComments = keepsComments
  }

  /// The tokens of a text; comments only where they are asked for.
  public static func tokens(
    of source: SourceText, keepingComments keepsComments: Bool = false
  ) -> TokenStream {
    var lexer = Lexer(source, keepsComments: keepsComments)
    if source.bytes.count > byteLimit {
      lexer.report("text-too-long", "the text is longer than 256 MB", at: SourceRange(0, 0))
    } else {
      lexer.run()
    }
    lexer.append(.end, from: lexer.position)
    return TokenStream(tokens: lexer.tokens, diagnostics: lexer.diagnostics)
  }

  /// The byte at a distance from the position, 0 behind the end.
  func byte(_ distance: Int = 0) -> UInt8 {
    let index = position &+ distance
    return index < source.bytes.count ? source.bytes[index] : 0
  }

  /// Adds a token that reaches from an offset to the position.
  mutating func append(_ kind: Token.Kind, from lower: Int) {
    tokens.append(
      Token(kind: kind, startsLine: isAtLineStart, range: SourceRange(lower, position)))
    isAtLineStart = false
  }

  /// Adds an error, up to the limit.
  mutating func report(
    _ code: String, _ message: String, at range: SourceRange, help: String? = nil
  ) {
    guard diagnostics.count < Self.errorLimit else { return }
    diagnostics.append(Diagnostic(code, message, at: range, help: help))
  }

  private mutating func run() {
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < source.bytes.count {
      switch byte() {
      case 0x0A, 0x0D:
        isAtLineStart = true
        position += 1
      case 0x20, 0x09, 0x0C:
        position += 1
      case UInt8(ascii: "-") where byte(1) == UInt8(ascii: "-"), UInt8(ascii: "#"):
        readComment()
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        readQuoted(.text, what: "text")
      case UInt8(ascii: "`"):
        readQuoted(.quotedName, what: "name")
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        readNumber()
      case UInt8(ascii: ".") where byte(1).isDigit:
        readNumber()
      case UInt8(ascii: "$"):
        readParameter()
      case let first where first.isLetter:
        readWord()
      case 0x80...:
        readForeign()
      default:
        readSymbol()
      }
    }
  }

  private mutating func readComment() {
    let start = position
    while position < source.bytes.count, byte() != 0x0A, byte() != 0x0D { position += 1 }
    if keepsComments { append(.comment, from: start) }
  }

  private mutating func readSymbol() {
    let start = position
    if let (symbol, length) = symbol() {
      position += length
      append(.symbol(symbol), from: start)
    } else {
      readStray()
    }
  }

  /// The symbol at the position with the length of its spelling.
  private func symbol() -> (Symbol, Int)? {
    switch (byte(), byte(1)) {
    case (UInt8(ascii: "="), UInt8(ascii: "=")): (.equal, 2)
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): (.notEqual, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): (.notEqual, 2)
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): (.lessOrEqual, 2)
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): (.greaterOrEqual, 2)
    case (UInt8(ascii: "."), UInt8(ascii: ".")): (.span, 2)
    case (UInt8(ascii: "="), _): (.equal, 1)
    case (UInt8(ascii: "<"), _): (.less, 1)
    case (UInt8(ascii: ">"), _): (.greater, 1)
    case (UInt8(ascii: "+"), _): (.plus, 1)
    case (UInt8(ascii: "-"), _): (.minus, 1)
    case (UInt8(ascii: "*"), _): (.star, 1)
    case (UInt8(ascii: "/"), _): (.slash, 1)
    case (UInt8(ascii: "("), _): (.leftBracket, 1)
    case (UInt8(ascii: ")"), _): (.rightBracket, 1)
    case (UInt8(ascii: ","), _): (.comma, 1)
    case (UInt8(ascii: ";"), _): (.semicolon, 1)
    default: nil
    }
  }
}

extension UInt8 {
  /// `0` to `9`.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// An ASCII letter or `_`.
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A || self == 0x5F }
}
