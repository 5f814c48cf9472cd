extension ReplCommand {
  /// Every command, in the order of `.help`.
  static let all: [ReplCommand] = [
    ReplCommand(
      "help", "?", arguments: "[TOPIC]",
      meaning: "this list, or what there is to say of a command, clause or measure",
      choices: LanguageHelp.topics.map(\.name),
      action: { repl, words throws(OutputError) in try repl.showHelp(on: words.first) }),
    ReplCommand(
      "datasets", meaning: "the datasets that are loaded",
      action: { repl, _ throws(OutputError) in
        try repl.runScript(SourceText(name: "input", "show datasets"))
      }),
    ReplCommand(
      "columns", arguments: "[DATASET]", meaning: "the columns of all datasets, or of one",
      action: { repl, words throws(OutputError) in
        let of = words.first.map { " of `\($0)`" } ?? ""
        try repl.runScript(SourceText(name: "input", "show columns" + of))
      }),
    ReplCommand(
      "open", arguments: "FILE…", meaning: "load data files; NAME=FILE names the dataset",
      action: { repl, words throws(OutputError) in repl.open(words) }),
    ReplCommand(
      "read", arguments: "SCRIPT", meaning: "run the statements of a file",
      action: { repl, words throws(OutputError) in try repl.readScript(words) }),
    ReplCommand(
      "mode", arguments: "[FORMAT]",
      meaning: "results as " + formatNames.joined(separator: ", "),
      choices: formatNames, action: { repl, words throws(OutputError) in try repl.setMode(words) }),
    ReplCommand(
      "output", arguments: "[FILE]",
      meaning: "write the following results to a file; without a file, to the terminal again",
      action: { repl, words throws(OutputError) in repl.setOutput(words) }),
    ReplCommand(
      "once", arguments: "FILE", meaning: "write the next result to a file",
      action: { repl, words throws(OutputError) in repl.setOnce(words) }),
    ReplCommand(
      "timer", arguments: "on|off", meaning: "show how long each statement took",
      choices: ["on", "off"],
      action: { repl, words throws(OutputError) in repl.setTimer(words) }),
    ReplCommand(
      "history", arguments: "[N]", meaning: "the last statements, 20 unless told otherwise",
      action: { repl, words throws(OutputError) in try repl.showHistory(words) }),
    ReplCommand(
      "quit", "exit", meaning: "leave; so does Ctrl-D",
      action: { repl, _ throws(OutputError) in repl.hasQuit = true }),
  ]

  private static let formatNames = OutputFormat.allCases.map(\.rawValue)
}
