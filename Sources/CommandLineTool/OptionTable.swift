import ArgumentParser

/// The options of the program, or of one of its tasks, as its help lists them.
enum OptionTable {
  /// How each is written, and what it does.
  static func rows(
    of command: any ParsableCommand.Type = DeskQLCommand.self
  ) -> [(usage: String, meaning: String)] {
    var rows: [(usage: String, meaning: String)] = []
    var isInside = false
    // Wide enough for every meaning to stand on one line.
    for line in command.helpMessage(columns: 10_000).split(separator: "\n") {
      if line == "ARGUMENTS:" || line == "OPTIONS:" { isInside = true }
      guard isInside, line.hasPrefix("  ") else { continue }
      let text = line.drop { $0 == " " }
      if line.count - text.count > 2 {
        // The meaning of an option that is longer than its column.
        if !rows.isEmpty { rows[rows.count - 1].meaning += String(text) }
      } else if let gap = text.firstRange(of: "  ") {
        rows.append(
          (String(text[..<gap.lowerBound]), String(text[gap.upperBound...].drop { $0 == " " })))
      } else {
        rows.append((String(text), ""))
      }
    }
    return rows
  }
}
