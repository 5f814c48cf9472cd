import DeskQL
import Foundation
import Testing

/// What a program that embeds the library relies on.
@Suite("Embedding")
struct EmbeddingTests {
  private func loaded(threads: Int = 2, _ names: String...) throws -> Session {
    let session = Session(threads: threads)
    for name in names {
      try session.load(path: Checkout.samples.appending(path: name + ".csv").path)
    }
    return session
  }

  /// The example of the README, word for word; tests run in the folder of the package.
  @Test func readmeExample() throws {
    let session = Session()
    try session.load(path: "Samples/tickets.csv", as: "tickets")
    let result = try session.query("tickets, median frt by channel where month = 2024-03")
    var medians: [String: Double] = [:]
    for row in 0..<result.rowCount {
      if case .text(let channel) = result.columns[0].values[row] {
        medians[channel] = result.column(named: "median_frt")?.values[row].double
      }
    }
    #expect(medians.count > 2)
    #expect(medians.values.allSatisfy { $0 > 0 })

    let block = try #require(Example.all.first { $0.kind == "swift" })
    let own = try Checkout.text(of: URL(fileURLWithPath: #filePath))
    for line in block.text.split(separator: "\n") {
      #expect(own.contains(line), "the README has a line that is not tested: \(line)")
    }
  }

  @Test func resultsAreTyped() throws {
    let result = try loaded("tickets").query("tickets, median frt by channel where month = 2024-03")
    #expect(result.columns.map(\.name) == ["channel", "tickets", "median_frt"])
    #expect(result.columns.map(\.unit) == [.text, .count, .duration])
    #expect(result.columns[2].better == .lower)
    #expect(result.columns[0].role == .key && result.columns[1].role == .measure)
    #expect(result.column(named: "MEDIAN_FRT")?.values.count == result.rowCount)
  }

  @Test func everyStatementHasItsResult() throws {
    let session = try loaded("tickets")
    let results = try session.run(
      """
      define slow = frt > 4h
      param month = 2024-03
      tickets by channel where slow and month = $month
      explain tickets by channel
      list id limit 3
      """)
    var kinds: [String] = []
    for result in results {
      switch result {
      case .table(let table): kinds.append("table of \(table.columns.count)")
      case .text: kinds.append("text")
      case .loaded, .included: kinds.append("files")
      case .done: kinds.append("done")
      }
    }
    #expect(kinds == ["done", "done", "table of 2", "text", "table of 1"])
  }

  @Test func errorsAreData() throws {
    let session = try loaded("tickets")
    let error = #expect(throws: ScriptError.self) { try session.query("tickets by chanel") }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.code == "unknown-name")
    #expect(error?.source.text(of: try #require(diagnostic.range)) == "chanel")
    #expect(diagnostic.help == "did you mean `channel`?")
    let both = #expect(throws: ScriptError.self) { try session.run("tickets by\nlist where") }
    #expect(both?.diagnostics.count == 2)
    #expect(throws: ScriptError.self) { try session.query("define x = frt") }
  }

  @Test func aFailedLoadLeavesWhatWasThere() throws {
    let session = try loaded("tickets")
    let before = try session.query("tickets").columns[0].values
    let broken = Checkout.mistakes.appending(path: "data/open_quote.csv").path
    #expect(throws: ScriptError.self) { try session.load(path: broken, as: "tickets") }
    #expect(throws: ScriptError.self) { try session.load(path: "/nowhere/tickets.csv") }
    #expect(try session.query("tickets").columns[0].values == before)
  }

  @Test func aFailedStatementChangesNothing() throws {
    let session = try loaded("tickets")
    _ = try session.run("define slow = frt > 4h\nset timezone = 'Europe/Berlin'")
    for broken in ["define slow = slw +", "set timezone = 'Nowhere'", "set week_start = 4"] {
      #expect(throws: ScriptError.self) { try session.run(broken) }
    }
    let settings = try session.query("show settings")
    #expect(settings.columns[1].values.contains(.text("Europe/Berlin")))
    #expect(try session.query("count if slow").rowCount == 1)
  }

  @Test func aParameterFromOutsideStays() throws {
    let session = try loaded("tickets")
    try session.setParameter("month", to: "2024-04")
    let result = try session.query("param month = 2024-03\ntickets by month where month = $month")
    #expect(result.columns[0].values == [.text("2024-04")])
  }

  @Test func twoSessionsKnowNothingOfEachOther() throws {
    let first = try loaded("tickets")
    let second = try loaded("tickets")
    _ = try first.run("define slow = frt > 4h")
    #expect(throws: ScriptError.self) { try second.run("percent(slow)") }
  }

  /// Loads replace the data while others ask; every answer is one of a whole table.
  @Test func severalThreadsOnOneSession() async throws {
    let session = try loaded("tickets", "surveys")
    let wanted = try session.query("tickets, csat by channel").columns.map(\.values)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<6 {
        group.addTask {
          for round in 0..<5 {
            if worker == 0 {
              try session.load(path: Checkout.samples.appending(path: "tickets.csv").path)
            } else if worker == 1 {
              _ = try session.run("define d\(round) = frt > \(round + 1)h")
            } else {
              let found = try session.query("tickets, csat by channel").columns.map(\.values)
              #expect(found == wanted)
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func cancelling() throws {
    let session = try loaded("tickets")
    session.cancellation.set()
    let error = #expect(throws: ScriptError.self) { try session.query("tickets by channel") }
    #expect(error?.diagnostics.map(\.code) == ["cancelled"])
    let path = Checkout.samples.appending(path: "surveys.csv").path
    #expect(throws: ScriptError.self) { try session.load(path: path) }
    session.cancellation.clear()
    #expect(try session.query("tickets by channel").rowCount > 2)
    #expect(throws: ScriptError.self, "nothing of the cancelled load is there") {
      try session.query("csat")
    }
  }
}
