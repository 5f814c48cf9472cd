import CivilTime
import ColumnStore
import QueryPlanning
import Results

/// Carries out a list of rows.
struct ListExecutor {
  private let list: BoundList
  private let compiler: RowCompiler
  private let formatter: KeyFormatter

  /// The rows of a list.
  static func run(
    _ list: BoundList, store: DataStore, settings: PlanningSettings,
    recorder: ExecutionRecorder?
  ) throws(ExecutionError) -> ResultTable {
    let compiler = RowCompiler(
      store: store, dataset: list.dataset, settings: settings, recorder: recorder)
    return try ListExecutor(
      list: list, compiler: compiler, formatter: KeyFormatter(settings: settings)
    ).run()
  }

  private func run() throws(ExecutionError) -> ResultTable {
    var rows = try rankedRows()
    let all = rows.count
    if !list.order.isEmpty {
      let wanted = list.limit.map { list.offset.addingReportingOverflow($0) }
      rows = try sorted(
        rows, by: list.order, first: wanted.map { $0.overflow ? all : $0.partialValue } ?? all)
    }
    rows = Array(rows.dropFirst(list.offset))
    if let limit = list.limit { rows = Array(rows.prefix(limit)) }
    return ResultTable(
      title: list.title, columns: try columns(rows), uncutRowCount: rows.count == all ? nil : all)
  }

  private func columns(_ rows: [Int]) throws(ExecutionError) -> [ResultColumn] {
    try Self.built { columns throws(ExecutionError) in
      for column in list.columns {
        columns.append(
          ResultColumn(
            name: column.name, unit: ValueUnit(column.row.type), role: .key,
            values: try values(column.row, rows)))
      }
    }
  }

  /// What `body` puts into an array; where it fails, what is there is freed on another thread.
  private static func built<Element: Sendable>(
    _ body: (inout [Element]) throws(ExecutionError) -> Void
  ) throws(ExecutionError) -> [Element] {
    var elements: [Element] = []
    do throws(ExecutionError) {
      try body(&elements)
    } catch {
      var leftover: [Element]? = elements
      elements = []
      Parallel.release(&leftover)
      throw error
    }
    return elements
  }

  private func selectedRows() throws(ExecutionError) -> [Int] {
    guard let filter = list.filter else { return Array(0..<compiler.rowCount) }
    let bitmap = try compiler.bitmap(filter)
    return (0..<compiler.rowCount).filter { bitmap[$0] }
  }

  private func rankedRows() throws(ExecutionError) -> [Int] {
    guard let ranking = list.ranking else { return try selectedRows() }
    if let best = try TopRows.rows(ranking, filter: list.filter, compiler) { return best }
    let rows = try known(try selectedRows(), ranking.by)
    let best = try sorted(
      rows, by: [(ranking.by, !ranking.isBottom)],
      first: ranking.per == nil ? ranking.count : rows.count)
    guard let per = ranking.per else { return best }
    let key = try compiler.key(per)
    var rowsOf: [Int: [Int]] = [:]
    for row in best where rowsOf[key.plainCode(row), default: []].count < ranking.count {
      rowsOf[key.plainCode(row), default: []].append(row)
    }
    return try KeyOrder.sorted(rowsOf.keys.sorted(), of: key, compiler.store.cancellation).flatMap {
      rowsOf[$0] ?? []
    }
  }

  /// The rows that have a value to be ranked by.
  private func known(_ rows: [Int], _ by: TypedRow) throws(ExecutionError) -> [Int] {
    let missing = try compiler.bitmap(.isMissing(by.expression))
    return rows.filter { !missing[$0] }
  }

  /// The first rows by values, missing last, ties in the order of the file.
  private func sorted(
    _ rows: [Int], by order: [(row: TypedRow, isDescending: Bool)], first count: Int
  ) throws(ExecutionError) -> [Int] {
    var keys: [[Double]] = []
    for (row, isDescending) in order {
      keys.append(try sortKeys(row, rows, isDescending: isDescending))
    }
    return Selection.first(count, of: rows.count) { left, right in
      for key in keys where key[left] != key[right] { return key[left] < key[right] }
      return left < right
    }.map { rows[$0] }
  }

