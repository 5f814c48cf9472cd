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
    var rows = try selectedRows()
    if let ranking = list.ranking { rows = try ranked(rows, ranking) }
    if !list.order.isEmpty { rows = try sorted(rows, by: list.order) }
    let all = rows.count
    rows = Array(rows.dropFirst(list.offset))
    if let limit = list.limit { rows = Array(rows.prefix(limit)) }
    var columns: [ResultColumn] = []
    for column in list.columns {
      columns.append(
        ResultColumn(
          name: column.name, unit: ValueUnit(column.row.type), role: .key,
          values: try values(column.row, rows)))
    }
    return ResultTable(
      title: list.title, columns: columns, uncutRowCount: rows.count == all ? nil : all)
  }

  private func selectedRows() throws(ExecutionError) -> [Int] {
    guard let filter = list.filter else { return Array(0..<compiler.rowCount) }
    let bitmap = try compiler.bitmap(filter)
    return (0..<compiler.rowCount).filter { bitmap[$0] }
  }

  /// The best rows of each value of the `per` key, in the order of the keys.
  private func ranked(
    _ rows: [Int], _ ranking: BoundListRanking
  ) throws(ExecutionError) -> [Int] {
    let best = try sorted(
      try known(rows, ranking.by), by: [(ranking.by, !ranking.isBottom)])
    guard let per = ranking.per else { return Array(best.prefix(ranking.count)) }
    let key = try compiler.key(per)
    var taken = [Int](repeating: 0, count: key.domain)
    var result: [(code: Int, row: Int)] = []
    for row in best {
      let code = key.plainCode(row)
      guard taken[code] < ranking.count else { continue }
      taken[code] += 1
      result.append((code, row))
    }
    // The cell carries the code through the sort.
    let groups = Set(result.map(\.code)).map { code in
      GroupRow(keys: [key.value(code)], cell: GroupCell(groups: [[code]]))
    }
    var placeOf: [Int: Int] = [:]
    for (place, group) in RowOrder(groups, keyCount: 1).sorted(groups).enumerated() {
      placeOf[group.cell.groups[0][0]] = place
    }
    return result.enumerated()
      .sorted { left, right in
        (placeOf[left.element.code] ?? 0, left.offset)
          < (placeOf[right.element.code] ?? 0, right.offset)
      }
      .map(\.element.row)
  }

  /// The rows that have a value to be ranked by.
  private func known(_ rows: [Int], _ by: TypedRow) throws(ExecutionError) -> [Int] {
    let missing = try compiler.bitmap(.isMissing(by.expression))
    return rows.filter { !missing[$0] }
  }

  /// Rows by values, missing last, ties in the order of the file.
  private func sorted(
    _ rows: [Int], by order: [(row: TypedRow, isDescending: Bool)]
  ) throws(ExecutionError) -> [Int] {
    var keys: [[Double]] = []
    for (row, isDescending) in order {
      keys.append(try sortKeys(row, rows, isDescending: isDescending))
    }
    return rows.indices.sorted { left, right in
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
      let order = TextOrder(texts: [texts.dictionary])
      return rows.map { row in
        let code = texts.codes[row]
        return code == 0 ? .infinity : sign * Double(order.rank(0, code - 1))
      }
    }
    let reader = try NumberReader(row.expression, compiler)
    return rows.map { reader.double($0).map { sign * $0 } ?? .infinity }
  }

  private func values(_ row: TypedRow, _ rows: [Int]) throws(ExecutionError) -> [ResultValue] {
    if case .column(let path) = row.expression {
      switch compiler.column(path) {
      case .text(let column):
        return rows.map { column.string($0).map { .text($0) } ?? .missing }
      case .tags(let column):
        return rows.map { column.run($0).isEmpty ? .missing : .list(column.strings($0)) }
      default: break
      }
    }
    if case .childValues = row.expression { return try listed(row, rows) }
    switch row.type {
    case .text:
      let texts = try compiler.dictionary(row.expression)
      return rows.map { texts.string($0).map { .text($0) } ?? .missing }
    case .tags: return try listed(row, rows)
    default: break
    }
    let reader = try NumberReader(row.expression, compiler)
    return rows.map { reader.key($0).map { formatter.value($0, row.type) } ?? .missing }
  }

  /// All values of rows that have several.
  private func listed(_ row: TypedRow, _ rows: [Int]) throws(ExecutionError) -> [ResultValue] {
    let key = try compiler.key(row)
    return rows.map { number in
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

/// Reads an expression row by row; rows are asked for in any order, blocks are kept.
final class NumberReader {
  private let operand: NumberOperator
  private let rowCount: Int
  private var current = -1

  init(_ expression: RowExpression, _ compiler: RowCompiler) throws(ExecutionError) {
    operand = try compiler.number(expression)
    rowCount = compiler.rowCount
  }

  private func seek(_ row: Int) -> Int {
    let index = row / NumberColumn.blockLength
    if index != current {
      operand.evaluate(Blocks.block(index, of: rowCount))
      current = index
    }
    return row - index * NumberColumn.blockLength
  }

  func double(_ row: Int) -> Double? {
    let local = seek(row)
    return operand.vector.isValid(local) ? operand.double(local) : nil
  }

  func key(_ row: Int) -> KeyValue? {
    let local = seek(row)
    guard operand.vector.isValid(local) else { return nil }
    if operand.form.isInteger, operand.form.scale == 0 {
      return .integer(operand.vector.integers[local])
    }
    return .number(operand.double(local))
  }
}
