import ColumnStore

/// Ratings that stand in the ticket file, as surveys: one for each ticket and rating that has one.
enum TicketRatings {
  private static let kinds = [("score", "csat"), ("nps_score", "nps"), ("ces_score", "ces")]

  /// The surveys in a ticket table; nil where it carries no rating column.
  static func surveys(from tickets: Table) -> Table? {
    let found = kinds.compactMap { name, kind in
      tickets.schema.index(of: name).map { (column: $0, kind: kind) }
    }
    guard !found.isEmpty, let id = tickets.schema.index(of: "id") else { return nil }
    let scores = found.map { tickets.columns[$0.column] }
    let rows = rows(of: scores)
    var infos = [
      info("ticket", tickets.schema.columns[id].header, tickets.schema.columns[id].type),
      info(
        "score", tickets.schema.columns[found[0].column].header,
        tickets.schema.columns[found[0].column].type),
      info("kind", "kind", .text),
    ]
    infos[1].scale = tickets.schema.columns[found[0].column].scale
    var columns: [Column] = [
      pick(tickets.columns[id], rows.map(\.row)),
      score(scores, rows),
      .dictionary(DictionaryColumn(rows.map { found[$0.source].kind })),
    ]
    for (name, type) in [("responded", ColumnType.time), ("comment", .text)] {
      guard let index = tickets.schema.index(of: name) else { continue }
      let own = tickets.schema.columns[index]
      infos.append(info(name, own.header, type == .text ? .text : own.type))
      columns.append(pick(tickets.columns[index], rows.map(\.row)))
    }
    return Table(
      name: "surveys", schema: Schema(columns: infos), columns: columns, rowCount: rows.count)
  }

  /// The row of the tickets in which each of their surveys stands.
  static func ticketRows(of tickets: Table) -> [Int] {
    let scores = kinds.compactMap { tickets.schema.index(of: $0.0) }.map { tickets.columns[$0] }
    return rows(of: scores).map(\.row)
  }

  /// Where each rating stands: its row, and which of the columns has it.
  private static func rows(of scores: [Column]) -> [(row: Int, source: Int)] {
    var rows: [(row: Int, source: Int)] = []
    for row in 0..<(scores.first?.count ?? 0) {
      for (source, score) in scores.enumerated() where !score.isMissing(row) {
        rows.append((row, source))
      }
    }
    return rows
  }

  private static func info(_ name: String, _ header: String, _ type: ColumnType) -> ColumnInfo {
    ColumnInfo(name: name, header: header, type: type, remark: "from the ticket file")
  }

  /// The rating of each row; numbers where all rating columns hold numbers.
  private static func score(_ columns: [Column], _ rows: [(row: Int, source: Int)]) -> Column {
    if columns.count == 1 { return pick(columns[0], rows.map(\.row)) }
    var numbers: [Double?] = []
    for (row, source) in rows {
      guard case .number(let column) = columns[source] else { return texts(columns, rows) }
      numbers.append(column.double(row))
    }
    let integers = numbers.map { $0.flatMap { Int64(exactly: $0) } }
    return zip(integers, numbers).allSatisfy { ($0 == nil) == ($1 == nil) }
      ? .number(NumberColumn(integers)) : .number(NumberColumn(doubles: numbers))
  }

  private static func texts(_ columns: [Column], _ rows: [(row: Int, source: Int)]) -> Column {
    let readers = columns.map { $0.textReader() }
    return .dictionary(
      DictionaryColumn(
        rows.map { row, source in
          switch columns[source] {
          case .dictionary(let column): column.string(row)
          case .text, .template: readers[source]?.string(row)
          case .number(let column): column.double(row).map { String($0) }
          case .tags(let column): column.strings(row).joined(separator: ";")
          }
        }))
  }

  private static func pick(_ column: Column, _ rows: [Int]) -> Column {
    switch column {
    case .number(let numbers):
      return numbers.width == .float64
        ? .number(NumberColumn(doubles: rows.map { numbers.double($0) }))
        : .number(
          NumberColumn(
            rows.map { numbers.isValid($0) ? numbers.stored($0) : nil }, scale: numbers.scale))
    case .dictionary(let texts):
      let codes = CodeArray(count: rows.count, largest: texts.dictionary.count)
      for (index, row) in rows.enumerated() { codes.set(index, to: texts.codes[row]) }
      return .dictionary(DictionaryColumn(codes: codes, dictionary: texts.dictionary))
    case .text, .template:
      let reader = column.textReader()
      return .dictionary(DictionaryColumn(rows.map { reader?.string($0) }))
    case .tags(let tags):
      return .dictionary(DictionaryColumn(rows.map { tags.strings($0).joined(separator: ";") }))
    }
  }
}
