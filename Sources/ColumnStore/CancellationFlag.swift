import Synchronization

/// A wish to stop that scans and loads look at between blocks; safe to set from a signal handler.
public final class CancellationFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  /// A flag that is not set.
  public init() {}

  /// Whether the work should stop.
  public var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Asks the work to stop.
  public func set() { flag.store(true, ordering: .relaxed) }

  /// Makes the flag ready for the next piece of work.
  public func clear() { flag.store(false, ordering: .relaxed) }
}
