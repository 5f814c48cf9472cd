/// What the scores of a survey file measure, where no column tells.
enum SurveyKind: String, Sendable {
  case csat, nps, ces

  /// Words by which questions ask for a score.
  static let questionWords = ["recommend", "effort", "easy", "satisf", "rate "]

  /// The kind that the score's header or the file's name tells, with why; nil where neither does.
  static func found(scoreHeader: String, path: String) -> (kind: SurveyKind, reason: String)? {
    let header = scoreHeader.lowercased()
    let words = HeaderText.words(scoreHeader)
    if words.contains("nps") || header.contains("recommend") { return (.nps, "by the header") }
    if words.contains("ces") || header.contains("effort") || header.contains("easy") {
      return (.ces, "by the header")
    }
    if words.contains("csat") || header.contains("satisf") { return (.csat, "by the header") }
    let file = HeaderText.words(DatasetRole.fileStem(path))
    for kind in [SurveyKind.nps, .ces, .csat] where file.contains(kind.rawValue) {
      return (kind, "by the file's name")
    }
    return nil
  }
}
