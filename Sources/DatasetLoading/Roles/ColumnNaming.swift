import ColumnStore
import Diagnostics

/// The dataset's name and role, and the names of its columns.
struct ColumnNaming {
  /// The dataset's name.
  let name: String
  let role: DatasetRole?
  let roleReason: String
  private(set) var plans: [ColumnPlan] = []
  private(set) var notes: [String] = []
  /// The columns that hold one tag each.
  private(set) var numberedTags: [Int] = []

  /// Whether the closing times of tickets are all that tells of their end.
  var isClosedResolved: Bool {
    let names = Set(plans.map(\.name))
    return role == .tickets && names.contains("closed")
      && names.isDisjoint(with: ["resolved", "resolution_time"])
  }

  /// Names the columns by their headers and by what their first values may be.
  init(
    headers: [String], described: [String], proposals: [KindProposal], request: LoadRequest
  ) throws(Diagnostic) {
    let found = HeaderIndex(described)
    let texts = found.headers
    (role, roleReason) = DatasetRole.resolve(
      name: request.name, path: request.path, headers: found, proposals: proposals)
    name = request.name ?? role?.rawValue ?? DatasetRole.plainName(request.path)
    var known =
      role.map {
        KnownColumns.assignments(headers: found, role: $0, proposals: proposals)
      } ?? [:]
    for mapping in request.mappings {
      try map(mapping, headers, texts, path: request.path, known: &known)
    }
    var taken: Set<String> = Set(known.values.map(\.column.name))
    for (index, header) in headers.enumerated() {
      let text = texts[index]
      var plan = ColumnPlan(index: index, header: header, name: "")
      plan.clock = text.clock
      findZone(text, proposals[index], &plan)
      if let assignment = known[index] {
        plan.name = assignment.column.name
        plan.expectation = assignment.column.expectation
        plan.unit = assignment.unit
        if Schema.folded(header) != plan.name {
          plan.remarks.insert("the known column '\(plan.name)'", at: 0)
        }
        if let remark = assignment.remark { plan.remarks.append(remark) }
      } else {
        plan.unit = text.unit
        if text.isFlag { plan.expectation = .boolean }
        let isYesNo = proposals[index].fits(.boolean(takesDigits: false))
        plan.name = unique(text.title, isYesNo, position: index &+ 1, &taken, &plan)
      }
      plans.append(plan)
    }
    findClock(proposals)
    findNumberedTags()
    findZendeskTags()
    noteDoubledHeaders(headers)
  }

  /// The zone that the header of a column of times names.
  private func findZone(
    _ text: HeaderText, _ proposal: KindProposal, _ plan: inout ColumnPlan
  ) {
    var zone = text.zone
    // Places are looked up only where times stand below.
    if zone == nil, let aside = text.aside, !proposal.isUndecided, !text.isFlag,
      proposal.moment(isExpected: false) != nil
    {
      zone = HeaderZone(place: aside)
    }
    plan.zone = zone?.rules
    plan.zoneDoubt = zone?.doubt
  }

  /// Puts a header where the user wants it.
  private func map(
    _ mapping: (column: String, header: String), _ headers: [String], _ described: [HeaderText],
    path: String, known: inout [Int: KnownColumns.Assignment]
  ) throws(Diagnostic) {
    let wanted = Schema.folded(mapping.header)
    guard
      let index = headers.firstIndex(of: mapping.header)
        ?? headers.firstIndex(where: { Schema.folded($0) == wanted })
        ?? headers.firstIndex(where: { HeaderText.identifier($0) == wanted })
    else { throw LoadErrors.unknownHeader(mapping.header, path: path, headers: headers) }
    let name = Schema.folded(mapping.column)
    for (other, assignment) in known where assignment.column.name == name { known[other] = nil }
    let column =
      role.flatMap { role in KnownColumns.columns(of: role).first { $0.name == name } }
      ?? DatasetRole.allCases.lazy.flatMap { KnownColumns.columns(of: $0) }
      .first { $0.name == name }
    // A name that nothing is known of says nothing about the values either.
    known[index] = KnownColumns.Assignment(
      column: column ?? KnownColumn(name, .any), unit: described[index].unit)
  }

