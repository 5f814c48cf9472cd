extension Diagnostic {
  /// The diagnostic as one JSON object: severity, code, message, file, the range with its lines
  /// and columns from 1 and its UTF-8 offsets from 0, notes and hints.
  func json(in source: SourceText?) -> JSONValue {
    .object([
      ("severity", .text(severity.rawValue)), ("code", .text(code)), ("message", .text(message)),
      ("file", .optional(source?.name ?? file)), ("range", Self.json(range, in: source)),
      ("notes", .texts(notes)), ("hints", .texts(help.map { [$0] } ?? [])),
    ])
  }

  private static func json(_ range: SourceRange?, in source: SourceText?) -> JSONValue {
    guard let range, let source else { return .null }
    return .object([
      ("start", json(range.lower, in: source)), ("end", json(range.upper, in: source)),
    ])
  }

  private static func json(_ offset: Int, in source: SourceText) -> JSONValue {
    let place = source.location(at: offset)
    return .object([
      ("line", .integer(place.line)), ("column", .integer(place.column)),
      ("offset", .integer(offset)),
    ])
  }
}
