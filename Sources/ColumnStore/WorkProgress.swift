import Synchronization

/// How far a long piece of work has come: told by those who work, read by whoever shows it.
public final class WorkProgress: Sendable {
  /// A look at the work.
  public struct Reading: Hashable, Sendable {
    /// What is worked on, such as a file's name.
    public var subject: String
    /// Bytes that are done.
    public var done: Int
    /// Bytes in all; nil where only the end will tell.
    public var total: Int?
    /// When the work began.
    public var start: ContinuousClock.Instant

    /// A look at work.
    public init(subject: String, done: Int, total: Int?, start: ContinuousClock.Instant) {
      self.subject = subject
      self.done = done
      self.total = total
      self.start = start
    }
  }

  private let current = Mutex<Reading?>(nil)
  private let done = Atomic<Int>(0)

  /// No work yet.
  public init() {}

  /// Begins a piece of work of so many bytes; another one ends.
  public func begin(_ subject: String, total: Int?) {
    let reading = Reading(subject: subject, done: 0, total: total, start: .now)
    current.withLock { current in
      current = reading
      done.store(0, ordering: .relaxed)
    }
  }

  /// Says that so many more bytes are done.
  public func advance(_ byteCount: Int) { done.wrappingAdd(byteCount, ordering: .relaxed) }

  /// Says that the work is over.
  public func end() { current.withLock { $0 = nil } }

  /// How far the work has come; nil where there is none.
  public var reading: Reading? {
    current.withLock { current in
      guard var reading = current else { return nil }
      reading.done = done.load(ordering: .relaxed)
      return reading
    }
  }
}
