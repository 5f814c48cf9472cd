/// Which header of a file stands for which known column.
enum KnownColumns {
  /// A header's column and, for a duration, the seconds of the unit in the header.
  struct Assignment: Sendable {
    var column: KnownColumn
    /// The seconds of one, where the header names a unit.
    var unit: Double?
    /// Why, where the name alone does not tell.
    var remark: String?
  }

  /// The known columns of a role.
  static func columns(of role: DatasetRole) -> [KnownColumn] {
    switch role {
    case .tickets: tickets
    case .surveys: surveys
    case .customers: customers
    case .shifts: shifts
    }
  }

  /// The known column of each header that has one, by the header's index.
  ///
  /// A column's own name wins over an alias, an earlier alias over a later one, and an earlier
  /// header over a later one. Where the values are known, a header whose values cannot be the
  /// column's is passed over.
  static func assignments(
    headers: HeaderIndex, role: DatasetRole, proposals: [KindProposal]? = nil
  ) -> [Int: Assignment] {
    let texts = headers.headers
    var result: [Int: Assignment] = [:]
    for column in columns(of: role) {
      let free = candidates(of: column, headers).filter { result[$0] == nil }
      let fitting = free.first { index in
        fits(texts[index], column) && (proposals.map { mayHold($0[index], column) } ?? true)
      }
      if let fitting {
        result[fitting] = Assignment(column: column, unit: texts[fitting].unit)
      } else if let proposals,
        let index = free.first(where: { isYesNo(proposals[$0], instead: column) })
      {
        var column = column
        column.expectation = .boolean
        result[index] = Assignment(column: column, remark: "yes or no, not when")
      }
    }
    if role == .surveys, let proposals { assignQuestion(texts, proposals, &result) }
    if role == .tickets, let proposals { assignChannel(texts, proposals, &result) }
    return result
  }

  /// The headers that go by a column's names, the likeliest first.
  private static func candidates(of column: KnownColumn, _ headers: HeaderIndex) -> [Int] {
    // A state beside a city is a part of a country.
    let isPlace = places.contains { !headers[$0].isEmpty }
    var indices = HeaderText.variants(of: column).flatMap { headers[$0] }
    for alias in column.aliases where !(isPlace && alias == "State") { indices += headers[alias] }
    if case .duration = column.expectation, column.name.hasSuffix("time") {
      // `handle_seconds` is the handle time, while `handle` alone might be anything.
      indices += headers[String(column.name.dropLast(4))]
    }
    return indices
  }

  private static let places = ["city", "zip", "zipcode", "postcode", "postalcode"]

  /// Whether a header may stand for a column, by what it says itself.
  private static func fits(_ header: HeaderText, _ column: KnownColumn) -> Bool {
    guard case .duration = column.expectation else { return header.unit == nil }
    // Jira's fields of this name hold the time that is left.
    if header.isCustom { return false }
    let name = HeaderText.squashed(column.name)
    let isShort = header.keys.contains(String(name.dropLast(4))) && !header.keys.contains(name)
    return header.unit != nil || !isShort || !name.hasSuffix("time")
  }

  /// Whether values may be those of a column.
  private static func mayHold(_ values: KindProposal, _ column: KnownColumn) -> Bool {
    if values.isUndecided { return true }
    switch column.expectation {
    case .time, .date: return values.maybeTime
    case .duration: return values.share(.duration(values.duration(unit: 1))) >= 0.5
    case .boolean: return values.share(.boolean(takesDigits: true)) >= 0.5
    case .number:
      return values.share(.number(isIdentifier: false)) >= 0.5
        || values.share(.boolean(takesDigits: true)) >= 0.5
        || values.dressedStyle(least: 0.5) != nil
    default: return true
    }
  }

  private static func isYesNo(_ values: KindProposal, instead column: KnownColumn) -> Bool {
    guard case .time = column.expectation else { return false }
    return values.fits(.boolean(takesDigits: true))
  }

  /// Takes Help Scout's `type` as the channel, which its `source`, who wrote first, is not.
  private static func assignChannel(
    _ headers: [HeaderText], _ values: [KindProposal], _ result: inout [Int: Assignment]
  ) {
    func words(_ index: Int) -> Set<String> {
      Set(values[index].texts.map { SafeText.string($0).lowercased() })
    }
    let found = result.first { $0.value.column.name == "channel" }?.key
    if let found, HeaderText.squashed(headers[found].header) != "source" { return }
    guard let type = result.first(where: { $0.value.column.name == "type" })?.key,
      HeaderText.squashed(headers[type].header) == "type", !words(type).isEmpty,
      words(type).isSubset(of: channels),
      found.map({ words($0).isDisjoint(with: channels) }) ?? true,
      let channel = tickets.first(where: { $0.name == "channel" })
    else { return }
    if let found { result[found] = nil }
    result[type] = Assignment(column: channel, remark: "its values are ways in")
  }

  private static let channels: Set<String> = [
    "email", "mail", "e-mail", "chat", "live chat", "phone", "call", "voice", "web", "sms",
    "social", "portal", "messenger", "facebook", "twitter", "instagram", "whatsapp", "form",
  ]

  /// Takes a question such as "How likely are you to recommend us?" as the score, or the only
  /// header that ends as `FF_Score` does.
  private static func assignQuestion(
    _ headers: [HeaderText], _ values: [KindProposal], _ result: inout [Int: Assignment]
  ) {
    guard !result.values.contains(where: { $0.column.name == "score" }),
      let column = surveys.first(where: { $0.name == "score" })
    else { return }
    for word in SurveyKind.questionWords {
      let index = headers.indices.first { index in
        let title = headers[index].title
        return result[index] == nil && title.count >= 15 && title.lowercased().contains(word)
          && !values[index].isUndecided
          && (values[index].share(values[index].rating) >= 0.5 || values[index].hasKnownAnswers)
      }
      guard let index else { continue }
      result[index] = Assignment(column: column, remark: "the question that asks for a score")
      return
    }
    let named = headers.indices.filter { index in
      ["score", "rating"].contains(HeaderText.words(headers[index].title).last ?? "")
        && result[index] == nil && values[index].share(values[index].rating) >= 0.5
    }
    if named.count == 1 {
      result[named[0]] = Assignment(column: column, remark: "the only header that names a score")
    }
  }
}
