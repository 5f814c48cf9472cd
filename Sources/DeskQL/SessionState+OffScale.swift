import ColumnStore
import DatasetLoading

extension SessionState {
  /// The first ratings that are set aside, with their places in the file where they are known.
  func offScaleProblems(limit: Int) -> [LoadProblem] {
    guard let dataset = datasets.first(where: { !$0.offScale.isEmpty }) else { return [] }
    let rated = dataset.surveys?.table ?? dataset.table
    guard let index = rated.schema.index(of: "score"),
      case .number(let scores) = rated.columns[index]
    else { return [] }
    let rows = offScaleRows.prefix(limit)
    let ticketRows = dataset.surveys.map { _ in TicketRatings.ticketRows(of: dataset.table) }
    let kinds = rated.schema.index(of: "kind").map { rated.columns[$0] }
    return rows.map { row in
      var kind: String?
      if case .dictionary(let texts)? = kinds { kind = texts.string(row)?.lowercased() }
      let problem = dataset.offScale.first { $0.kind == kind } ?? dataset.offScale[0]
      let place = dataset.report.place(ofRow: ticketRows?[row] ?? row)
      return LoadProblem(
        file: place?.file ?? dataset.report.path, record: place?.record ?? 0, line: 0,
        column: "score", text: scores.double(row).map(Session.plain) ?? "",
        reason: "is \(problem.reason)")
    }
  }
}
