import Synchronization

/// The first error that one of several threads met.
final class FailureSlot: Sendable {
  private let slot = Mutex<ExecutionError?>(nil)

  var error: ExecutionError? { slot.withLock { $0 } }

  func set(_ error: ExecutionError) { slot.withLock { $0 = $0 ?? error } }
}
