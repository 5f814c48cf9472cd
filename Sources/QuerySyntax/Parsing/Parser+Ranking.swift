import Diagnostics

extension Parser {
  /// Reads the sort keys.
  ///
  ///     order = ( "order" | "sort" ) "by" order-key { "," order-key } [ "," ]
  func parseOrder() throws(ParseFailure) -> [OrderNode] {
    index += 1
    try expect(.by)
    var order = [try parseOrderKey()]
    while accept(.comma), !isListOver { order.append(try parseOrderKey()) }
    return order
  }

  /// Reads one sort key.
  ///
  ///     order-key = sum [ "asc" | "desc" ]
  private func parseOrderKey() throws(ParseFailure) -> OrderNode {
    let start = index
    arithmeticCount = 0
    guard !isAtEnd else { throw expected("a column or measure") }
    let expression = try parseSum()
    let isDescending = accept(.desc)
    if !isDescending { _ = accept(.asc) }
    return OrderNode(
      expression: expression, isDescending: isDescending, range: range(from: start))
  }

  /// Reads a ranking.
  ///
  ///     top = ( "top" | "bottom" ) count [ "by" sum ] [ "per" key ] [ "fair" ]
  func parseRanking() throws(ParseFailure) -> RankingNode {
    let start = index
    let isBottom = current.keyword == .bottom
    index += 1
    let count = try parseCount(after: isBottom ? "bottom" : "top")
    arithmeticCount = 0
    let by = accept(.by) ? try parseSum() : nil
    let per = accept(.per) ? try parseKey() : nil
    let isFair = accept(.fair)
    return RankingNode(
      isBottom: isBottom, count: count, by: by, per: per, isFair: isFair,
      range: range(from: start))
  }
}
