import ColumnStore

/// Which answers of a rating are good and which are bad.
public enum ScoreScale: Hashable, Sendable {
  /// A number from `low` to `high`; good from `good` on, bad up to `bad`.
  case numbers(low: Double, high: Double, good: Double, bad: Double)
  /// Words, in lower case; those in `unknown` say nothing that is known.
  case words(good: [String], bad: [String], other: [String], unknown: [String])

  /// The scale that the range of all ratings shows: 0–1, −1–1, 1–2, 1–3, 1–5, 1–7 or 1–10, some of
  /// them from 0 on; nil for a range on none of them.
  public static func detect(_ range: ClosedRange<Double>) -> ScoreScale? {
    let low = range.lowerBound
    if low < 0 {
      let isThumbs = low >= -1 && range.upperBound <= 1
      return isThumbs ? .numbers(low: -1, high: 1, good: 1, bad: -1) : nil
    }
    let least: Double = low < 1 ? 0 : 1
    switch range.upperBound {
    case ...1: return .numbers(low: 0, high: 1, good: 1, bad: 0)
    case ...2 where low >= 1: return .numbers(low: 1, high: 2, good: 2, bad: 1)
    case ...3 where low >= 1: return .numbers(low: 1, high: 3, good: 3, bad: 1)
    case ...5: return .numbers(low: least, high: 5, good: 4, bad: 2)
    case ...7: return .numbers(low: least, high: 7, good: 6, bad: 2)
    case ...10: return .numbers(low: least, high: 10, good: 8, bad: 4)
    default: return nil
    }
  }

  /// The scale of a given span of numbers, as `set csat_scale = 1..5` or a header names it; on a
  /// span that no help desk uses the upper fifth is good and the lower two fifths are bad.
  public static func of(_ span: ClosedRange<Double>, good: Double?) -> ScoreScale {
    let (low, high) = (span.lowerBound, span.upperBound)
    if case .numbers(_, high, let usual, let bad)? = detect(span) {
      return .numbers(low: low, high: high, good: good ?? usual, bad: bad)
    }
    let width = high - low
    return .numbers(
      low: low, high: high, good: good ?? (low + width * 0.8).rounded(.up),
      bad: (low + width * 0.4).rounded(.down))
  }

  /// The scale that the words of all ratings show; nil where none of them is known.
  public static func detect(words: [String]) -> ScoreScale? {
    var found: [AnswerWords.Meaning?: [String]] = [:]
    for word in Set(words.map { $0.lowercased() }) {
      found[AnswerWords.meaning(of: word), default: []].append(word)
    }
    func answers(_ meaning: AnswerWords.Meaning?) -> [String] {
      found[meaning, default: []].sorted()
    }
    guard found[.good] != nil || found[.bad] != nil else { return nil }
    return .words(
      good: answers(.good), bad: answers(.bad), other: answers(.neutral), unknown: answers(nil))
  }
}