  /// A number for each row that orders as the value does; missing values are largest.
  private func sortKeys(
    _ row: TypedRow, _ rows: [Int], isDescending: Bool
  ) throws(ExecutionError) -> [Double] {
    let sign: Double = isDescending ? -1 : 1
    if row.type == .text {
      let texts = try compiler.dictionary(row.expression)
      let order = try TextOrder(
        texts: [texts.dictionary], check: compiler.store.checkCancellation)
      return rows.map { row in
        let code = texts.codes[row]
        return code == 0 ? .infinity : sign * Double(order.rank(0, code - 1))
      }
    }
    var keys = [Double](repeating: .infinity, count: rows.count)
    try compiler.forEachNumber(row.expression, rows) { index, operand, place in
      keys[index] = sign * operand.double(place)
    }
    return keys
  }

  private func values(_ row: TypedRow, _ rows: [Int]) throws(ExecutionError) -> [ResultValue] {
    if case .column(let path) = row.expression {
      let column = compiler.column(path)
      switch column {
      case .text, .template:
        let reader = column.textReader()
        return try cells(rows) { reader?.string($0).map { .text($0) } ?? .missing }
      case .tags(let column):
        return try cells(rows) { column.run($0).isEmpty ? .missing : .list(column.strings($0)) }
      default: break
      }
    }
    if case .childValues = row.expression { return try listed(row, rows) }
    switch row.type {
    case .text:
      let texts = try compiler.dictionary(row.expression)
      return try cells(rows) { texts.string($0).map { .text($0) } ?? .missing }
    case .tags: return try listed(row, rows)
    default: break
    }
    return try Self.built { cells throws(ExecutionError) in
      // To touch so much memory at once takes longer than anybody waits who has cancelled.
      for start in stride(from: 0, to: rows.count, by: Self.runLength) {
        try compiler.store.checkCancellation()
        let count = min(Self.runLength, rows.count - start)
        cells.append(contentsOf: repeatElement(.missing, count: count))
      }
      try compiler.forEachNumber(row.expression, rows) { index, operand, place in
        let isWhole = operand.form.isInteger && operand.form.scale == 0
        cells[index] = formatter.value(
          isWhole ? .integer(operand.vector.integers[place]) : .number(operand.double(place)),
          row.type)
      }
    }
  }

  private static let runLength = 1 << 16

  /// A value for each row, unless somebody gives up waiting.
  private func cells(
    _ rows: [Int], _ value: (Int) -> ResultValue
  ) throws(ExecutionError) -> [ResultValue] {
    try Self.built { cells throws(ExecutionError) in
      cells.reserveCapacity(rows.count)
      for (index, row) in rows.enumerated() {
        if index & 0xFFF == 0 { try compiler.store.checkCancellation() }
        cells.append(value(row))
      }
    }
  }

  /// All values of rows that have several.
  private func listed(_ row: TypedRow, _ rows: [Int]) throws(ExecutionError) -> [ResultValue] {
    let key = try compiler.key(row)
    return try cells(rows) { number in
      var texts: [String] = []
      key.forEachCode(number) { code in
        switch formatter.value(key.value(code), row.type) {
        case .text(let text): texts.append(text)
        case .integer(let value): texts.append(String(value))
        case .number(let value): texts.append(String(value))
        case .boolean(let value): texts.append(String(value))
        case .time(let seconds):
          let instant = Int64(seconds.rounded(.down))
          let text = CivilText.instant(
            instant, zone: row.type == .date ? .utc : formatter.settings.zone)
          texts.append(row.type == .date ? String(text.prefix(10)) : text)
        case .missing, .list, .label: break
        }
      }
      return texts.isEmpty ? .missing : .list(texts)
    }
  }
}
