extension ResultTable {
  /// The title, with what its words for a period stand for: `csat in last month (2024-11)`.
  var heading: String { title + periodText }

  /// The same without the clause that asks for a picture, which says nothing beside the picture.
  var plainTitle: String {
    guard chart != nil else { return heading }
    for clause in Chart.allCases.map({ " chart " + $0.rawValue }) + [" chart"]
    where title.hasSuffix(clause) {
      return title.dropLast(clause.count) + periodText
    }
    return heading
  }

  private var periodText: String {
    guard let period else { return "" }
    return comparedPeriod.map { " (\(period) vs \($0))" } ?? " (\(period))"
  }
}
