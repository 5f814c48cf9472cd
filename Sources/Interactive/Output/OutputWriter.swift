import Glibc

/// The one way out of the program: all bytes that it writes pass through here.
public final class OutputWriter {
  /// What is written to, in words: `standard output`, `the file 'x.csv'`.
  public let target: String
  let descriptor: Int32
  /// Whether a terminal shows the text that reads bytes above 127 in a way of its own.
  private let usesASCII: Bool

  /// A writer to an open descriptor, which stays the caller's to close.
  public init(descriptor: Int32, target: String) {
    self.descriptor = descriptor
    self.target = target
    usesASCII = TerminalScreen(descriptor: descriptor)?.usesASCII ?? false
  }

  /// A writer to standard output.
  public static func standardOutput() -> OutputWriter {
    OutputWriter(descriptor: STDOUT_FILENO, target: "standard output")
  }

  /// A writer to standard error.
  public static func standardError() -> OutputWriter {
    OutputWriter(descriptor: STDERR_FILENO, target: "standard error")
  }

  /// Writes the whole text.
  public func write(_ text: String) throws(OutputError) {
    try write(Array(text.utf8))
  }

  /// Writes all bytes, however few the system takes at a time; without any, it only asks whether
  /// to go on.
  ///
  /// - Parameter isStoppable: whether a wish to stop ends the write. What tells of a deed that is
  ///   done, or tidies up a screen, is written all the same, unless it would have to wait.
  public func write(_ bytes: [UInt8], isStoppable: Bool = true) throws(OutputError) {
    let bytes = usesASCII ? Self.ascii(bytes) : bytes
    var written = 0
    while true {
      let isStopRequested = ProcessSignals.isStopRequested
      let isDone = written == bytes.count
      if isStopRequested, isStoppable || !(isDone || isWritable(within: 0)) { throw .interrupted }
      if isDone { return }
      // A single call with many bytes could not be stopped; what is ready takes a page.
      let most = isStopRequested ? 1 << 12 : 1 << 20
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, min($0.count, most))
      }
      if count >= 0 {
        written += count
        continue
      }
      switch errno {
      case EINTR: continue
      // Whoever shares the descriptor may have set it not to block.
      case EAGAIN: _ = isWritable(within: -1)
      case EPIPE: throw .closedPipe
      default: throw .failed(target: target, code: errno)
      }
    }
  }

  /// The text with a mark for each cell of what is not ASCII.
  private static func ascii(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
    var result = ""
    for character in String(decoding: bytes, as: UTF8.self) {
      switch character {
      case "–", "—": result.append("-")
      case _ where character.isASCII: result.append(character)
      default:
        result += String(repeating: "?", count: DisplayWidth.of(String(character)))
      }
    }
    return Array(result.utf8)
  }

  /// Waits until bytes are taken, or the descriptor fails; a negative time in milliseconds is
  /// without an end.
  private func isWritable(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }
}
