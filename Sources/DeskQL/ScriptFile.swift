import Diagnostics
import Glibc

/// Script files, read whole.
public enum ScriptFile {
  /// The text of the file; `-` is standard input.
  ///
  /// - Parameter isStopped: asked while nothing comes, as from a pipe; the reading ends with the
  ///   error `cancelled` where it is true.
  public static func read(
    _ path: String, isStopped: () -> Bool = { false }
  ) throws(Diagnostic) -> SourceText {
    if path == "-" { return try read(STDIN_FILENO, name: "standard input", isStopped) }
    // A pipe that nobody writes to is waited for below, where the waiting can be stopped.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    return try read(descriptor, name: path, isStopped)
  }

  private static func read(
    _ descriptor: Int32, name: String, _ isStopped: () -> Bool
  ) throws(Diagnostic) -> SourceText {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      if isStopped() { throw failure(name, EINTR) }
      // Waiting in short turns keeps the reading from being stuck while nothing comes.
      var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, 100) <= 0 { continue }
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw failure(name, errno)
      }
      bytes.append(contentsOf: piece[..<count])
      if bytes.count > byteLimit {
        throw Diagnostic(
          "script-too-long", "the script '\(name)' is longer than \(byteLimit >> 20) MiB",
          help: "give data files by their name alone: deskql DATA.csv")
      }
    }
    return SourceText(name: name, bytes: bytes)
  }

  private static func failure(_ name: String, _ code: Int32) -> Diagnostic {
    if code == EINTR { return Diagnostic("cancelled", "cancelled") }
    let reason = String(cString: strerror(code))
    return Diagnostic(
      "script-unreadable", "the script '\(name)' cannot be read: \(reason)", file: name)
  }

  private static let byteLimit = 64 << 20
}
