import QueryExecution

/// What `explain` tells of the execution.
enum ExecutionText {
  /// A line per step; the times only for `explain analyze`, as they differ from run to run.
  static func text(_ steps: [ExecutionRecorder.Step], withTimes: Bool) -> String {
    var lines = ["execution"]
    for step in steps {
      var line = "  \(step.name): \(step.detail)"
      if step.byteCount > 0 { line += "; columns of \(size(step.byteCount))" }
      if withTimes { line += "; \(milliseconds(step.seconds)) ms" }
      lines.append(line)
    }
    if withTimes {
      lines.append("  in all \(milliseconds(steps.reduce(0) { $0 + $1.seconds })) ms")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func size(_ bytes: Int) -> String {
    if bytes < 1_000 { return "\(bytes) B" }
    if bytes < 1_000_000 { return "\(bytes / 1_000) kB" }
    return "\(bytes / 1_000_000) MB"
  }

  private static func milliseconds(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100_000).rounded())
    let rest = String(hundredths % 100)
    return "\(hundredths / 100)." + (rest.count < 2 ? "0" : "") + rest
  }
}
