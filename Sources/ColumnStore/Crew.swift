import CKernels
import Glibc
import Synchronization

/// Threads that stay: a new one takes longer to begin than a query over a million rows.
///
/// Whoever gives them shares of some work does its own and then those that nobody has begun, so that
/// no work waits for a thread to wake up, and none is lost where there are no threads to be had.
final class Crew: @unchecked Sendable {
  static let shared = Crew()

  /// A share of some work, which is done by whoever takes it first.
  final class Share: @unchecked Sendable {
    private var body: (@Sendable () -> Void)?
    private let taken = Atomic<Bool>(false)
    private let done = Atomic<Bool>(false)

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    var isDone: Bool { done.load(ordering: .acquiring) }

    /// Does the share and lets go of it; false where another has taken it.
    func run() -> Bool {
      if taken.exchange(true, ordering: .acquiringAndReleasing) { return false }
      body?()
      body = nil
      done.store(true, ordering: .releasing)
      return true
    }

    /// Takes the share back; false where another has begun it.
    func withdraw() -> Bool {
      if taken.exchange(true, ordering: .acquiringAndReleasing) { return false }
      body = nil
      return true
    }
  }

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// There are open shares.
  private let comes = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// A share that somebody waits for is done.
  private let ends = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var open: [Share] = []
  private var threadCount = 0
  /// The threads that have begun, and the processor that each is kept off.
  private var threads: [(handle: pthread_t, avoided: Int32)] = []
  private var sleepers = 0
  private var waiters = 0
  /// How many shares are open, for those that look without the lock.
  private let openCount = Atomic<Int>(0)
  /// How many threads look for work.
  private let awake = Atomic<Int>(0)

  /// How often a thread looks for work, or for the end of some, before it sleeps: longer than it
  /// takes to wake one up, since questions often come one behind the other.
  private static let looks = 20_000

  private init() {
    mutex.initialize(to: pthread_mutex_t())
    comes.initialize(to: pthread_cond_t())
    ends.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(comes, nil)
    pthread_cond_init(ends, nil)
  }

  /// Calls `body` with 0 up to `count - 1`, where it may on several threads, and waits for all.
  func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let shares = (1..<max(count, 1)).map { index in Share { body(index) } }
    if !shares.isEmpty { post(shares) }
    body(0)
    for share in shares where !share.run() { wait(for: share) }
    if !shares.isEmpty { remove(shares) }
  }

  /// Calls `body` with 1 up to `count - 1` on other threads from when `own` calls them in, which may
  /// be never, and waits for those that have begun.
  func run(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Void, by own: (_ callIn: () -> Void) -> Void
  ) {
    var shares: [Share] = []
    own {
      shares = (1..<max(count, 1)).map { index in Share { body(index) } }
      post(shares)
    }
    for share in shares where !share.withdraw() { wait(for: share) }
    if !shares.isEmpty { remove(shares) }
  }

  /// For how long others must have something to do before they are of use, in nanoseconds: a thread
  /// that sleeps takes long to wake.
  var callLength: Int { awake.load(ordering: .relaxed) > 0 ? 40_000 : 200_000 }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  private func post(_ shares: [Share]) {
    locked {
      open += shares
      openCount.store(open.count, ordering: .releasing)
      while threadCount < shares.count, begin() { threadCount += 1 }
      if sleepers > 0 { wake() }
    }
  }

  /// Wakes the threads that sleep, elsewhere than here where the calling thread is none of them: the
  /// system often wakes a thread on the processor of the one that wakes it, which goes on working,
  /// and leaves both there for milliseconds.
  private func wake() {
    // One of the crew, which gives out shares of its own, is where it is kept to.
    if !threads.contains(where: { pthread_equal($0.handle, pthread_self()) != 0 }) {
      for index in threads.indices {
        threads[index].avoided = dq_keep_apart(threads[index].handle, threads[index].avoided)
      }
    }
    pthread_cond_broadcast(comes)
  }

  /// Takes away what was done before a thread came for it.
  private func remove(_ shares: [Share]) {
    if openCount.load(ordering: .acquiring) == 0 { return }
    locked {
      open.removeAll { share in shares.contains { $0 === share } }
      openCount.store(open.count, ordering: .releasing)
    }
  }

  private func wait(for share: Share) {
    for _ in 0..<Self.looks {
      if share.isDone { return }
      dq_pause()
    }
    locked {
      waiters += 1
      while !share.isDone { pthread_cond_wait(ends, mutex) }
      waiters -= 1
    }
  }

  // MARK: Threads

  private func begin() -> Bool {
    Parallel.detach {
      self.locked { self.threads.append((pthread_self(), -1)) }
      while true { self.work() }
    }
  }

  /// Does the next share.
  private func work() {
    awake.wrappingAdd(1, ordering: .relaxed)
    for _ in 0..<Self.looks where openCount.load(ordering: .acquiring) == 0 { dq_pause() }
    awake.wrappingSubtract(1, ordering: .relaxed)
    let share = locked {
      sleepers += 1
      while open.isEmpty { pthread_cond_wait(comes, mutex) }
      sleepers -= 1
      let share = open.removeFirst()
      openCount.store(open.count, ordering: .releasing)
      return share
    }
    guard share.run() else { return }
    locked { if waiters > 0 { pthread_cond_broadcast(ends) } }
  }
}
