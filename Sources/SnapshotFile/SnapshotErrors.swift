import Diagnostics
import Glibc

/// The wording of everything that stops a save or refuses a snapshot, in one place.
enum SnapshotErrors {
  static func cannotOpen(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
      "snapshot-unreadable", "the snapshot \(quoted(path)) cannot be read: \(reason(code))")
  }

  static func notASnapshot(_ path: String) -> Diagnostic {
    Diagnostic("not-a-snapshot", "the file \(quoted(path)) is no snapshot of DeskQL")
  }

  static func otherVersion(_ path: String, _ version: UInt32) -> Diagnostic {
    Diagnostic(
      "snapshot-version",
      "the snapshot \(quoted(path)) has format \(version); this program reads format "
        + "\(SnapshotFormat.version)",
      help: "load the original files and save them again")
  }

  static func damaged(_ path: String, _ what: String) -> Diagnostic {
    Diagnostic(
      "snapshot-damaged", damage(path, what),
      help: "load the original files and save them again")
  }

  /// What is wrong with a snapshot, for errors found while it is used.
  static func damage(_ path: String, _ what: String) -> String {
    "the snapshot \(quoted(path)) is damaged: \(what)"
  }

  static func cannotSave(_ path: String, _ code: Int32) -> Diagnostic {
    Diagnostic(
      "cannot-save", "the snapshot \(quoted(path)) could not be written: \(reason(code))",
      help: code == ENOSPC || code == EDQUOT ? "make room, or save somewhere else" : nil)
  }

  static func wouldOverwrite(_ path: String) -> Diagnostic {
    Diagnostic(
      "would-overwrite",
      "\(quoted(path)) exists and is no snapshot of DeskQL, so it is left as it is",
      help: "save under another name, such as 'desk.deskdb'")
  }

  static func cancelled() -> Diagnostic { Diagnostic("cancelled", "the save was stopped") }

  private static func quoted(_ path: String) -> String {
    "'\(DisplayText.end(of: DisplayText.escaped(path), toBytes: 150))'"
  }

  private static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
