import Glibc
import Synchronization

/// The signals that ask the program to stop what it does, or to end.
///
/// They belong to the process, so this is the one place with state of the process; calls that wait
/// return with `EINTR` and look here.
public enum ProcessSignals {
  /// Whether Ctrl-C was pressed since it was last cleared, or the program is to end.
  public static var isStopRequested: Bool {
    isInterrupted.load(ordering: .relaxed) || termination != nil
  }

  /// The signal that asks the program to end: `SIGTERM` or `SIGHUP`.
  public static var termination: Int32? {
    let number = terminationSignal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Makes ready for the next piece of work.
  public static func clearInterrupt() {
    isInterrupted.store(false, ordering: .relaxed)
  }

  /// Calls `onStop`, which must be safe in a signal handler, at Ctrl-C and when the program is to
  /// end. Signals that the starter of the program ignores stay ignored.
  public static func install(onStop: @escaping @Sendable () -> Void) {
    // Initialised here, since the first use of a global takes a lock.
    clearInterrupt()
    terminationSignal.store(0, ordering: .relaxed)
    let retained = Unmanaged.passRetained(StopAction(run: onStop))
    action.store(UInt(bitPattern: retained.toOpaque()), ordering: .releasing)
    for number in [SIGINT, SIGTERM, SIGHUP] { handle(number) }
    // So that a closed pipe and a limit on the size of files are errors of a write.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func handle(_ number: Int32) {
    var old = sigaction()
    sigaction(number, nil, &old)
    let oldHandler = unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self)
    if oldHandler == unsafeBitCast(SIG_IGN, to: Int.self) { return }
    // Without SA_RESTART, so that a read or write that waits returns.
    var new = sigaction()
    new.__sigaction_handler.sa_handler = { number in ProcessSignals.note(number) }
    sigaction(number, &new, nil)
  }

  private static func note(_ number: Int32) {
    if number == SIGINT {
      isInterrupted.store(true, ordering: .relaxed)
    } else {
      terminationSignal.store(number, ordering: .relaxed)
    }
    guard let pointer = UnsafeRawPointer(bitPattern: action.load(ordering: .acquiring)) else {
      return
    }
    Unmanaged<StopAction>.fromOpaque(pointer).takeUnretainedValue().run()
  }

  private static let isInterrupted = Atomic<Bool>(false)
  private static let terminationSignal = Atomic<Int32>(0)
  /// The address of the `StopAction`, 0 for none.
  private static let action = Atomic<UInt>(0)
}

/// Lives as long as the process once it was installed.
private final class StopAction: Sendable {
  let run: @Sendable () -> Void

  init(run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}
