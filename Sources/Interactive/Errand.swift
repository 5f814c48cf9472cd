import Glibc

/// Work on a thread of its own, so that whoever gives it up need not wait until it has ended.
final class Errand: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let ends = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var isRunning = false

  /// For how long what is given up may still end by itself, in milliseconds.
  private static let patience = 40

  init() {
    mutex.initialize(to: pthread_mutex_t())
    ends.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(ends, nil)
  }

  deinit {
    // What still runs holds on to this, so that nothing does.
    pthread_cond_destroy(ends)
    pthread_mutex_destroy(mutex)
    ends.deallocate()
    mutex.deallocate()
  }

  private final class Task<Value>: @unchecked Sendable {
    let body: @Sendable () -> Value
    var value: Value?

    init(_ body: @escaping @Sendable () -> Value) { self.body = body }
  }

  private final class Start: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Waits for what was given up before; false where that is given up, too.
  func settle(isStopped: () -> Bool) -> Bool {
    locked {
      while isRunning, !isStopped() { waitATurn() }
      return !isRunning
    }
  }

  /// What `body` gives; nil where `isStopped` turns true and the body goes on for a while. What was
  /// given up before has ended.
  func run<Value: Sendable>(
    isStopped: () -> Bool, _ body: @escaping @Sendable () -> Value
  ) -> Value? {
    let task = Task(body)
    locked { isRunning = true }
    let isStarted = Self.start { [self] in
      let value = task.body()
      locked {
        task.value = value
        isRunning = false
        pthread_cond_broadcast(ends)
      }
    }
    guard isStarted else {
      locked { isRunning = false }
      return body()
    }
    var turnsLeft = Self.patience / Self.turn
    return locked {
      while isRunning, turnsLeft > 0 {
        waitATurn()
        if isStopped() { turnsLeft -= 1 }
      }
      return task.value
    }
  }

  private static let turn = 10

  /// Waits for the end of the work, at most `turn` milliseconds.
  private func waitATurn() {
    var until = timespec()
    clock_gettime(CLOCK_REALTIME, &until)
    until.tv_nsec += Self.turn * 1_000_000
    if until.tv_nsec >= 1_000_000_000 {
      until.tv_nsec -= 1_000_000_000
      until.tv_sec += 1
    }
    pthread_cond_timedwait(ends, mutex, &until)
  }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Begins work on a thread to which no signal is sent; false where there is none to be had.
  private static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    var handle = pthread_t()
    let context = Unmanaged.passRetained(Start(run)).toOpaque()
    var signals = sigset_t()
    var before = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT, SIGTSTP] {
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    let failure = pthread_create(
      &handle, nil,
      { context in
        if let context { Unmanaged<Start>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    if failure == 0 {
      pthread_detach(handle)
    } else {
      Unmanaged<Start>.fromOpaque(context).release()
    }
    return failure == 0
  }
}
