extension Repl {
  /// `.help`, `.help TOPIC`: a command, a part of the language, or else whatever the session can
  /// describe.
  func showHelp(on topic: String?) throws(OutputError) {
    guard let topic else {
      return try terminalPrinter.page(
        Self.overview(width: terminalPrinter.width ?? screen?.width ?? 80))
    }
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
    if let refusal = refusal(of: topic) { return messages.show(refusal) }
    let isPlain = topic.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "`" }
    let name = isPlain || topic.hasPrefix("`") ? topic : "`\(topic.replacing("`", with: "``"))`"
    try runScript(SourceText(name: "input", "describe \(name)"))
  }

  /// What is wrong with a topic that nothing is called by, where a command or a part of the language
  /// is nearest to it.
  private func refusal(of topic: String) -> Diagnostic? {
    let isCommand = topic.hasPrefix(".") || topic.hasPrefix("\\")
    let nearest =
      isCommand
      ? closestMatch(
        to: "." + topic.dropFirst(), among: ReplCommand.all.flatMap(\.names).map { "." + $0 })
      : closestMatch(to: topic, among: LanguageHelp.topics.flatMap(\.names))
    guard isCommand || nearest != nil || !topic.contains(where: \.isLetter) else { return nil }
    let asked = "describe \(topic)"
    let isKnown = session.completions(in: asked, at: asked.utf8.count).candidates
      .contains { $0.text.lowercased() == topic.lowercased() }
    if isKnown { return nil }
    return Diagnostic(
      "unknown-topic", "there is no help on '\(Printable.text(String(topic.prefix(40))))'",
      help: nearest.map { "write '.help \($0)'" } ?? "'.help' lists what there is")
  }

  private static func overview(width: Int) -> String {
    let commands = ReplCommand.all
    let usageWidth = commands.map { $0.usage.count }.max() ?? 0
    let lines = commands.map { command in
      let usage =
        "  " + command.usage
        + String(repeating: " ", count: usageWidth - command.usage.count + 2)
      return hanging(usage, command.meaning, width: width)
    }
    let parts = hanging("Parts: ", LanguageHelp.names.joined(separator: " "), width: width)
    let keys =
      "Tab completes, Ctrl-R searches what you typed before, Alt-Enter starts a new line, "
      + "Ctrl-C drops the line or stops what runs."
    // What a beginner needs stands where it is seen, above the prompt.
    return """
      \(lines.joined(separator: "\n"))

      \(hanging("", keys, width: width))

      Ask for a measure, as you would say it:
        csat by channel where month = 2024-03
        tickets, csat, p90 frt by team in last 4 weeks top 5
        list id, subject, frt where frt > 1d order by frt desc limit 20
      show metrics    every measure          describe csat    what one means
      show columns    what data there is     .help where      a part of the language
      \(parts)

      """
  }

  /// A text behind a beginning, in lines that stand below each other.
  private static func hanging(_ beginning: String, _ text: String, width: Int) -> String {
    let indent = String(repeating: " ", count: beginning.count)
    let lines = DisplayWidth.wrapped(text, to: max(20, min(width, 100) - beginning.count))
    return beginning + lines.joined(separator: "\n" + indent)
  }
}
