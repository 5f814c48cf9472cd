/// The first of many in some order.
enum Selection {
  /// Up to here the first are kept in order while the others pass by.
  private static let largestKept = 256

  /// The first of the indexes below a count, in their order.
  ///
  /// - Parameter precedes: a strict order in which no two indexes are equal.
  static func first(
    _ wanted: Int, of count: Int, by precedes: (Int, Int) -> Bool
  ) -> [Int] {
    if wanted <= 0 { return [] }
    if wanted > largestKept || wanted * 4 > count {
      return Array((0..<count).sorted(by: precedes).prefix(wanted))
    }
    var kept: [Int] = []
    for index in 0..<count {
      if kept.count == wanted, let last = kept.last, !precedes(index, last) { continue }
      var low = 0
      var high = kept.count
      while low < high {
        let middle = (low + high) / 2
        if precedes(index, kept[middle]) { high = middle } else { low = middle + 1 }
      }
      if kept.count == wanted { kept.removeLast() }
      kept.insert(index, at: low)
    }
    return kept
  }
}
