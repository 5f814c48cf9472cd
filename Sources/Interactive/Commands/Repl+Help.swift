extension Repl {
  /// `.help`, `.help TOPIC`: a command, a part of the language, or else whatever the session can
  /// describe.
  func showHelp(on topic: String?) throws(OutputError) {
    guard let topic else { return try out.write(Self.overview) }
    let word = String(topic.drop { $0 == "." || $0 == "\\" })
    if topic.hasPrefix(".") || topic.hasPrefix("\\"), let command = ReplCommand.named(word) {
      return try out.write("\(command.usage)\n  \(command.meaning)\n")
    }
    if let found = LanguageHelp.topic(named: word) { return try out.write(found.text + "\n") }
    if let command = ReplCommand.named(word) {
      return try out.write("\(command.usage)\n  \(command.meaning)\n")
    }
    try runScript(SourceText(name: "input", "describe \(topic)"))
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

      \(lines.joined(separator: "\n"))

      Tab completes, Ctrl-R searches what you typed before, Alt-Enter starts a new line,
      Ctrl-C drops the line or stops what runs.

      """
  }
}
