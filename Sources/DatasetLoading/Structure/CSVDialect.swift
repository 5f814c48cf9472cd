/// How the scan of chunks reads a delimited text.
struct CSVDialect: Sendable {
  var delimiter: UInt8
  var quote = UInt8(ascii: "\"")
}

/// How a file writes its fields; what the scan of chunks does not read is rewritten first.
struct WrittenDialect: Hashable, Sendable {
  /// The bytes between two fields.
  var delimiter: [UInt8]
  var quote = UInt8(ascii: "\"")
  /// Whether a backslash takes the meaning from a quote or delimiter behind it.
  var hasBackslashes = false

  init(_ delimiter: [UInt8], quote: UInt8 = UInt8(ascii: "\""), hasBackslashes: Bool = false) {
    self.delimiter = delimiter
    self.quote = quote
    self.hasBackslashes = hasBackslashes
  }

  /// One with a delimiter of ASCII characters.
  init(_ delimiter: String) { self.init(Array(delimiter.utf8)) }

  /// The delimiters that are told apart in any file, the likeliest first.
  static let common: [WrittenDialect] = [
    WrittenDialect(","), WrittenDialect(";"), WrittenDialect("\t"), WrittenDialect("|"),
  ]

  /// Those that are tried where none of the common ones divides a file into equal records.
  static let rare: [WrittenDialect] = [
    WrittenDialect(", "), WrittenDialect("; "), WrittenDialect(" | "), WrittenDialect(",\t"),
    WrittenDialect("||"), WrittenDialect("::"), WrittenDialect(";;"), WrittenDialect("\t\t"),
    WrittenDialect([0x1F]), WrittenDialect([0x01]), WrittenDialect("^"), WrittenDialect("~"),
    WrittenDialect("¦"), WrittenDialect("§"), WrittenDialect(" "), WrittenDialect("#"),
    WrittenDialect("&"), WrittenDialect(":"), WrittenDialect("/"), WrittenDialect("=>"),
  ]

  /// Whether the scan of chunks reads it as it stands.
  var isPlain: Bool { delimiter.count == 1 && quote == 0x22 && !hasBackslashes }

  /// Whether words and numbers hold the delimiter too, so that only many records tell.
  var isRisky: Bool {
    delimiter.count == 1 && [0x20, 0x23, 0x26, 0x3A, 0x2F].contains(delimiter[0])
  }

  /// The delimiter as messages write it.
  var delimiterName: String {
    switch delimiter {
    case [0x09]: "a tab"
    case [0x20]: "a space"
    default: SafeText.quoted(SafeText.string(delimiter))
    }
  }

  /// The dialect in words.
  var words: String {
    var text = "fields are separated by \(delimiterName)"
    if quote != 0x22 { text += ", quoted with \(Unicode.Scalar(quote))" }
    if hasBackslashes { text += ", with a backslash before quotes" }
    return text
  }
}
