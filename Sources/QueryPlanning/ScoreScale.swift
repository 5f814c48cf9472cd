import QuerySyntax

/// Which answers of a rating are good and which are bad.
public enum ScoreScale: Hashable, Sendable {
  /// A number from `low` to `high`; good from `good` on, bad up to `bad`.
  case numbers(low: Double, high: Double, good: Double, bad: Double)
  /// Words, in lower case.
  case words(good: [String], bad: [String], other: [String])

  /// The scale that the range of all ratings shows: 0–1, 1–2, 1–3, 1–5, 1–7 or 1–10.
  public static func detect(_ range: ClosedRange<Double>) -> ScoreScale {
    let low = range.lowerBound
    switch range.upperBound {
    case ...1 where low >= 0: return .numbers(low: 0, high: 1, good: 1, bad: 0)
    case ...2 where low >= 1: return .numbers(low: 1, high: 2, good: 2, bad: 1)
    case ...3 where low >= 1: return .numbers(low: 1, high: 3, good: 3, bad: 1)
    case ...5: return .numbers(low: min(low, 1), high: 5, good: 4, bad: 2)
    case ...7: return .numbers(low: min(low, 1), high: 7, good: 6, bad: 2)
    case ...10: return .numbers(low: min(low, 1), high: 10, good: 8, bad: 4)
    default: return .numbers(low: 0, high: 100, good: 80, bad: 40)
    }
  }

  /// The scale of a given span of numbers, as `set csat_scale = 1..5` names it.
  public static func of(_ span: ClosedRange<Double>, good: Double?) -> ScoreScale {
    guard case .numbers(_, _, let usual, let bad) = detect(span) else { return detect(span) }
    return .numbers(
      low: span.lowerBound, high: span.upperBound, good: good ?? usual, bad: bad)
  }

  private static let goodWords: Set<String> = [
    "good", "goodwithcomment", "good with comment", "happy", "satisfied", "very satisfied",
    "great", "positive", "excellent", "thumbs up", "highly satisfied", "yes", "very happy",
    "extremely happy", "extremely satisfied", "somewhat satisfied", "very good", "amazing",
    "awesome",
  ]
  private static let badWords: Set<String> = [
    "bad", "badwithcomment", "bad with comment", "unhappy", "dissatisfied", "unsatisfied",
    "very dissatisfied", "not good", "negative", "poor", "thumbs down", "no",
    "highly dissatisfied", "very unhappy", "extremely unhappy", "extremely dissatisfied",
    "somewhat dissatisfied", "very unsatisfied", "very bad", "very poor", "terrible", "awful",
  ]
  private static let neutralWords: Set<String> = [
    "neutral", "okay", "ok", "average", "mixed", "neither", "fair", "so-so",
    "neither satisfied nor dissatisfied",
  ]

  /// The scale that the words of all ratings show; nil where none of them is known.
  public static func detect(words: [String]) -> ScoreScale? {
    let folded = Set(words.map { $0.lowercased() })
    let good = folded.intersection(goodWords)
    let bad = folded.intersection(badWords)
    guard !good.isEmpty || !bad.isEmpty else { return nil }
    return .words(
      good: good.sorted(), bad: bad.sorted(), other: folded.intersection(neutralWords).sorted())
  }
}