  /// A name that no other column has.
  private mutating func unique(
    _ header: String, _ isYesNo: Bool, position: Int, _ taken: inout Set<String>,
    _ plan: inout ColumnPlan
  ) -> String {
    var base = HeaderText.identifier(header)
    if base.isEmpty {
      base = "column_\(position)"
      let isBlank = plan.header.allSatisfy(\.isWhitespace)
      let said = isBlank ? "has no name" : "is called \(SafeText.quoted(plan.header))"
      plan.remarks.append(isBlank ? "the header is empty" : "the header has no letters")
      if notes.count < 20 { notes.append("column \(position) \(said); it is '\(base)'") }
    }
    // "Resolved" with yes and no, beside a column that says when.
    if isYesNo, taken.contains(base), !base.hasPrefix("is_") { base = "is_" + base }
    var name = base
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(base)_\(number)"
      number &+= 1
    }
    if name != base { plan.remarks.append("'\(base)' is the name of another column") }
    return name
  }

  private mutating func noteDoubledHeaders(_ headers: [String]) {
    var first: [String: Int] = [:]
    for (index, header) in headers.enumerated() where !header.isEmpty {
      let folded = Schema.folded(header)
      guard let earlier = first[folded] else {
        first[folded] = index
        continue
      }
      if notes.count < 20 {
        notes.append(
          "columns \(earlier &+ 1) and \(index &+ 1) are both called "
            + "\(SafeText.quoted(header)); the second is '\(plans[index].name)'")
      }
    }
    let odd = headers.filter { SafeText.cut($0, 1_000) != $0 && $0.unicodeScalars.count <= 1_000 }
    for header in odd.prefix(5) {
      notes.append("the header \(SafeText.quoted(header)) holds an invisible character")
    }
  }

  /// Finds the column of clock times that belongs to the dates of the dataset's clock.
  ///
  /// Spreadsheets keep the day and the time of day in two columns side by side.
  private mutating func findClock(_ proposals: [KindProposal]) {
    guard let date = plans.firstIndex(where: { ["created", "responded"].contains($0.name) }),
      case .date(let order)? = proposals[date].moment(isExpected: true)
    else { return }
    for clock in [date &+ 1, date &- 1] where plans.indices.contains(clock) {
      let words = HeaderText.words(plans[clock].header)
      guard plans[clock].expectation == nil, let last = words.last,
        ColumnNaming.clockWords.contains(last), proposals[clock].fits(.dayClock)
      else { continue }
      plans[clock].expectation = .dayClock
      plans[clock].unit = nil
      plans[date].joined = .joinedTime(order, clock: plans[clock].index)
      plans[date].remarks.append(
        "the day of \(SafeText.quoted(plans[date].header)) with the time of "
          + SafeText.quoted(plans[clock].header))
      return
    }
  }

  /// Finds columns such as `tag_1`, `tag_2`, …, which together are the tags of a ticket.
  private mutating func findNumberedTags() {
    guard role == .tickets else { return }
    if let first = plans.firstIndex(where: { $0.name == "tags" }) {
      // Jira writes one column for each label, all of the same name.
      let header = Schema.folded(plans[first].header)
      let doubled = plans.indices.filter { Schema.folded(plans[$0].header) == header }
      guard doubled.count > 1 else { return }
      for (number, index) in doubled.enumerated() {
        plans[index].expectation = .key
        plans[index].name = "\(HeaderText.identifier(header))_\(number &+ 1)"
        plans[index].remarks = ["one of \(doubled.count) columns of this name"]
      }
      numberedTags = doubled
      return
    }
    let numbered = plans.indices.filter { index in
      let name = plans[index].name
      guard plans[index].expectation == nil, let digits = name.split(separator: "_").last,
        digits.count <= 2, digits.allSatisfy(\.isNumber)
      else { return false }
      let stem = name.dropLast(digits.count).filter { $0 != "_" }
      return stem == "tag" || stem == "tags" || stem == "label"
    }
    guard numbered.count > 1 else { return }
    for index in numbered { plans[index].expectation = .key }
    numberedTags = numbered
  }

  /// Zendesk, whose tags hold no blanks, writes them between blanks.
  private mutating func findZendeskTags() {
    guard let tags = plans.firstIndex(where: { $0.name == "tags" }),
      plans.contains(where: { Self.zendeskHeaders.contains(HeaderText.squashed($0.header)) })
    else { return }
    plans[tags].splitsAtBlanks = true
  }

  /// Headers that no other help desk writes.
  private static let zendeskHeaders: Set<String> = [
    "assigneestations", "groupstations", "initiallyassignedat", "firstreplytimeinminutes",
    "fullresolutiontimeinminutes", "firstresolutiontimeinminutes", "requesterwaittimeinminutes",
  ]

  private static let clockWords: Set<String> = [
    "time", "hour", "clock", "hora", "uhrzeit", "zeit", "heure", "saat",
  ]
}
