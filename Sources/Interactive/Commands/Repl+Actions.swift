extension Repl {
  func open(_ words: [String]) {
    if words.isEmpty { return complain("'.open' needs a file", help: "write '.open tickets.csv'") }
    for word in words {
      let argument = DataArgument(word)
      let outcome = runner.load(path: argument.path, as: argument.name)
      report(outcome)
      if outcome != .succeeded { return }
    }
  }

  func readScript(_ words: [String]) throws(OutputError) {
    guard let path = words.first else {
      return complain("'.read' needs a script", help: "write '.read weekly.deskql'")
    }
    let source: SourceText
    do {
      source = try ScriptFile.read(
        DataArgument.expandingHome(path), isStopped: { ProcessSignals.isStopRequested })
    } catch {
      return error.code == "cancelled" ? report(.interrupted) : messages.show(error)
    }
    try runScript(source)
  }

  func setMode(_ words: [String]) throws(OutputError) {
    guard let word = words.first else {
      return try out.write((runner.printer.format ?? .table).rawValue + "\n")
    }
    guard let format = OutputFormat(rawValue: word.lowercased()) else {
      let names = OutputFormat.allCases.map(\.rawValue)
      let nearest = closestMatch(to: word, among: names)
      return complain(
        "there is no format '\(Printable.text(String(word.prefix(40))))'",
        help: nearest.map { "write '.mode \($0)'" } ?? "write one of "
          + names.joined(separator: ", "))
    }
    runner.printer.format = format
  }

  func setOutput(_ words: [String]) {
    guard let path = words.first else { return finishRedirection() }
    redirect(to: DataArgument.expandingHome(path), isForOneResult: false)
  }

  func setOnce(_ words: [String]) {
    guard let path = words.first else {
      return complain("'.once' needs a file", help: "write '.once report.csv'")
    }
    redirect(to: DataArgument.expandingHome(path), isForOneResult: true)
  }

  func setPictures(_ words: [String]) throws(OutputError) {
    switch words.first?.lowercased() {
    case nil: try show(isOn: terminalPrinter.showsPictures)
    case "on": terminalPrinter.showsPictures = true
    case "off": terminalPrinter.showsPictures = false
    default: complain("'.chart' is 'on' or 'off'", help: "write '.chart on'")
    }
  }

  func setWidth(_ words: [String]) {
    guard let word = words.first else { return terminalPrinter.width = nil }
    guard let width = Int(word), (20...10_000).contains(width) else {
      return complain("'.width' takes columns from 20 to 10000", help: "write '.width 120'")
    }
    terminalPrinter.width = width
  }

  func save(_ words: [String]) throws(OutputError) {
    guard let path = words.first else {
      return complain("'.save' needs a file", help: "write '.save support.deskdb'")
    }
    let text = DataArgument.expandingHome(path).split(
      separator: "'", omittingEmptySubsequences: false
    ).joined(separator: "''")
    try runScript(SourceText(name: "input", "save '\(text)'"))
  }

  func showColumns(_ words: [String]) throws(OutputError) {
    let of = words.first.map { " of `\($0)`" } ?? ""
    try runScript(SourceText(name: "input", "show columns" + of))
  }

  func setTimer(_ words: [String]) throws(OutputError) {
    switch words.first?.lowercased() {
    case nil: try show(isOn: runner.showsTime)
    case "on": runner.showsTime = true
    case "off": runner.showsTime = false
    default: complain("'.timer' is 'on' or 'off'", help: "write '.timer on'")
    }
  }

  private func show(isOn: Bool) throws(OutputError) { try out.write(isOn ? "on\n" : "off\n") }

  func showHistory(_ words: [String]) throws(OutputError) {
    let count = words.first.map { Int($0) ?? -1 } ?? 20
    guard count >= 0 else {
      return complain("'.history' takes a number", help: "write '.history 50'")
    }
    for entry in history.entries.suffix(count) {
      try out.write(Printable.lines(entry) + "\n")
    }
  }

  /// Says what is wrong with a command.
  func complain(_ message: String, help: String) {
    messages.show(Diagnostic("command-arguments", message, help: help))
  }
}
