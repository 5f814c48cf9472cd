import DeskQL

/// Answers requests about questions that are kept as files.
struct QuestionRunner {
  let session: Session
  /// Where the questions lie, `NAME.deskql` each.
  let folder: String

  /// Loads the files and tells what that took, as JSON.
  func load(_ files: [String]) throws(ScriptError) -> String {
    let held = Memory.now().resident
    let start = Clocks.now()
    for file in files {
      let parts = file.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 {
        try session.load(path: parts[1], as: parts[0])
      } else {
        try session.load(path: file)
      }
    }
    let end = Clocks.now()
    let memory = Memory.now()
    return """
      {"ms": \(end.wall - start.wall), "cpu_ms": \(end.cpu - start.cpu), \
      "before_mb": \(held), "held_mb": \(memory.resident), "peak_mb": \(memory.peak)}
      """
  }

  /// The line of JSON that answers one request; what goes wrong is its `error`.
  func answer(_ request: [String]) -> String {
    guard request.count >= 2 else { return #"{"error": "a request and a question are needed"}"# }
    do throws(ScriptError) {
      let text = try question(request[1])
      switch request[0] {
      case "time":
        return try times(of: text, count: request.dropFirst(2).first.flatMap { Int($0) } ?? 1)
      case "answer": return "{\"csv\": \(quoted(csv(of: try session.query(text))))}"
      case "sums": return sums(of: try session.query(text))
      default: return #"{"error": "a request is time, answer or sums"}"#
      }
    } catch {
      return "{\"error\": \(quoted(error.diagnostics.first?.message ?? ""))}"
    }
  }

  private func question(_ name: String) throws(ScriptError) -> String {
    do throws(Diagnostic) {
      let script = try ScriptFile.read("\(folder)/\(name).deskql")
      return script.text(of: script.range)
    } catch {
      throw ScriptError(diagnostics: [error], source: SourceText(name))
    }
  }

  private func times(of text: String, count: Int) throws(ScriptError) -> String {
    var wall: [Double] = []
    var cpu: [Double] = []
    for _ in 0..<count {
      let start = Clocks.now()
      let table = try session.query(text)
      let end = Clocks.now()
      withExtendedLifetime(table) {
        wall.append(end.wall - start.wall)
        cpu.append(end.cpu - start.cpu)
      }
    }
    return #"{"ms": \#(wall), "cpu_ms": \#(cpu)}"#
  }

  private func csv(of table: ResultTable) -> String {
    ResultFormatter.text(of: table, options: FormatOptions(format: .csv))
  }

  private func sums(of table: ResultTable) -> String {
    let columns = table.columns.map { column in
      "\(quoted(column.name)): \(column.values.reduce(0) { $0 + ($1.double ?? 0) })"
    }
    return #"{"rows": \#(table.rowCount), "sums": {\#(columns.joined(separator: ", "))}}"#
  }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20: out += "?"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
