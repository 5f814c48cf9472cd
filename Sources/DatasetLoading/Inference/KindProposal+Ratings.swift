import ColumnStore

extension KindProposal {
  /// Ratings with labels, out of the number that the texts name, if they all name the same.
  var rating: ValueKind {
    let named = Set(counted.compactMap { written($0)?.outOf })
    return .rating(outOf: named.count == 1 ? named.first : nil)
  }

  /// Whether the labels say that small numbers are the good ones, as in `1 - Great`.
  var smallIsGood: Bool {
    let distinct = Set(counted)
    let known = distinct.compactMap { text -> (number: Double, meaning: Int)? in
      guard let number = written(text)?.value,
        let meaning = AnswerWords.meaning(of: SafeText.string(text))
      else { return nil }
      return (number, meaning.rawValue)
    }
    var (rising, falling) = (0, 0)
    for first in known {
      for second in known where first.number < second.number {
        if first.meaning < second.meaning { rising &+= 1 }
        if first.meaning > second.meaning { falling &+= 1 }
      }
    }
    return falling > rising
  }

  /// Whether most texts are answers such as `Very satisfied`.
  var hasKnownAnswers: Bool {
    let known = counted.count { text in
      AnswerWords.meaning(of: SafeText.string(text)) != nil
    }
    return known &* 2 >= counted.count && !counted.isEmpty
  }

  static let smallIsGoodRemark =
    "the words of its answers, since its labels say that small numbers are the good ones"

  private func written(_ text: ArraySlice<UInt8>) -> (value: Double?, outOf: Int?)? {
    text.withUnsafeBufferPointer { buffer in
      WrittenRating(buffer).map { rating in
        (Double(SafeText.string(UnsafeBufferPointer(rebasing: rating.number))), rating.outOf)
      }
    }
  }
}
