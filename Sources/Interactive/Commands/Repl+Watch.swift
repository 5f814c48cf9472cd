import Glibc

extension Repl {
  /// `.watch`, `.watch N`: runs the last statement again and again until Ctrl-C.
  func watch(_ words: [String]) throws(OutputError) {
    guard let source = lastScript else {
      return complain(
        "'.watch' runs the last query again, and there is none yet",
        help: "ask something first, such as 'tickets by day'")
    }
    var interval: Int?
    if let word = words.first {
      guard let seconds = Int(word), (1...86_400).contains(seconds) else {
        return complain("'.watch' takes seconds from 1 to 86400", help: "write '.watch 60'")
      }
      interval = seconds
    }
    messages.remark(
      (interval.map { "Every \($0) s" } ?? "When a loaded file changes") + "; Ctrl-C stops.")
    if interval != nil, try runner.run(source) == .interrupted {
      ProcessSignals.clearInterrupt()
      return messages.remark("\nStopped.")
    }
    var failure: [Diagnostic] = []
    var missing: [String] = []
    while waitForTurn(interval, missing) {
      tell(of: session.missingFiles, after: &missing)
      if interval == nil, !session.hasChangedFiles { continue }
      do {
        for summary in try session.reloadChangedFiles() { messages.say(summary.text) }
        failure = []
      } catch {
        if ProcessSignals.isStopRequested { break }
        // A file that stays broken is said once.
        if error.diagnostics != failure { messages.show(error) }
        failure = error.diagnostics
        if interval == nil { continue }
      }
      if try runner.run(source) == .interrupted { break }
    }
    if ProcessSignals.termination == nil {
      ProcessSignals.clearInterrupt()
      messages.remark("\nStopped.")
    }
  }

  /// Says which files have gone since the last turn.
  private func tell(of missing: [String], after before: inout [String]) {
    for path in missing where !before.contains(path) {
      messages.remark(
        "'\(Printable.text(path))' is gone; what was loaded from it stays until it is there again.")
    }
    before = missing
  }

  /// Waits for the time or a change, which may be that other files are missing than before; false
  /// at Ctrl-C and when the program is to end.
  private func waitForTurn(_ seconds: Int?, _ missing: [String]) -> Bool {
    let end = ContinuousClock.now + .seconds(seconds ?? 0)
    while !ProcessSignals.isStopRequested {
      var pause = timespec(tv_sec: 0, tv_nsec: 100_000_000)
      nanosleep(&pause, nil)
      if ProcessSignals.isStopRequested { return false }
      let isDue =
        seconds == nil
        ? session.hasChangedFiles || session.missingFiles != missing : ContinuousClock.now >= end
      if isDue { return true }
    }
    return false
  }
}
