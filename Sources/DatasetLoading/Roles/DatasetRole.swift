/// What a file is about.
enum DatasetRole: String, CaseIterable, Sendable {
  case tickets, surveys, shifts, customers

  /// Words of a file's name that tell its role; those of a role further up win.
  private var fileWords: Set<String> {
    switch self {
    case .tickets: ["tickets", "cases", "conversations", "issues", "incidents", "calls", "chats"]
    case .surveys: ["surveys", "survey", "csat", "nps", "ces", "ratings", "responses"]
    case .shifts: ["shifts", "schedules"]
    case .customers: ["customers", "accounts", "subscribers"]
    }
  }

  /// The columns that tell the role where the file's name does not; one of each group.
  private var tellingColumns: [Set<String>] {
    switch self {
    case .tickets:
      [
        ["id", "subject"], ["created"],
        ["status", "channel", "priority", "first_response", "resolved", "closed", "handle_time"],
      ]
    case .surveys: [["score"], ["ticket", "responded", "sent", "kind"]]
    case .shifts: [["agent"], ["date"], ["available"]]
    case .customers: [["id"], ["started"], ["mrr", "plan", "ended", "segment"]]
    }
  }

  /// The role of a file and why: from the name that the user gave, the file's name, its columns
  /// and, where they are known, what these hold.
  static func resolve(
    name: String?, path: String, headers: HeaderIndex = HeaderIndex([]),
    proposals: [KindProposal]? = nil
  ) -> (role: DatasetRole?, reason: String) {
    if let name {
      let role = DatasetRole(rawValue: name.lowercased())
      return (role, role == nil ? "plain dataset: named by the user" : "named by the user")
    }
    let words = fileStem(path).lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
    if let role = allCases.first(where: { role in words.contains { role.fileWords.contains($0) } })
      ?? allCases.first(where: { String($0.rawValue.dropLast()) == words.joined() })
    {
      return (role, "from the file's name")
    }
    if let role = allCases.first(where: { $0.isTold(by: headers, proposals) }) {
      return (role, "from its columns")
    }
    return (nil, "plain dataset: neither the file's name nor its columns tell what it is")
  }

  /// What a list of a dataset's records may be called, the likeliest first.
  static func listNames(name: String?, path: String) -> [String] {
    let (role, _) = resolve(name: name, path: path)
    return [name?.lowercased(), role?.rawValue].compactMap { $0 } + (role?.fileWords.sorted() ?? [])
  }

  private func isTold(by headers: HeaderIndex, _ proposals: [KindProposal]?) -> Bool {
    let known = KnownColumns.assignments(headers: headers, role: self, proposals: proposals)
    let found = Set(known.values.map(\.column.name))
    return tellingColumns.allSatisfy { !$0.isDisjoint(with: found) }
  }

  /// A file's name without folders and what follows its first point.
  static func fileStem(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = file.split(separator: ".", omittingEmptySubsequences: false).first ?? ""
    return stem.isEmpty ? file : String(stem)
  }

  /// The name of a plain dataset, from its file.
  static func plainName(_ path: String) -> String {
    if path == "-" { return "data" }
    let name = HeaderText.identifier(fileStem(path))
    return name.isEmpty ? "data" : name
  }
}
