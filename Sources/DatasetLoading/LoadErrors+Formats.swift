import Diagnostics

/// The wording of what is wrong with packed, encoded and converted files.
extension LoadErrors {
  static func truncatedData(_ path: String, _ kind: String) -> Diagnostic {
    Diagnostic(
      "truncated", "the \(kind) in \(SafeText.path(path)) ends too early",
      help: "the file is not complete: copy or export it again")
  }

  static func damagedData(_ path: String, _ kind: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      "damaged",
      "the \(kind) in \(SafeText.path(path)) is damaged: \(SafeText.cut(reason, 100))",
      help: "copy or export the file again")
  }

  static func json(_ path: String, line: Int, byte: Int, _ what: String) -> Diagnostic {
    Diagnostic(
      "json", "\(SafeText.path(path)), line \(line), byte \(byte): \(what)",
      help: "the file must be JSON as RFC 8259 has it: export it again")
  }

  static func noRecords(_ path: String) -> Diagnostic {
    Diagnostic(
      "no-records", "the JSON file \(SafeText.path(path)) holds no objects to read as records",
      help: "it must be an array of objects, or have one object per line")
  }

  static func emptyList(_ path: String, _ key: String) -> Diagnostic {
    Diagnostic(
      "no-records",
      "the list \(SafeText.quoted(key)) of the JSON file \(SafeText.path(path)) is empty",
      help: "there are no records in it: leave the file out, or export it again")
  }

  static func noCharacter(_ path: String, byte: Int, _ what: String) -> Diagnostic {
    Diagnostic(
      "encoding",
      "\(SafeText.path(path)), byte \(byte): \(what) is no character in the encoding of the file",
      help: "name another one: with (encoding = '…')")
  }

  static func badOption(_ name: String, _ value: String, _ allowed: [String]) -> Diagnostic {
    Diagnostic(
      "load-option", "\(SafeText.quoted(value)) is no value of the option '\(name)'",
      help: "one of \(allowed.joined(separator: ", "))")
  }

  static func headerTooLong(_ path: String, limit: Int) -> Diagnostic {
    Diagnostic(
      "limit",
      "the header of \(SafeText.path(path)) is longer than \(limit >> 20) MiB",
      help: "look for a quote that is never closed")
  }

  static func noMatch(_ pattern: String) -> Diagnostic {
    Diagnostic(
      "file-not-found", "no file matches \(SafeText.path(pattern))", help: "check the path")
  }

  static func severalTables(_ path: String, _ names: [String]) -> Diagnostic {
    let list = names.prefix(20).map { SafeText.quoted($0) }.joined(separator: ", ")
    return Diagnostic(
      "several-tables", "the file \(SafeText.path(path)) holds several tables",
      notes: ["they are \(SafeText.cut(list, 400))"], help: "with (table = 'name') chooses one")
  }

  static func severalFiles(_ path: String, _ names: [String]) -> Diagnostic {
    let list = names.prefix(10).map { SafeText.quoted($0) }.joined(separator: ", ")
    return Diagnostic(
      "other-format",
      "\(SafeText.path(path)) is a zip archive of \(names.count) files and no Excel workbook",
      notes: names.isEmpty ? [] : ["they are \(SafeText.cut(list, 400))"],
      help: "unpack it first, and load its files")
  }

  static func encrypted(_ path: String) -> Diagnostic {
    otherKind(path, kind: "protected by a password", help: "save it without a password")
  }

  static func unpacksTooLarge(_ path: String, limit: Int) -> Diagnostic {
    Diagnostic(
      "limit", "\(SafeText.path(path)) unpacks to more than \(limit >> 20) MiB",
      help: "export fewer records at a time")
  }

  static func noTables(_ path: String) -> Diagnostic {
    Diagnostic(
      "no-table", "the database \(SafeText.path(path)) has no tables",
      help: "check that it is the right file")
  }

  static func unknownPart(
    _ path: String, _ kind: String, _ name: String, _ names: [String]
  ) -> Diagnostic {
    let list = names.prefix(20).map { SafeText.quoted($0) }.joined(separator: ", ")
    return Diagnostic(
      "unknown-\(kind)",
      "the file \(SafeText.path(path)) has no \(kind) \(SafeText.quoted(name))",
      notes: [names.isEmpty ? "it has none" : "it has \(SafeText.cut(list, 400))"],
      help: "write the name as it stands in the file")
  }

  static func packedArchive(_ path: String) -> Diagnostic {
    otherKind(path, kind: "a packed zip or Excel file", help: "unpack it first")
  }
}
