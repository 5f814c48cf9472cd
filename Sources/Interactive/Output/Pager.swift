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
  private var program: (process: pid_t, descriptor: Int32, writer: OutputWriter)?

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
    guard let (process, descriptor) = start("export LESS=\"${LESS-FRSX}\"; exec \(command)") else {
      return
    }
    program = (
      process, descriptor, OutputWriter(descriptor: descriptor, target: "the pager")
    )
    let bytes = held
    held = []
    try program?.writer.write(bytes)
  }

  /// Shows what is held back, and waits until the reader has left.
  func finish() throws(OutputError) {
    let code = end()
    let bytes = held
    held = []
    try writer.write(bytes)
    if code > 0 {
      let name = Printable.text(String(command.prefix(60)))
      try writer.write(
        "The pager '\(name)' failed with code \(code): set PAGER to another, or to ''.\n")
    }
  }

  /// Starts a command that reads what is written to the descriptor; nil where that fails.
  private func start(_ command: String) -> (process: pid_t, descriptor: Int32)? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    var words = ["sh", "-c", command].map { (word: String) in strdup(word) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", &actions, nil, &words, environ) == 0 else {
      close(ends[1])
      return nil
    }
    return (process, ends[1])
  }

  /// Waits until the reader has left, and gives its exit code; one that the program does not outlive
  /// is told to leave.
  @discardableResult
  private func end() -> Int32 {
    guard let program else { return 0 }
    self.program = nil
    close(program.descriptor)
    var status: Int32 = 0
    repeat {
      if ProcessSignals.termination != nil { kill(program.process, SIGTERM) }
    } while waitpid(program.process, &status, 0) < 0 && errno == EINTR
    // What was pressed since then was for the pager.
    ProcessSignals.clearInterrupt()
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 0
  }
}
