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

  init(headers: [String], request: LoadRequest) throws(Diagnostic) {
    (role, roleReason) = DatasetRole.resolve(
      name: request.name, path: request.path, headers: headers)
    name = request.name ?? role?.rawValue ?? DatasetRole.plainName(request.path)
    var known = role.map { KnownColumns.assignments(headers: headers, role: $0) } ?? [:]
    for mapping in request.mappings {
      try map(mapping, headers: headers, path: request.path, known: &known)
    }
    var taken: Set<String> = Set(known.values.map(\.column.name))
    for (index, header) in headers.enumerated() {
      var plan = ColumnPlan(index: index, header: header, name: "")
      if let assignment = known[index] {
        plan.name = assignment.column.name
        plan.expectation = assignment.column.expectation
        plan.unit = assignment.unit
        if Schema.folded(header) != plan.name {
          plan.remarks.append("the known column '\(plan.name)'")
        }
      } else {
        plan.unit = HeaderText(header).unit
        plan.name = unique(header, position: index &+ 1, &taken, &plan)
      }
      plans.append(plan)
    }
    noteDoubledHeaders(headers)
  }

  /// Puts a header where the user wants it.
  private func map(
    _ mapping: (column: String, header: String), headers: [String], path: String,
    known: inout [Int: KnownColumns.Assignment]
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
      column: column ?? KnownColumn(name, .any), unit: HeaderText(headers[index]).unit)
  }

  /// A name that no other column has.
  private mutating func unique(
    _ header: String, position: Int, _ taken: inout Set<String>, _ plan: inout ColumnPlan
  ) -> String {
    var base = HeaderText.identifier(header)
    if base.isEmpty {
      base = "column_\(position)"
      plan.remarks.append("the header is empty")
      if notes.count < 20 { notes.append("column \(position) has no name; it is '\(base)'") }
    }
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

  /// Changes a column's name and what is expected of it.
  mutating func rename(_ index: Int, to column: KnownColumn) {
    plans[index].name = column.name
    plans[index].expectation = column.expectation
    plans[index].remarks = ["the known column '\(column.name)', by its values"]
  }
}
