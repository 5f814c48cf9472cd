import ColumnStore

/// The scales that headers of ratings name.
enum RatingScale {
  /// The scale in a header such as `Score (1-10)`, `Rating 0 to 5` or `CSAT (out of 10)`.
  static func named(in header: String) -> ClosedRange<Double>? {
    guard header.utf8.contains(where: Digits.isDigit) else { return nil }
    let words = HeaderText.words(header).filter { $0 != "to" }
    for (word, next) in zip(words, words.dropFirst()) {
      guard let top = top(next) else { continue }
      if word == "0" || word == "1" { return Double(word == "0" ? 0 : 1)...Double(top) }
      if word == "of", words.contains("out") { return of(top) }
    }
    return worst(in: header).map { 1...Double($0) }
  }

  /// The worst rating of a header that says 1 is the best, as in `Grade (1 = best, 5 = worst)`.
  static func worst(in header: String) -> Int? {
    let words = HeaderText.words(header)
    var bestIsOne = false
    for (word, next) in zip(words, words.dropFirst()) {
      if word == "1", AnswerWords.meaning(of: next) == .good { bestIsOne = true }
      if bestIsOne, let top = top(word), AnswerWords.meaning(of: next) == .bad { return top }
    }
    return nil
  }

  /// The words of a header without the scale at their end, as in `rating 0-10`.
  static func without(_ words: [String]) -> [String] {
    var rest = words.filter { $0 != "to" }[...]
    guard let last = rest.popLast(), top(last) != nil else { return words }
    let beginnings: [[String]] = [["0"], ["1"], ["out", "of"]]
    guard let beginning = beginnings.first(where: { rest.suffix($0.count) == $0[...] }),
      rest.count > beginning.count
    else { return words }
    return Array(rest.dropLast(beginning.count))
  }

  /// The scale of ratings out of a number above 0; two or three ratings hardly begin with 0.
  static func of(_ top: Int) -> ClosedRange<Double> {
    (top == 2 || top == 3 ? 1 : 0)...Double(max(top, 1))
  }

  private static func top(_ word: String) -> Int? {
    guard let top = Int(word), (2...10).contains(top) || top == 100 else { return nil }
    return top
  }
}
