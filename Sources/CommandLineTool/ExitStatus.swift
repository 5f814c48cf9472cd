import Glibc
import Interactive

/// What the program tells its caller by its exit code.
enum ExitStatus: Hashable {
  case success
  /// A load or query failed.
  case failure
  /// The arguments are wrong.
  case usage
  /// The output could not be written.
  case outputFailed
  /// A signal ended the program: 130 for Ctrl-C, 141 for a closed pipe, 143 for `SIGTERM`.
  case signal(Int32)

  var rawValue: Int32 {
    switch self {
    case .success: 0
    case .failure: 1
    case .usage: 64
    case .outputFailed: 3
    case .signal(let number): 128 + number
    }
  }

  /// The codes and what they tell, for the manual.
  static let meanings: [(code: Int32, meaning: String)] = [
    (success.rawValue, "done"), (failure.rawValue, "a load or query failed"),
    (outputFailed.rawValue, "the output could not be written"),
    (usage.rawValue, "the arguments are wrong"),
    (signal(SIGINT).rawValue, "interrupted by Ctrl-C"),
    (signal(SIGPIPE).rawValue, "the reader of the pipe left"),
    (signal(SIGTERM).rawValue, "terminated"),
  ]

  /// The status for an output that failed.
  init(_ error: OutputError) {
    switch error {
    case .closedPipe: self = .signal(SIGPIPE)
    case .interrupted: self = .interrupted
    case .failed: self = .outputFailed
    }
  }

  /// The status after a signal that asked to stop.
  static var interrupted: ExitStatus { .signal(ProcessSignals.termination ?? SIGINT) }
}
