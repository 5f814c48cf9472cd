import ColumnStore

/// Columns that are put together from others, and units that others show.
extension DatasetBuild {
  /// The names and types of the derived columns.
  var derivedInfos: [ColumnInfo] {
    var infos: [ColumnInfo] = []
    if let surveyKind {
      infos.append(
        ColumnInfo(
          name: "kind", header: "kind", type: .text,
          remark: "all answers are \(surveyKind.kind.rawValue), \(surveyKind.reason)"))
    }
    if !numberedTags.isEmpty {
      let headers = numberedTags.map { SafeText.quoted(plans[$0].header) }
      infos.append(
        ColumnInfo(
          name: "tags", header: "tags", type: .tags,
          remark: "the values of " + SafeText.cut(headers.joined(separator: ", "), 200)))
    }
    if let closed = closedAsResolved {
      infos.append(
        ColumnInfo(
          name: "resolved", header: "resolved", type: plans[closed].kind.type,
          remark: "when tickets were closed; the file does not say when they were resolved"))
    }
    return infos
  }

  /// The derived columns, from those that were read.
  func derivedColumns(_ columns: [Column]) -> [Column] {
    var derived: [Column] = []
    if let surveyKind {
      let codes = CodeArray(count: rowCount, largest: 1)
      for row in 0..<rowCount { codes.set(row, to: 1) }
      let dictionary = TextHeap([surveyKind.kind.rawValue])
      derived.append(.dictionary(DictionaryColumn(codes: codes, dictionary: dictionary)))
    }
    if !numberedTags.isEmpty {
      let parts = numberedTags.map { columns[$0] }
      derived.append(.tags(NumberedTags.column(parts, rowCount: rowCount)))
    }
    if let closed = closedAsResolved { derived.append(columns[closed]) }
    return derived
  }

  /// The closing times of tickets, where nothing else tells of their end.
  private var closedAsResolved: Int? {
    guard naming.isClosedResolved, !isAllText else { return nil }
    return plans.firstIndex { $0.name == "closed" && [.time, .date].contains($0.kind.type) }
  }

  /// Says where tickets count as resolved when they were closed.
  mutating func noteClosed() {
    guard let closed = closedAsResolved else { return }
    findings.notes.append(
      "'resolved' is read from \(SafeText.quoted(plans[closed].header)), the only end of a ticket "
        + "in the file")
  }

  /// The columns that hold one tag each, where all of them are read as codes.
  private var numberedTags: [Int] {
    let indices = plans.indices.filter { naming.numberedTags.contains(plans[$0].index) }
    let areCodes = indices.allSatisfy { plans[$0].kind == .dictionary(isKey: true) }
    return areCodes && indices.count == naming.numberedTags.count ? indices : []
  }

  /// What the scores of a survey file measure where no column says so; nil for plain satisfaction.
  private var surveyKind: (kind: SurveyKind, reason: String)? {
    guard naming.role == .surveys, !isAllText, !naming.plans.contains(where: { $0.name == "kind" }),
      let score = plans.first(where: { $0.name == "score" }),
      let found = SurveyKind.found(scoreHeader: score.header, path: request.path),
      found.kind != .csat
    else { return nil }
    return found
  }

  /// The moments at which lengths of time end.
  static let unitWitnesses = [
    (length: "first_response_time", moment: "first_response"),
    (length: "resolution_time", moment: "resolved"), (length: "resolution_time", moment: "closed"),
  ]

  /// Lengths of time without a unit get the one that the moments beside them show.
  mutating func findUnits(_ columns: inout [Column]) {
    func numbers(_ name: String, _ type: ColumnType) -> (index: Int, column: NumberColumn)? {
      guard let index = plans.firstIndex(where: { $0.name == name && $0.kind.type == type }),
        case .number(let column) = columns[index]
      else { return nil }
      return (index, column)
    }
    guard naming.role == .tickets, let start = numbers("created", .time)?.column else { return }
    for (length, moment) in Self.unitWitnesses {
      guard let (index, lengths) = numbers(length, .duration), plans[index].unit == nil,
        let end = numbers(moment, .time)?.column,
        let unit = UnitCheck.unit(of: lengths, from: start, to: end), unit.seconds > 1,
        let scaled = UnitCheck.scaled(lengths, by: unit.seconds)
      else { continue }
      columns[index] = .number(scaled)
      plans[index].unit = Double(unit.seconds)
      plans[index].remarks.removeAll { $0 == KindProposal.secondsRemark }
      plans[index].remarks.append(
        "numbers are \(unit.name), as the time from 'created' to '\(moment)' shows")
    }
  }
}
