/// The kinds of picture that a result can be shown as.
public enum Chart: String, Hashable, Sendable, CaseIterable {
  case bar, line, spark, heat
  /// The kind is chosen from the keys.
  case automatic
}

/// The answer to a query: columns of plain values, and what must be said about them.
public struct ResultTable: Sendable {
  /// The query in words, shown above a table.
  public var title: String
  /// What words such as `last 8 weeks` in the title stand for; nil where there are none.
  public var period: String?
  /// The period that it is compared with, where that too follows from words.
  public var comparedPeriod: String?
  /// The columns, in the order in which they are shown.
  public var columns: [ResultColumn]
  /// What is thin, left out or chosen, one sentence each.
  public var notes: [String]
  /// The picture that is asked for, with the kind where it is named.
  public var chart: Chart?
  /// Rows of the whole result where `limit` or `top` cut it; nil where nothing was cut.
  public var uncutRowCount: Int?

  /// A table of columns of equal length; of several with one name, the later ones get a number.
  public init(
    title: String = "", columns: [ResultColumn], notes: [String] = [], uncutRowCount: Int? = nil
  ) {
    self.title = title
    self.columns = columns
    self.notes = notes
    self.uncutRowCount = uncutRowCount
    var names: Set<String> = []
    for (index, column) in columns.enumerated() {
      var (name, number) = (column.name, 2)
      while !names.insert(name).inserted {
        name = "\(column.name) (\(number))"
        number += 1
      }
      self.columns[index].name = name
    }
  }

  /// How many rows there are.
  public var rowCount: Int { columns.first?.values.count ?? 0 }

  /// The column with this name, compared without regard to case.
  public func column(named name: String) -> ResultColumn? {
    columns.first { $0.name == name } ?? columns.first { $0.name.lowercased() == name.lowercased() }
  }
}

/// One column of a result.
public struct ResultColumn: Sendable {
  /// What part the column plays.
  public enum Role: Hashable, Sendable {
    /// A grouping key, or a column of `list`.
    case key
    case measure
    /// Says something about the measure in the column with that index.
    case companion(of: Int, Companion)
  }

  /// What a companion column says about its measure.
  public enum Companion: Hashable, Sendable {
    case low, high, sampleSize, share, rank, running, rolling
    case baseline, change, changePercent, changeLow, changeHigh, pValue
  }

  /// The name, as a result shows it.
  public var name: String
  /// What the values are measured in.
  public var unit: ValueUnit
  /// Which way the value gets better.
  public var better: Direction
  /// What part the column plays.
  public var role: Role
  /// A cell for each row.
  public var values: ResultValues
  /// The 95% intervals of the values, shown beside them on a terminal only; empty where there
  /// are none.
  public var intervals: [ValueInterval?]
  /// What the column stands for where `across` made it of one value of a key.
  public var pivot: Pivot?

  /// The value of a key that became a column of its own.
  public struct Pivot: Hashable, Sendable {
    /// The key's name.
    public var key: String
    /// What the key is measured in.
    public var unit: ValueUnit
    /// The value.
    public var value: ResultValue
    /// The measure that the column holds.
    public var measure: String

    /// A value of a key, and the measure under it.
    public init(key: String, unit: ValueUnit, value: ResultValue, measure: String) {
      self.key = key
      self.unit = unit
      self.value = value
      self.measure = measure
    }
  }

  /// A column of single cells.
  public init(
    name: String, unit: ValueUnit, better: Direction = .none, role: Role,
    values: [ResultValue], intervals: [ValueInterval?] = []
  ) {
    self.init(
      name: name, unit: unit, better: better, role: role, values: ResultValues(values),
      intervals: intervals)
  }

  /// A column.
  public init(
    name: String, unit: ValueUnit, better: Direction = .none, role: Role,
    values: ResultValues, intervals: [ValueInterval?] = []
  ) {
    self.name = name
    self.unit = unit
    self.better = better
    self.role = role
    self.values = values
    self.intervals = intervals
  }
}

/// Both ends of a confidence interval.
public struct ValueInterval: Hashable, Sendable {
  /// The lower end.
  public var low: Double
  /// The upper end.
  public var high: Double

  /// An interval from `low` to `high`.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// One cell of a result.
public enum ResultValue: Hashable, Sendable {
  /// Nothing is known: `null` in JSON, an empty cell in CSV.
  case missing
  case text(String)
  case integer(Int64)
  case number(Double)
  case boolean(Bool)
  /// An instant or day in seconds since 1970-01-01T00:00:00Z.
  case time(Double)
  /// A list of words.
  case list([String])
  /// The row of `with total`, or of `with other`: `(total)`, `(other)`.
  case label(String)

  /// The number in the cell, where there is one.
  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value), .time(let value): value
    case .boolean(let value): value ? 1 : 0
    case .missing, .text, .list, .label: nil
    }
  }
}
