import DeskQL
import Foundation
import Testing

@Suite("Explain")
struct ExplainTests {
  private func text(_ query: String) throws -> String {
    let results = try LoadedData.samples.session().run(query)
    guard case .text(let text)? = results.last else { return "" }
    return text
  }

  @Test func tellsHowItIsCarriedOut() throws {
    let text = try text("explain median frt, distinct(customer) by channel")
    #expect(text.contains("addressed directly"))
    #expect(text.contains("all values in 32 bits, distinct by bitmap"))
    #expect(text.contains(/scan tickets: [0-9]+ rows in [0-9]+ blocks.*; columns of [0-9]+ kB/))
    #expect(!text.contains(" ms"))
  }

  @Test func analyzeGivesTimes() throws {
    for query in ["csat by month", "backlog by month", "list id where channel = chat"] {
      let text = try text("explain analyze \(query)")
      #expect(text.contains(/scan (surveys|tickets): .*; [0-9]+\.[0-9][0-9] ms/))
      #expect(text.contains(/in all [0-9]+\.[0-9][0-9] ms/))
    }
  }
}
