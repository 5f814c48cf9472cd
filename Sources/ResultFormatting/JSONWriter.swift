/// One JSON object: title, columns, rows as objects, notes.
struct JSONWriter: RowWriter {
  private let table: ResultTable
  private let rows: JSONRows

  init(_ table: ResultTable) {
    self.table = table
    rows = JSONRows(table)
  }

  func writeHeader(into buffer: inout ByteBuffer) {
    buffer.append("{\"title\":")
    buffer.append(json: table.title)
    if let period = table.period {
      buffer.append(",\"period\":")
      buffer.append(json: period)
    }
    if let compared = table.comparedPeriod {
      buffer.append(",\"compared_period\":")
      buffer.append(json: compared)
    }
    buffer.append(",\"columns\":[")
    for (index, column) in table.columns.enumerated() {
      buffer.append(index == 0 ? "\n{\"name\":" : ",\n{\"name\":")
      buffer.append(json: column.name)
      // Shares differ by points.
      let unit = column.isDifference && column.unit == .percent ? .points : column.unit
      buffer.append(",\"type\":\"\(unit.jsonType)\",\"unit\":\"\(unit.rawValue)\"")
      if column.holdsLists { buffer.append(",\"list\":true") }
      buffer.append(",\"better\":\"\(column.better.rawValue)\",\"role\":\"\(column.role.word)\"}")
    }
    buffer.append("],\"rows\":[")
  }

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {
    buffer.append(row == 0 ? "\n" : ",\n")
    rows.write(row, into: &buffer)
  }

  func writeFooter(into buffer: inout ByteBuffer) {
    buffer.append("],\"notes\":[")
    for (index, note) in table.notes.enumerated() {
      if index > 0 { buffer.append(",") }
      buffer.append(json: note)
    }
    buffer.append("]}\n")
  }
}

/// One JSON object per row and line.
struct JSONLinesWriter: RowWriter {
  private let rows: JSONRows

  init(_ table: ResultTable) {
    rows = JSONRows(table)
  }

  func writeHeader(into buffer: inout ByteBuffer) {}

  func writeRow(_ row: Int, into buffer: inout ByteBuffer) {
    rows.write(row, into: &buffer)
    buffer.append(byte: UInt8(ascii: "\n"))
  }

  func writeFooter(into buffer: inout ByteBuffer) {}
}

/// The rows of a result as JSON objects, `{"channel":"email","csat":84.2}`.
private struct JSONRows {
  /// `key` is the name as it opens a member: `"channel":`.
  private let columns: [(key: String, unit: ValueUnit, values: ResultValues)]

  init(_ table: ResultTable) {
    columns = table.columns.map { column in
      var key = ByteBuffer()
      key.append(json: column.name)
      return (String(decoding: key.bytes, as: UTF8.self) + ":", column.unit, column.values)
    }
  }

  func write(_ row: Int, into buffer: inout ByteBuffer) {
    buffer.append(byte: UInt8(ascii: "{"))
    for index in columns.indices {
      if index > 0 { buffer.append(byte: UInt8(ascii: ",")) }
      buffer.append(columns[index].key)
      write(PlainValue(columns[index].values[row], unit: columns[index].unit), into: &buffer)
    }
    buffer.append(byte: UInt8(ascii: "}"))
  }

  private func write(_ value: PlainValue, into buffer: inout ByteBuffer) {
    switch value {
    case .missing: buffer.append("null")
    case .integer(let integer): buffer.append(integer: integer)
    case .number(let number): buffer.append(number: number)
    case .boolean(let flag): buffer.append(flag ? "true" : "false")
    case .text(let text), .instant(let text): buffer.append(json: text)
    case .list(let words):
      buffer.append("[")
      for (index, word) in words.enumerated() {
        if index > 0 { buffer.append(",") }
        buffer.append(json: word)
      }
      buffer.append("]")
    }
  }
}

extension ValueUnit {
  /// The type that the values have in JSON, beyond which the unit only says how to read them.
  fileprivate var jsonType: String {
    switch self {
    case .text: "text"
    case .count, .number, .percent, .points: "number"
    case .duration: "duration"
    case .time: "time"
    case .date: "date"
    case .boolean: "boolean"
    }
  }
}

extension ResultColumn {
  /// Whether the values are by how much others differ.
  fileprivate var isDifference: Bool {
    switch role {
    case .companion(_, .change), .companion(_, .changeLow), .companion(_, .changeHigh): true
    default: false
    }
  }

  /// Whether a cell has several values, of the type of the column.
  fileprivate var holdsLists: Bool {
    for value in values {
      switch value {
      case .missing: continue
      case .list: return true
      default: return false
      }
    }
    return false
  }
}

extension ResultColumn.Role {
  fileprivate var word: String {
    switch self {
    case .key: "key"
    case .measure: "measure"
    case .companion(_, let companion): companion.word
    }
  }
}

extension ResultColumn.Companion {
  fileprivate var word: String {
    switch self {
    case .low: "low"
    case .high: "high"
    case .sampleSize: "n"
    case .share: "share"
    case .rank: "rank"
    case .running: "running"
    case .rolling: "rolling"
    case .baseline: "baseline"
    case .change: "change"
    case .changePercent: "change_pct"
    case .changeLow: "change_low"
    case .changeHigh: "change_high"
    case .pValue: "p"
    }
  }
}
