import ColumnStore

/// Codes that certain help desks write instead of words.
extension DatasetBuild {
  /// What the numbers of known columns mean in the exports of one help desk, from the documentation
  /// of its interface.
  private enum CodeBook: String, CaseIterable {
    case freshdesk = "Freshdesk"
    case serviceNow = "ServiceNow"

    /// Headers that only this help desk writes.
    var signs: Set<String> {
      switch self {
      case .freshdesk: ["responderid", "frescalated", "frdueby", "displayid"]
      case .serviceNow: ["sysid", "syscreatedon", "assignmentgroup", "madesla"]
      }
    }

    /// The words by the column's name.
    var words: [String: [Int64: String]] {
      switch self {
      case .freshdesk:
        [
          "status": [2: "open", 3: "pending", 4: "resolved", 5: "closed"],
          "priority": [1: "low", 2: "medium", 3: "high", 4: "urgent"],
          "channel": [
            1: "email", 2: "portal", 3: "phone", 7: "chat", 9: "feedback widget",
            10: "outbound email",
          ],
        ]
      case .serviceNow:
        [
          "status": [
            1: "new", 2: "in progress", 3: "on hold", 6: "resolved", 7: "closed", 8: "canceled",
          ],
          "priority": [1: "critical", 2: "high", 3: "moderate", 4: "low", 5: "planning"],
        ]
      }
    }
  }

  /// Puts words in the place of codes, where the other headers tell which help desk wrote them.
  mutating func nameCodes(_ columns: inout [Column]) {
    guard naming.role == .tickets else { return }
    let headers = Set(naming.plans.map { HeaderText.squashed($0.header) })
    for book in CodeBook.allCases where !book.signs.isDisjoint(with: headers) {
      let wordsByColumn = book.words
      for index in plans.indices {
        guard let words = wordsByColumn[plans[index].name],
          case .number(let codes) = columns[index], codes.width != .float64, codes.scale == 0
        else { continue }
        let values = (0..<codes.count).map { codes.isValid($0) ? codes.stored($0) : nil }
        let known = values.allSatisfy { value in value.map { words[$0] != nil } ?? true }
        guard known, values.contains(where: { $0 != nil }) else { continue }
        columns[index] = .dictionary(
          DictionaryColumn(values.map { value in value.flatMap { words[$0] } }))
        plans[index].kind = .dictionary(isKey: true)
        plans[index].remarks.append("the words for the numbers of \(book.rawValue)")
      }
      return
    }
  }

  /// Puts words in the place of Freshdesk's ratings, which no scale of numbers has.
  mutating func nameRatings(_ columns: inout [Column]) {
    for index in plans.indices where plans[index].name == "score" {
      // The bounds of most columns tell without a look at the rows.
      guard case .number(let ratings) = columns[index], ratings.width != .float64,
        ratings.scale == 0, ratings.minimum >= -103, ratings.maximum <= 103,
        ratings.minimum <= -101 || ratings.maximum >= 100
      else { continue }
      let values = (0..<ratings.count).map { ratings.isValid($0) ? ratings.stored($0) : nil }
      let found = Set(values.compactMap { $0 })
      guard found.isSubset(of: Set(Self.freshdeskRatings.keys)),
        found.contains(where: { $0 != 100 })
      else { continue }
      columns[index] = .dictionary(
        DictionaryColumn(values.map { value in value.flatMap { Self.freshdeskRatings[$0] } }))
      plans[index].kind = .answerWords
      plans[index].remarks.append("the words for the numbers of Freshdesk")
    }
  }

  private static let freshdeskRatings: [Int64: String] = [
    103: "extremely happy", 102: "very happy", 101: "happy", 100: "neutral", -101: "unhappy",
    -102: "very unhappy", -103: "extremely unhappy",
  ]

  /// Turns ratings round of which 1 is the best: those of Help Scout, and where the header says so.
  mutating func turnRatings(_ columns: inout [Column]) {
    for index in plans.indices where plans[index].name == "score" {
      let isHelpScout = HeaderText.squashed(plans[index].header) == "ratingid"
      guard let worst = isHelpScout ? 3 : RatingScale.worst(in: plans[index].header),
        case .number(let ratings) = columns[index], ratings.width != .float64, ratings.scale == 0,
        !isHelpScout || (ratings.minimum >= 1 && ratings.maximum <= 3)
      else { continue }
      let known = 1...Int64(worst)
      columns[index] = .number(
        NumberColumn(
          (0..<ratings.count).map { row in
            guard ratings.isValid(row) else { return nil }
            let rating = ratings.stored(row)
            return known.contains(rating) ? known.upperBound &+ 1 &- rating : rating
          }))
      let whose = isHelpScout ? "Help Scout's ratings" : "ratings"
      plans[index].remarks.append("\(whose) turned round, so that \(worst) is the best")
      if !isHelpScout {
        findings.notes.append(
          "'score' is turned round, so that \(worst) is the best: its header says that 1 is")
      }
    }
  }
}
