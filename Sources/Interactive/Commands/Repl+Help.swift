extension Repl {
  /// `.help`, `.help TOPIC`: a command, a part of the language, or else whatever the session can
  /// describe.
  func showHelp(on topic: String?) throws(OutputError) {
    guard let topic else { return try out.write(Self.overview) }
    let word = String(topic.drop { $0 == "." || $0 == "\\" })
    if topic.hasPrefix(".") || topic.hasPrefix("\\"), let command = ReplCommand.named(word) {
      return try out.write("\(command.usage)\n  \(command.meaning)\n")
    }
    // `mode` is a command first and an aggregate only then; `chart` is a clause first.
    let part = LanguageHelp.topic(named: word)
    if let part, part.names[0] == word.lowercased() || ReplCommand.named(word) == nil {
      return try out.write(part.text + "\n")
    }
    if let command = ReplCommand.named(word) {
      return try out.write("\(command.usage)\n  \(command.meaning)\n")
    }
    try runScript(SourceText(name: "input", "describe \(topic)"))
  }

  /// The parts of the language in lines of the width of the rest.
  private static var topicNames: String {
    var lines: [String] = []
    var line = ""
    for name in LanguageHelp.names {
      if 7 + line.count + name.count > 90 {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + name
    }
    return (lines + [line]).joined(separator: "\n       ")
  }

  private static var overview: String {
    let commands = ReplCommand.all
    let width = commands.map { $0.usage.count }.max() ?? 0
    let lines = commands.map { command in
      "  " + command.usage + String(repeating: " ", count: width - command.usage.count + 2)
        + command.meaning
    }
    return """
      Ask for a measure, as you would say it:
        csat by channel where month = 2024-03
        tickets, csat, p90 frt by team in last 4 weeks top 5
        list id, subject, frt where frt > 1d order by frt desc limit 20
      show metrics    every measure          describe csat    what one means
      show columns    what data there is     .help where      a part of the language
      Parts: \(topicNames)

      \(lines.joined(separator: "\n"))

      Tab completes, Ctrl-R searches what you typed before, Alt-Enter starts a new line,
      Ctrl-C drops the line or stops what runs.

      """
  }
}
