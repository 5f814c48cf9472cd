extension ReplCommand {
  /// Every command, in the order of `.help`.
  static let all: [ReplCommand] = [
    ReplCommand(
      "help", "?", arguments: "[TOPIC|MEASURE]",
      meaning: "this list, or what there is to say of a command, clause, measure or column",
      choices: .topics,
      action: { repl, words throws(OutputError) in
        try repl.showHelp(on: words.isEmpty ? nil : words.joined(separator: " "))
      }),
    ReplCommand(
      "open", arguments: "FILE…", meaning: "load data files; NAME=FILE names the dataset",
      choices: .paths, action: { repl, words throws(OutputError) in repl.open(words) }),
    ReplCommand(
      "datasets", meaning: "the datasets that are loaded",
      action: { repl, _ throws(OutputError) in
        try repl.runScript(SourceText(name: "input", "show datasets"))
      }),
    ReplCommand(
      "columns", arguments: "[DATASET]", meaning: "the columns of all datasets, or of one",
      choices: .datasets,
      action: { repl, words throws(OutputError) in try repl.showColumns(words) }),
    ReplCommand(
      "chart", arguments: "[on|off]", meaning: "show every result as a picture that has one",
      choices: .words([("on", "pictures where there are any"), ("off", "tables")]),
      action: { repl, words throws(OutputError) in try repl.setPictures(words) }),
    ReplCommand(
      "mode", arguments: "[FORMAT]",
      meaning: "results as " + formatNames.prefix(6).joined(separator: ", ") + ", …",
      choices: .words(OutputFormat.allCases.map { ($0.rawValue, $0.meaning) }),
      action: { repl, words throws(OutputError) in try repl.setMode(words) }),
    ReplCommand(
      "width", arguments: "[N]", meaning: "results N columns wide; without N, as the window",
      action: { repl, words throws(OutputError) in repl.setWidth(words) }),
    ReplCommand(
      "once", arguments: "FILE", meaning: "write the next result to a file: .csv .html .svg …",
      choices: .paths, action: { repl, words throws(OutputError) in repl.setOnce(words) }),
    ReplCommand(
      "output", arguments: "[FILE]",
      meaning: "write the following results to a file; without a file, to the terminal again",
      choices: .paths, action: { repl, words throws(OutputError) in repl.setOutput(words) }),
    ReplCommand(
      "read", arguments: "SCRIPT", meaning: "run the statements of a file", choices: .paths,
      action: { repl, words throws(OutputError) in try repl.readScript(words) }),
    ReplCommand(
      "save", arguments: "FILE", meaning: "keep what is loaded in a file, as save 'FILE' does",
      choices: .paths, action: { repl, words throws(OutputError) in try repl.save(words) }),
    ReplCommand(
      "watch", arguments: "[N]",
      meaning: "the last query again when its files change, or every N seconds",
      action: { repl, words throws(OutputError) in try repl.watch(words) }),
    ReplCommand(
      "timer", arguments: "[on|off]", meaning: "show how long each statement took",
      choices: .words([("on", "show times"), ("off", "show none")]),
      action: { repl, words throws(OutputError) in try repl.setTimer(words) }),
    ReplCommand(
      "history", arguments: "[N]", meaning: "the last statements, 20 unless told otherwise",
      action: { repl, words throws(OutputError) in try repl.showHistory(words) }),
    ReplCommand(
      "quit", "exit", "q", meaning: "leave; so does Ctrl-D",
      action: { repl, _ throws(OutputError) in repl.hasQuit = true }),
  ]

  private static let formatNames = OutputFormat.allCases.map(\.rawValue)
}
