/// The values of one column, in the storage that suits them.
public enum Column: Sendable {
  /// Numbers, percents, durations, times, dates, booleans.
  case number(NumberColumn)
  case dictionary(DictionaryColumn)
  case text(TextColumn)
  case template(TemplateColumn)
  case tags(TagsColumn)

  /// How many rows there are.
  public var count: Int {
    switch self {
    case .number(let column): column.count
    case .dictionary(let column): column.count
    case .text(let column): column.count
    case .template(let column): column.count
    case .tags(let column): column.count
    }
  }

  /// Whether a row has no value.
  public func isMissing(_ row: Int) -> Bool {
    switch self {
    case .number(let column): !column.isValid(row)
    case .dictionary(let column): column.codes[row] == 0
    case .text(let column): column.validity.map { !$0[row] } ?? false
    case .template(let column): column.templates.codes[row] == 0
    case .tags(let column): column.run(row).isEmpty
    }
  }
}

/// The names and types of a table's columns, without their values.
public struct Schema: Sendable {
  /// The columns, in the order in which they are shown.
  public let columns: [ColumnInfo]
  // The columns by their folded names and headers.
  private let indexes: [String: Int]

  /// A schema.
  public init(columns: [ColumnInfo]) {
    self.columns = columns
    let names = columns.map(\.name) + columns.map(\.header)
    indexes = names.enumerated().reduce(into: [:]) { indexes, entry in
      let folded = Schema.folded(entry.element)
      if indexes[folded] == nil { indexes[folded] = entry.offset % columns.count }
    }
  }

  /// The index of the column with this name or header, without regard to case, with spaces, `_`
  /// and `-` alike; known names win over headers.
  public func index(of name: String) -> Int? { indexes[Schema.folded(name)] }

  /// A name as it is compared: lower case, spaces and `-` as `_`.
  public static func folded(_ name: String) -> String {
    let isSame = name.utf8.allSatisfy {
      $0 &- 0x61 < 26 || $0 == 0x5F || $0 &- 0x30 < 10 || $0 == 0x2E
    }
    return isSame ? name : String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

/// Columns of equal length.
public final class Table: Sendable {
  /// The name, as a result shows it.
  public let name: String
  /// The names and types of the columns.
  public let schema: Schema
  /// The columns, in the order in which they are shown.
  public let columns: TableColumns
  /// How many rows there are.
  public let rowCount: Int
  /// The file that the columns are read from while they are used; nil where all is in memory.
  public let source: (any ColumnSource)?

  /// A table; the columns stand in the order of the schema.
  public convenience init(name: String, schema: Schema, columns: [Column], rowCount: Int) {
    self.init(
      name: name, schema: schema, columns: TableColumns(columns), rowCount: rowCount, source: nil)
  }

  /// A table whose columns may be read from a file while they are used.
  public init(
    name: String, schema: Schema, columns: TableColumns, rowCount: Int,
    source: (any ColumnSource)?
  ) {
    self.name = name
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
    self.source = source
  }
}
