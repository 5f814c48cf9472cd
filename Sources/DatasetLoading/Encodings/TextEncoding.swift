import Diagnostics

/// How the characters of a text are written as bytes.
enum TextEncoding: Sendable {
  case utf8
  case utf16(isLittleEndian: Bool)
  case singleByte(SingleByteEncoding)

  /// The encoding of a name, as `with (encoding = '…')` takes it; nil for names nobody knows.
  init?(named name: String) {
    var key = name.lowercased().filter { $0 != " " && $0 != "_" }
    if let alias = TextEncoding.aliases[key] { key = alias }
    switch key {
    case "utf-8": self = .utf8
    case "utf-16", "utf-16le": self = .utf16(isLittleEndian: true)
    case "utf-16be": self = .utf16(isLittleEndian: false)
    case "latin-1": self = .singleByte(.latin1)
    default:
      guard let table = SingleByteEncoding(named: key) else { return nil }
      self = .singleByte(table)
    }
  }

  /// Whether nothing needs to be decoded.
  var isUTF8: Bool {
    if case .utf8 = self { return true }
    return false
  }

  /// The encoding's name, for messages.
  var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16: "UTF-16"
    case .singleByte(let table): table.name
    }
  }

  /// The names that are taken.
  static let names =
    ["utf-8", "utf-16le", "utf-16be", "latin-1"]
    + SingleByteEncoding.names

  private static let aliases = [
    "utf8": "utf-8", "utf-8-sig": "utf-8", "utf16": "utf-16", "utf16le": "utf-16le",
    "utf16be": "utf-16be", "unicode": "utf-16", "latin1": "latin-1", "iso-8859-1": "latin-1",
    "iso8859-1": "latin-1", "iso-8859-2": "iso-8859-2", "latin-2": "iso-8859-2",
    "latin-5": "iso-8859-9", "latin-9": "iso-8859-15", "iso8859-9": "iso-8859-9",
    "iso8859-15": "iso-8859-15", "cp1250": "windows-1250", "cp1251": "windows-1251",
    "cp1252": "windows-1252", "cp1253": "windows-1253", "cp1254": "windows-1254",
    "ansi": "windows-1252",
  ]

  /// What the mark at a text's start says, with the length of the mark.
  static func marked(_ head: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    // The mark of UTF-32 begins like that of UTF-16.
    if head.starts(with: [0xFF, 0xFE, 0, 0]) { return nil }
    if head.starts(with: [0xFF, 0xFE]) { return (.utf16(isLittleEndian: true), 2) }
    if head.starts(with: [0xFE, 0xFF]) { return (.utf16(isLittleEndian: false), 2) }
    return nil
  }
}
