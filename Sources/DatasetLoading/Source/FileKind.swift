import Diagnostics

/// What a file's first bytes say it is.
enum FileKind {
  /// Refuses bytes that belong to a kind of file that is not read, by its name.
  static func check(_ head: [UInt8], path: String) throws(Diagnostic) {
    for kind in signatures where head.starts(with: kind.bytes) {
      throw LoadErrors.otherKind(path, kind: kind.name, help: kind.help)
    }
  }

  /// Whether it is an SQLite database.
  static func isSQLite(_ head: [UInt8]) -> Bool {
    head.starts(with: Array("SQLite format 3\0".utf8))
  }

  /// Whether it is a zip archive, as workbooks of Excel are.
  static func isZip(_ head: [UInt8]) -> Bool {
    head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// Whether it is JSON: an object with a key, an array of objects, or one of these begun.
  static func isJSON(_ head: [UInt8]) -> Bool {
    var rest = text(head)
    guard let first = rest.popFirst() else { return false }
    let second = rest.first { !isBlank($0) }
    if first == UInt8(ascii: "{") {
      return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}")
    }
    guard first == UInt8(ascii: "["), let second else { return false }
    if second == UInt8(ascii: "{") || second == UInt8(ascii: "]") { return true }
    return isList(rest.drop(while: isBlank))
  }

  /// Whether text behind a bracket goes on as a JSON list of lists, texts or numbers, which is
  /// refused as such; `[2024-01-01] x` and the fields `[1],[2]` are none.
  private static func isList(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    guard let first = rest.popFirst() else { return false }
    switch first {
    case UInt8(ascii: "["): return true
    case UInt8(ascii: "\""): rest = rest.drop { $0 != UInt8(ascii: "\"") }.dropFirst()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      rest = rest.drop { $0 == UInt8(ascii: ".") || ($0 >= 0x30 && $0 <= 0x39) }
    default: return false
    }
    rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    guard rest.first == UInt8(ascii: "]") else {
      return rest.first == UInt8(ascii: ",") || rest.first == 0x0A || rest.first == 0x0D
    }
    let behind = rest.dropFirst().first { $0 != 0x20 && $0 != 0x09 }
    return behind == nil || behind == 0x0A || behind == 0x0D
  }

  /// A remark where text looks like another format; its first line would make one odd column.
  static func remark(_ head: [UInt8]) -> String? {
    var rest = text(head)
    guard let first = rest.popFirst() else { return nil }
    if first == UInt8(ascii: "<") { return "the file looks like HTML or XML, not CSV" }
    let isObject = first == UInt8(ascii: "{") && rest.first != UInt8(ascii: ",")
    let isList = first == UInt8(ascii: "[") && rest.first == UInt8(ascii: "{")
    return isObject || isList ? "the file looks like JSON, not CSV" : nil
  }

  private static func text(_ head: [UInt8]) -> ArraySlice<UInt8> {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return head[start...].drop(while: isBlank)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static let signatures: [(bytes: [UInt8], name: String, help: String)] = [
    ([0x42, 0x5A, 0x68], "bzip2 data", "unpack it first, with bunzip2"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz data", "unpack it first, with unxz"),
    (
      [0xD0, 0xCF, 0x11, 0xE0], "an old Excel file (.xls) or one with a password",
      "save it as .xlsx without a password, or as CSV"
    ),
    (Array("PAR1".utf8), "a Parquet file", "export it as CSV"),
    (Array("%PDF".utf8), "a PDF file", "export the table as CSV"),
    ([0x89, 0x50, 0x4E, 0x47], "a PNG picture", "export the table as CSV"),
    ([0xFF, 0xD8, 0xFF], "a JPEG picture", "export the table as CSV"),
    (Array("GIF8".utf8), "a GIF picture", "export the table as CSV"),
    ([0xFF, 0xFE, 0x00, 0x00], "text in UTF-32", "save it as UTF-8"),
    ([0x00, 0x00, 0xFE, 0xFF], "text in UTF-32", "save it as UTF-8"),
  ]
}
