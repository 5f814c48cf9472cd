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

  /// The signal that asks the program to end: `SIGTERM`, `SIGHUP` or `SIGQUIT`.
  public static var termination: Int32? {
    let number = terminationSignal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Makes ready for the next piece of work.
  public static func clearInterrupt() {
    isInterrupted.store(false, ordering: .relaxed)
  }

  /// Calls `onStop`, which must be safe in a signal handler, at Ctrl-C and when the program is to
  /// end. Signals that the starter of the program ignores stay ignored; a closed pipe becomes an
  /// error of the write.
  ///
  /// - Parameter onLostPage: called, under the same terms, when a page of a mapped file cannot be
  ///   read: another program has cut the file, or its disk fails. Zeros stand for the page then,
  ///   and nothing computed from them may be used.
  public static func install(
    onStop: @escaping @Sendable () -> Void, onLostPage: @escaping @Sendable () -> Void
  ) {
    // Initialised here, since the first use of a global takes a lock.
    clearInterrupt()
    terminationSignal.store(0, ordering: .relaxed)
    let retained = Unmanaged.passRetained(SignalActions(onStop: onStop, onLostPage: onLostPage))
    action.store(UInt(bitPattern: retained.toOpaque()), ordering: .releasing)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { handle(number) }
    handleLostPages()
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
    actions?.onStop()
  }

  // MARK: Mapped files

  /// A read of a mapped file that fails arrives as `SIGBUS`; a page of zeros lets the thread go on
  /// to the end of its work, which is then thrown away.
  private static func handleLostPages() {
    lostPageSize.store(Int(sysconf(Int32(_SC_PAGESIZE))), ordering: .relaxed)
    var new = sigaction()
    new.sa_flags = SA_SIGINFO
    new.__sigaction_handler.sa_sigaction = { number, info, _ in
      if let info, !ProcessSignals.replacePage(of: info) { signal(number, SIG_DFL) }
    }
    sigaction(SIGBUS, &new, nil)
  }

  private static func replacePage(of info: UnsafeMutablePointer<siginfo_t>) -> Bool {
    // BUS_ADRERR: there is nothing behind the address, as in a file that was cut.
    guard info.pointee.si_code == 2, let actions else { return false }
    let address = UInt(bitPattern: info.pointee._sifields._sigfault.si_addr)
    let size = UInt(lostPageSize.load(ordering: .relaxed))
    let page = UnsafeMutableRawPointer(bitPattern: address & ~(size &- 1))
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
    guard size > 0, mmap(page, Int(size), PROT_READ, flags, -1, 0) != MAP_FAILED else {
      return false
    }
    actions.onLostPage()
    return true
  }

  private static var actions: SignalActions? {
    UnsafeRawPointer(bitPattern: action.load(ordering: .acquiring)).map {
      Unmanaged<SignalActions>.fromOpaque($0).takeUnretainedValue()
    }
  }

  private static let isInterrupted = Atomic<Bool>(false)
  private static let terminationSignal = Atomic<Int32>(0)
  private static let lostPageSize = Atomic<Int>(0)
  /// The address of the `SignalActions`, 0 for none.
  private static let action = Atomic<UInt>(0)
}

/// What signals lead to; lives as long as the process once it was installed.
private final class SignalActions: Sendable {
  let onStop: @Sendable () -> Void
  let onLostPage: @Sendable () -> Void

  init(onStop: @escaping @Sendable () -> Void, onLostPage: @escaping @Sendable () -> Void) {
    self.onStop = onStop
    self.onLostPage = onLostPage
  }
}
