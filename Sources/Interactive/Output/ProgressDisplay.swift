import DeskQL
import Glibc

/// Shows on the terminal how far a load has come, once it takes longer than half a second.
///
/// A thread of its own draws the line, since the load is busy; it is gone, and the line with it,
/// before anything else is written.
final class ProgressDisplay: Sendable {
  private let progress: LoadProgress
  private let screen: TerminalScreen
  private let descriptor: Int32
  /// The end that is closed when the work is over, and the end at which the thread sees that.
  private let (wake, sleep): (Int32, Int32)

  /// Does the work, and shows its progress where messages go to a terminal that can move its
  /// cursor.
  static func during<Answer, Failure: Error>(
    _ progress: LoadProgress, _ messages: MessageWriter,
    _ work: () throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    guard let screen = messages.screen, !TerminalScreen.isDumb,
      let display = ProgressDisplay(progress, screen, messages.writer.descriptor),
      let thread = display.start()
    else { return try work() }
    defer {
      close(display.wake)
      pthread_join(thread, nil)
      close(display.sleep)
    }
    return try work()
  }

  private init?(_ progress: LoadProgress, _ screen: TerminalScreen, _ descriptor: Int32) {
    self.progress = progress
    self.screen = screen
    self.descriptor = descriptor
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    (sleep, wake) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  /// Starts the thread, which takes no signals: they must reach whoever waits for input.
  private func start() -> pthread_t? {
    var all = sigset_t()
    var old = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &old)
    defer { pthread_sigmask(SIG_SETMASK, &old, nil) }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let failure = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<ProgressDisplay>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard failure == 0 else {
      context.release()
      close(wake)
      close(sleep)
      return nil
    }
    return thread
  }

  private func run() {
    let writer = OutputWriter(descriptor: descriptor, target: "standard error")
    var isShown = false
    while !isOver(within: 100) {
      guard let reading = progress.reading else { continue }
      let elapsed = (ContinuousClock.now - reading.start).components
      let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
      guard isShown || seconds >= 0.5 else { continue }
      let line = ProgressLine.text(
        reading, seconds: seconds, width: screen.width, usesASCII: screen.usesASCII)
      try? writer.write("\r\(line)\u{1B}[K")
      isShown = true
    }
    if isShown { try? writer.write(Array("\r\u{1B}[K".utf8), isStoppable: false) }
  }

  /// Waits for the end of the work, at most so many milliseconds.
  private func isOver(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: sleep, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) != 0
  }
}
