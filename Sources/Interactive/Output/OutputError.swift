import Glibc

/// Why output could not be written.
public enum OutputError: Error, Hashable, Sendable {
  /// Nobody reads the pipe any more.
  case closedPipe
  /// A signal asked to stop.
  case interrupted
  /// The system refused; what was written and its error number.
  case failed(target: String, code: Int32)

  /// The error in words; nil for those about which nothing need be said.
  public var diagnostic: Diagnostic? {
    guard case .failed(let target, let code) = self else { return nil }
    let reason = String(cString: strerror(code))
    return Diagnostic("output-failed", "\(target) cannot be written: \(reason)")
  }
}
