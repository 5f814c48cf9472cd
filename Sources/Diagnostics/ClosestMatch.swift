/// The candidate that a mistyped word most likely means, nil where none is near.
///
/// Case, `-`, `_` and spaces are alike. A candidate is near where it is at most a third of the word
/// away (and at least one slip is forgiven), or where the word, of three letters or more, is its
/// beginning. The nearest wins, then the first.
public func closestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
  let wanted = folded(word)
  // Nobody mistypes a word of hundreds of letters, and the distance takes quadratic time.
  guard wanted.count >= 2, wanted.count <= 64 else { return nil }
  let limit = max(1, wanted.count / 3)
  var best: (candidate: String, distance: Int)?
  var shortestContinuation: (candidate: String, length: Int)?
  for candidate in candidates {
    let letters = folded(candidate)
    if let distance = editDistance(wanted, letters, limit: limit),
      distance < best?.distance ?? .max
    {
      best = (candidate, distance)
    }
    if wanted.count >= 3, letters.starts(with: wanted),
      letters.count < shortestContinuation?.length ?? .max
    {
      shortestContinuation = (candidate, letters.count)
    }
  }
  return best?.candidate ?? shortestContinuation?.candidate
}

private func folded(_ word: String) -> [Unicode.Scalar] {
  word.prefix(65).lowercased().unicodeScalars.map { $0 == "-" || $0 == " " ? "_" : $0 }
}

/// The Damerau–Levenshtein distance (swapped neighbours count as one slip), nil above the limit.
private func editDistance(
  _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int
) -> Int? {
  guard abs(left.count - right.count) <= limit else { return nil }
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
      var cost = min(substitution, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[right.count] <= limit ? last[right.count] : nil
}
