import Diagnostics

/// What a file's first bytes say it is, where that is no delimited text in UTF-8.
enum FileKind {
  /// Refuses bytes that belong to another kind of file, by its name.
  static func check(_ head: UnsafeBufferPointer<UInt8>, path: String) throws(Diagnostic) {
    for kind in signatures where head.starts(with: kind.bytes) {
      throw LoadErrors.otherKind(path, kind: kind.name, help: kind.help)
    }
  }

  /// A remark where text looks like another format; its first line would make one odd column.
  static func remark(_ head: UnsafeBufferPointer<UInt8>) -> String? {
    var rest = head[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    rest = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    guard let first = rest.first else { return nil }
    let second = rest.dropFirst().first ?? 0
    if first == UInt8(ascii: "<") { return "the file looks like HTML or XML, not CSV" }
    let isObject = first == UInt8(ascii: "{") && second != UInt8(ascii: ",")
    let isList = first == UInt8(ascii: "[") && second == UInt8(ascii: "{")
    return isObject || isList ? "the file looks like JSON, not CSV" : nil
  }

  private static let signatures: [(bytes: [UInt8], name: String, help: String)] = [
    ([0x1F, 0x8B], "gzip data", "unpack it first, with gunzip"),
    ([0x50, 0x4B, 0x03, 0x04], "a zip or Excel file", "save it as CSV, or unzip it first"),
    ([0x28, 0xB5, 0x2F, 0xFD], "zstd data", "unpack it first, with unzstd"),
    ([0x42, 0x5A, 0x68], "bzip2 data", "unpack it first, with bunzip2"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz data", "unpack it first, with unxz"),
    ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel file", "save it as CSV"),
    (Array("SQLite format 3".utf8), "an SQLite database", "export the table as CSV"),
    (Array("PAR1".utf8), "a Parquet file", "export it as CSV"),
    ([0xFF, 0xFE, 0x00, 0x00], "text in UTF-32", "save it as UTF-8"),
    ([0x00, 0x00, 0xFE, 0xFF], "text in UTF-32", "save it as UTF-8"),
    ([0xFF, 0xFE], "text in UTF-16", "save it as UTF-8"),
    ([0xFE, 0xFF], "text in UTF-16", "save it as UTF-8"),
  ]
}
