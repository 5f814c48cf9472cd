import Glibc

/// Text that may be taller than the screen: it is shown by the program that `PAGER` names, but only
/// once it does not fit.
final class Pager {
  private let command: String
  private let screen: TerminalScreen
  private let writer: OutputWriter
  /// What came before the screen was full.
  private var held: [UInt8] = []
  private var lineCount = 0
  /// The running program and the way to it.
  private var program: (stream: UnsafeMutablePointer<FILE>, writer: OutputWriter)?

  /// Text for the screen behind the writer; nil where no pager is wanted.
  init?(screen: TerminalScreen?, writer: OutputWriter) {
    guard let screen, let command = environmentValue("PAGER"), !TerminalScreen.isDumb,
      Self.isThere(command)
    else { return nil }
    self.command = command
    self.screen = screen
    self.writer = writer
  }

  deinit { end() }

  /// Whether the program of a command is there; what only a shell can tell counts as such.
  private static func isThere(_ command: String) -> Bool {
    guard let word = command.split(separator: " ").first else { return false }
    if word.contains(where: { "=$`\\\"'(~".contains($0) }) { return true }
    if word.contains("/") { return access(String(word), X_OK) == 0 }
    return (environmentValue("PATH") ?? "").split(separator: ":").contains {
      access("\($0)/\(word)", X_OK) == 0
    }
  }

  /// Takes the next piece of the text.
  func write(_ bytes: [UInt8]) throws(OutputError) {
    if let program { return try program.writer.write(bytes) }
    held += bytes
    lineCount += bytes.count { $0 == UInt8(ascii: "\n") }
    // The prompt takes the last line.
    guard lineCount >= screen.height else { return }
    // What the user has set for less goes before what is set here.
    guard let stream = popen("export LESS=\"${LESS-FRSX}\"; exec \(command)", "we") else {
      return
    }
    let descriptor = fileno(stream)
    program = (stream, OutputWriter(descriptor: descriptor, target: "the pager"))
    let bytes = held
    held = []
    try program?.writer.write(bytes)
  }

  /// Shows what is held back, and waits until the reader has left.
  func finish() throws(OutputError) {
    end()
    let bytes = held
    held = []
    try writer.write(bytes)
  }

  private func end() {
    if let stream = program?.stream { pclose(stream) }
    program = nil
  }
}
