import Diagnostics
import Glibc

/// The wording of everything that stops a load, in one place.
enum LoadErrors {
  static func cancelled() -> Diagnostic { Diagnostic("cancelled", "the load was stopped") }

  static func cannotOpen(_ path: String, _ reason: Int32) -> Diagnostic {
    let file = SafeText.path(path)
    switch reason {
    case ENOENT:
      return Diagnostic("file-not-found", "there is no file \(file)", help: "check the path")
    case EACCES, EPERM:
      return Diagnostic(
        "file-not-readable", "the file \(file) may not be read", help: "check its permissions")
    default:
      return Diagnostic(
        "file-not-readable", "the file \(file) cannot be opened: \(SafeText.system(reason))")
    }
  }

  static func isDirectory(_ path: String) -> Diagnostic {
    Diagnostic(
      "file-is-directory", "\(SafeText.path(path)) is a directory", help: "name a file in it")
  }

  static func cannotRead(_ path: String, _ reason: Int32) -> Diagnostic {
    Diagnostic(
      "file-not-readable", "reading \(SafeText.path(path)) failed: \(SafeText.system(reason))")
  }

  static func changedWhileReading(_ path: String, at offset: Int, size: Int) -> Diagnostic {
    Diagnostic(
      "file-changed",
      "the file \(SafeText.path(path)) changed while it was read: "
        + "it ended at byte \(offset) of \(size)", help: "load it again once it is complete")
  }

  static func noMemory(_ path: String) -> Diagnostic {
    Diagnostic("memory", "there is no memory left to read \(SafeText.path(path))")
  }

  static func tooLargeForMemory(_ path: String, limit: Int) -> Diagnostic {
    Diagnostic(
      "limit",
      "\(SafeText.path(path)) holds more than \(limit >> 20) MiB, the most that is read from a pipe",
      help: "save it as a file and load that")
  }

  static func otherKind(_ path: String, kind: String, help: String) -> Diagnostic {
    Diagnostic("other-format", "the file \(SafeText.path(path)) is \(kind)", help: help)
  }

  static func noHeader(_ path: String) -> Diagnostic {
    Diagnostic(
      "no-header", "the file \(SafeText.path(path)) is empty: it has no header",
      help: "the first line must name the columns")
  }

  static func tooManyColumns(_ path: String, _ count: Int, limit: Int) -> Diagnostic {
    Diagnostic(
      "limit", "the file \(SafeText.path(path)) has \(count) columns; the limit is \(limit)")
  }

  static func ragged(_ place: Place, got: Int, expected: Int) -> Diagnostic {
    Diagnostic(
      "ragged", "\(place) has \(got) \(got == 1 ? "field" : "fields"), the header has \(expected)",
      help: got > expected
        ? "quote a field that holds the delimiter"
        : "complete the record; a line that is none, such as a footer, has to go")
  }

  static func unterminatedQuote(_ place: Place) -> Diagnostic {
    Diagnostic(
      "unterminated-quote", "\(place): the quote that opens here is never closed",
      help: "close it, or double a quote that belongs to the text")
  }

  static func textAfterQuote(_ place: Place) -> Diagnostic {
    Diagnostic(
      "text-after-closing-quote", "\(place): there is text behind a closing quote",
      help: "double a quote that belongs to the text")
  }

  static func recordTooLong(_ place: Place, limit: Int) -> Diagnostic {
    Diagnostic(
      "limit", "\(place) is longer than \(limit >> 20) MiB, the limit of one record",
      help: "look for a quote that is never closed")
  }

  static func nul(_ place: Place) -> Diagnostic {
    Diagnostic(
      "nul-byte", "\(place): there is a zero byte, which no text holds",
      help: "save the file as UTF-8 text; UTF-16 is read with (encoding = 'utf-16le')")
  }

  static func notUTF8(_ place: Place) -> Diagnostic {
    Diagnostic(
      "not-utf8", "\(place): the text is not UTF-8", help: "with (encoding = 'windows-1252')")
  }

  static func strayQuote(_ place: Place) -> Diagnostic {
    Diagnostic(
      "quote-in-unquoted-field", "\(place): there is a quote inside a field without quotes",
      help: "quote the field and double the quote")
  }

  static func valueSetAside(_ problem: LoadProblem) -> Diagnostic {
    Diagnostic(
      "value",
      "\(SafeText.path(problem.file)), record \(problem.record), line \(problem.line): "
        + "\(SafeText.quoted(problem.text)) in '\(problem.column)' \(problem.reason)",
      help: "mend the value, or load without strict")
  }

  static func unknownHeader(_ header: String, path: String, headers: [String]) -> Diagnostic {
    let names = headers.prefix(20).map { SafeText.quoted($0) }.joined(separator: ", ")
    return Diagnostic(
      "unknown-column",
      "the file \(SafeText.path(path)) has no column \(SafeText.quoted(header))",
      notes: ["it has \(SafeText.cut(names, 400))"],
      help: "write the header as it stands in the file")
  }

  /// A place in a file, as errors name it.
  struct Place: CustomStringConvertible {
    var path: String
    var record: Int
    var line: Int
    var byte: Int
    /// Whether the byte is one of the unpacked or decoded text.
    var isOfText = false
    var description: String {
      "\(SafeText.path(path)), record \(record), line \(line), byte \(byte)"
        + (isOfText ? " of its text" : "")
    }
  }
}

/// Text from files as messages may show it: short, and without control characters.
enum SafeText {
  static func quoted(_ text: String) -> String { "'\(cut(text, 60))'" }

  /// A path; of a very long one the end, which holds the file's name.
  static func path(_ path: String) -> String {
    "'\(DisplayText.end(of: DisplayText.escaped(path), toBytes: 150))'"
  }

  static func cut(_ text: String, _ limit: Int) -> String {
    var shown = ""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == limit { return shown + "…" }
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200B..<0x2010, 0x2028..<0x202F, 0x2066..<0x206A, 0xFEFF:
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? "(no UTF-8)"
  }

  static func string(_ bytes: [UInt8]) -> String { string(bytes[...]) }

  static func string(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { string($0) }
  }

  static func system(_ reason: Int32) -> String {
    strerror(reason).map { String(cString: $0) } ?? "error \(reason)"
  }
}
