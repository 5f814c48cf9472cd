import CKernels
import Glibc
import Synchronization

/// Runs the same work on several threads.
public enum Parallel {
  /// Hands out 0, 1, 2, … to whoever asks.
  public final class Turns: Sendable {
    private let next = Atomic<Int>(0)

    /// Turns of which none is taken.
    public init() {}

    /// The next number.
    public func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
  }

  private final class Task: Sendable {
    private let body: @Sendable () -> Void
    /// What the thread may use that does this, where it does not begin with all of it.
    private let processors: ProcessorSet?

    init(_ body: @escaping @Sendable () -> Void, _ processors: ProcessorSet?) {
      self.body = body
      self.processors = processors
    }

    func run() {
      if var processors { dq_use_processors(&processors) }
      body()
    }
  }

  /// Begins `body` on a thread of its own, which nobody waits for; false, without running it, where
  /// there is none to be had.
  ///
  /// No signal is sent to the thread: they are for the one that reads what somebody types. What it
  /// does wrong itself still ends the program.
  @discardableResult
  public static func detach(_ body: @escaping @Sendable () -> Void) -> Bool {
    var (signals, before) = (sigset_t(), sigset_t())
    sigfillset(&signals)
    for number in [SIGBUS, SIGSEGV, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS] {
      sigdelset(&signals, number)
    }
    // A thread begins with what its maker holds back.
    pthread_sigmask(SIG_SETMASK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    // The system often begins a thread on the processor of its maker, which goes on working, and
    // leaves both there for milliseconds.
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    var processors = ProcessorSet()
    if dq_begin_elsewhere(&attributes, &processors) != 0,
      begin(Task(body, processors), &attributes)
    {
      return true
    }
    return begin(Task(body, nil), nil)
  }

  private static func begin(_ task: Task, _ attributes: UnsafePointer<pthread_attr_t>?) -> Bool {
    var handle = pthread_t()
    let context = Unmanaged.passRetained(task).toOpaque()
    let failure = pthread_create(
      &handle, attributes,
      { context in
        if let context { Unmanaged<Task>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context)
    if failure == 0 {
      pthread_detach(handle)
    } else {
      Unmanaged<Task>.fromOpaque(context).release()
    }
    return failure == 0
  }

  /// Calls `body` with 0 up to `threads - 1`, on as many threads as there are to be had, and waits
  /// for all; none may wait for another to begin.
  ///
  /// The calling thread runs the first, so that one thread costs nothing extra.
  public static func run(threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
    Crew.shared.run(threads, body)
  }

  /// Hands out 0 up to `count - 1` to `body`, which the calling thread begins as number 0 and up to
  /// `threads - 1` others join once it shows that what is left takes longer than to wake them. Those
  /// that are not needed are never called.
  ///
  /// Each thread is given a run of neighbours first, and then what others have not begun.
  public static func takeTurns(
    _ count: Int, threads: Int,
    _ body: @escaping @Sendable (_ thread: Int, _ next: () -> Int?) -> Void
  ) {
    let turns = NeighbouringTurns(count, threads: max(threads, 1))
    guard threads > 1 else { return body(0) { turns.take(0) } }
    Crew.shared.run(threads, { thread in body(thread) { turns.take(thread) } }) { callIn in
      let start = nanoseconds()
      var (taken, isAlone) = (0, true)
      body(0) {
        if isAlone, taken > 0 {
          let left = (nanoseconds() &- start) / taken &* (count &- taken)
          if left > Crew.shared.callLength {
            isAlone = false
            callIn()
          }
        }
        taken &+= 1
        return turns.take(0)
      }
    }
  }

  private static func nanoseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec &* 1_000_000_000 &+ now.tv_nsec
  }

  /// What `body` gives on a thread of its own; nil as soon as the flag is set, whatever the thread
  /// still has to end and to free. `body` has a flag of its own to look at.
  public static func unlessCancelled<Value: Sendable>(
    _ cancellation: CancellationFlag, _ body: @escaping @Sendable (CancellationFlag) -> Value
  ) -> Value? {
    let own = CancellationFlag()
    let outcome = Outcome<Value>()
    guard detach({ outcome.set(body(own)) }) else { return body(cancellation) }
    while !outcome.isSet {
      if cancellation.isSet {
        own.set()
        return nil
      }
      usleep(1_000)
    }
    return outcome.take()
  }

  /// A value that one thread leaves for another.
  private final class Outcome<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let flag = Atomic<Bool>(false)
    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set(_ new: Value?) {
      value.withLock { $0 = new }
      flag.store(true, ordering: .releasing)
    }

    func take() -> Value? { value.withLock { $0.take() } }
  }

  /// Lets go of a value on a thread of its own: to free millions of cells takes longer than anybody
  /// waits who has cancelled a query.
  public static func release<Value: Sendable>(_ value: inout Value?) {
    let leftover = Outcome<Value>()
    leftover.set(value)
    value = nil
    detach { _ = leftover.take() }
  }

  /// Calls `body` once for every index below `count`, on up to `threads` threads that each take
  /// the next index when they are free.
  public static func forEach(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void
  ) {
    let workers = min(threads, count)
    if workers <= 1 {
      for index in 0..<count { body(index) }
      return
    }
    let turns = Turns()
    run(threads: workers) { _ in
      while true {
        let index = turns.take()
        if index >= count { return }
        body(index)
      }
    }
  }

  /// An array whose runs of elements are written on several threads.
  ///
  /// `body` writes the elements of a range, counted from the start of the array and `runLength` long
  /// or, at the end, shorter.
  public static func array<Element: BitwiseCopyable & Sendable>(
    count: Int, threads: Int, runLength: Int = 16_384,
    _ body: @escaping @Sendable (Range<Int>, UnsafeMutablePointer<Element>) -> Void
  ) -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = count
      guard let base = buffer.baseAddress, count > 0 else { return }
      // Threads write runs of their own.
      nonisolated(unsafe) let target = base
      let runs = (count &+ runLength &- 1) / runLength
      forEach(runs, threads: runs < 4 ? 1 : threads) { run in
        body(run &* runLength..<min((run &+ 1) &* runLength, count), target)
      }
    }
  }
}
