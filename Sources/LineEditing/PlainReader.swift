import Glibc

/// Lines from a pipe, or from a terminal that cannot move its cursor.
public final class PlainReader: LineReader {
  private let descriptor: Int32
  private let showPrompt: (String) -> Void
  private let shouldStop: () -> Bool
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// A reader of the descriptor. `showPrompt` shows a prompt where there is somebody to read it;
  /// `shouldStop` is asked after every signal and says whether the line is given up.
  public init(
    descriptor: Int32, shouldStop: @escaping () -> Bool = { false },
    showPrompt: @escaping (String) -> Void = { _ in }
  ) {
    self.descriptor = descriptor
    self.showPrompt = showPrompt
    self.shouldStop = shouldStop
  }

  /// Waits for the next line.
  public func readLine(prompt: String, start: LineStart) -> LineEvent {
    showPrompt(prompt)
    var searched = 0
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return .line(takeLine(upTo: end, dropping: 1))
      }
      searched = buffer.count
      if isAtEnd {
        return buffer.isEmpty ? .endOfInput : .line(takeLine(upTo: buffer.count, dropping: 0))
      }
      if !readMore() {
        buffer.removeAll()
        return .interrupted
      }
    }
  }

  /// Does nothing: here nothing can be recalled.
  public func remember(_ entry: String) {}

  private func takeLine(upTo end: Int, dropping count: Int) -> String {
    var line = buffer[..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    // What is not UTF-8 shows as U+FFFD, which the language refuses with its place.
    let text = String(decoding: line, as: UTF8.self)
    buffer.removeFirst(end + count)
    return text
  }

  /// False when a signal ended the wait.
  private func readMore() -> Bool {
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count > 0 {
        buffer.append(contentsOf: piece[..<count])
        return true
      }
      if count < 0 && errno == EINTR {
        if shouldStop() { return false }
        continue
      }
      isAtEnd = true
      return true
    }
  }
}
