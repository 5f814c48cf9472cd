import Diagnostics

extension Parser {
  /// Reads what the query is compared with.
  ///
  ///     vs = "vs" ( "previous" | "last" "year" | period | "where" condition | "rest" | "total"
  ///        | "benchmark" [ text ] | "goal" )
  func parseBaseline() throws(ParseFailure) -> BaselineNode {
    let start = index
    index += 1
    let form = try parseBaselineForm()
    return BaselineNode(form: form, range: range(from: start))
  }

  private func parseBaselineForm() throws(ParseFailure) -> BaselineNode.Form {
    let word = current.keyword
    if word == .last, text(of: peek()).lowercased() == TimeUnit.year.rawValue {
      index += 2
      return .lastYear
    }
    if startsPeriod(at: index) { return .period(try parsePeriod()) }
    guard let word, Self.baselineWords.contains(word) else {
      let known = Self.baselineWords.map(\.rawValue) + ["last year"]
      throw unknownWord("a baseline", among: known)
    }
    index += 1
    switch word {
    case .previous: return .previous
    case .rest: return .rest
    case .total: return .total
    case .goal: return .goal
    case .benchmark:
      return .benchmark(industry: current.kind == .text ? try parseText("an industry") : nil)
    default:
      guard !isAtEnd else { throw expected("a condition") }
      return .filter(try parseCondition())
    }
  }

  private static let baselineWords: [Keyword] = [
    .previous, .where, .rest, .total, .benchmark, .goal,
  ]
}
