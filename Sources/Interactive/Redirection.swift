/// Results that go to a file for a while.
final class Redirection {
  let path: String
  /// Whether it ends with the next statement.
  let isForOneResult: Bool
  let file: OutputFile

  init(path: String, isForOneResult: Bool) throws(OutputError) {
    self.path = path
    self.isForOneResult = isForOneResult
    file = try OutputFile(path: path)
  }
}

extension Repl {
  /// Sends results to the file, in the format that was chosen or that its name says.
  func redirect(to path: String, isForOneResult: Bool) {
    finishRedirection()
    if let diagnostic = OutputTarget.refusal(path, format: nil, session) {
      return messages.show(diagnostic)
    }
    do {
      let redirection = try Redirection(path: path, isForOneResult: isForOneResult)
      self.redirection = redirection
      runner.printer = ResultPrinter(
        writer: redirection.file.writer, screen: nil, format: OutputFormat(fileName: path),
        isFile: true, instantText: { [session] in session.instantText($0) })
      runner.printer.spreadsheet = terminalPrinter.spreadsheet
      if !isForOneResult {
        messages.remark("Results go to \(path), which is complete after '.output'.")
      }
    } catch {
      if let diagnostic = error.diagnostic { messages.show(diagnostic) }
    }
  }

  /// Ends a redirection that was for one result once the result came, or its statement failed.
  func endRedirectionForOneResult(after outcome: ScriptRunner.Outcome) {
    guard redirection?.isForOneResult == true else { return }
    if outcome != .succeeded {
      abandonRedirection()
    } else if runner.printer.hasWritten {
      finishRedirection()
    }
  }

  /// Completes the file and goes back to the terminal.
  func finishRedirection() {
    guard let redirection else { return }
    let printer = runner.printer
    dropRedirection()
    guard printer.hasWritten else {
      return messages.remark("No result came, so \(redirection.path) is as it was")
    }
    do {
      try printer.finish()
      try redirection.file.commit()
      let format = OutputFormat(fileName: redirection.path) == nil ? " as CSV" : ""
      messages.remark("Written to \(redirection.path)\(format)")
    } catch {
      if let diagnostic = error.diagnostic { messages.show(diagnostic) }
    }
  }

  /// Goes back to the terminal and says that the file was not written.
  func abandonRedirection() {
    guard let path = redirection?.path else { return }
    dropRedirection()
    messages.remark("Results go to the terminal again; \(path) is as it was.")
  }

  /// Goes back to the terminal; a file that was not completed is dropped.
  private func dropRedirection() {
    redirection = nil
    runner.printer = terminalPrinter
  }
}
