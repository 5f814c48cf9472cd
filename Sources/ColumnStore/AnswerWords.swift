/// What the words of ratings say: those of the help desks and survey tools, in lower case.
public enum AnswerWords {
  /// Where an answer stands between content and not; the larger the better.
  public enum Meaning: Int, Sendable {
    case bad, neutral, good
  }

  /// What a rating in words means; nil where its words are not known.
  ///
  /// Case, blanks around it and a number in front (`1 - Great`, `5 (worst)`) make no difference.
  public static func meaning(of answer: String) -> Meaning? {
    if let known = meanings[answer] { return known }
    return meanings[bare(answer)]
  }

  /// An answer in lower case without its number, marks around it and typographic signs.
  private static func bare(_ answer: String) -> String {
    let plain = answer.lowercased().map { $0 == "\u{2019}" ? "'" : $0 }
    var rest = plain[...]
    let label = rest.drop { $0.isNumber || $0 == "." }.drop { " -–—:=.)(\t".contains($0) }
    if rest.first?.isNumber == true, !label.isEmpty { rest = label }
    while let first = rest.first, first == "(" || first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, ").!".contains(last) || last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  private static let meanings: [String: Meaning] = {
    var meanings: [String: Meaning] = [:]
    for word in good { meanings[word] = .good }
    for word in bad { meanings[word] = .bad }
    for word in neutral { meanings[word] = .neutral }
    return meanings
  }()

  private static let good = [
    "good", "goodwithcomment", "good with comment", "good, i'm satisfied", "happy", "satisfied",
    "very satisfied", "great", "positive", "excellent", "thumbs up", "highly satisfied", "yes",
    "very happy", "extremely happy", "extremely satisfied", "somewhat satisfied", "very good",
    "amazing", "awesome", "best",
  ]
  private static let bad = [
    "bad", "badwithcomment", "bad with comment", "bad, i'm unsatisfied", "unhappy",
    "dissatisfied", "unsatisfied", "very dissatisfied", "not good", "negative", "poor",
    "thumbs down", "no", "highly dissatisfied", "very unhappy", "extremely unhappy",
    "extremely dissatisfied", "somewhat dissatisfied", "very unsatisfied", "very bad",
    "very poor", "terrible", "awful", "worst", "not satisfied",
  ]
  private static let neutral = [
    "neutral", "okay", "ok", "average", "mixed", "neither", "fair", "so-so",
    "neither satisfied nor dissatisfied",
  ]
}
