/// What the values of a column are, apart from how they are stored.
public enum ColumnType: String, Hashable, Sendable, CaseIterable {
  case text, number, percent
  /// Seconds.
  case duration
  /// Seconds since 1970-01-01T00:00:00Z.
  case time
  /// The same, always at midnight.
  case date
  case boolean, tags
}

/// A column of a table: its names, its type and where they came from.
public struct ColumnInfo: Hashable, Sendable {
  /// The known name (`created`), or the header in lower case with `_` for spaces.
  public var name: String
  /// The header in the file, as written there.
  public var header: String
  /// What kind of values they are.
  public var type: ColumnType
  /// Why the column has this name and type, for `show columns`; empty where nothing was chosen.
  public var remark: String
  /// The lowest and highest rating, where the header or the values name them, as `4/10` does.
  public var scale: ClosedRange<Double>?

  /// A column's description.
  public init(
    name: String, header: String, type: ColumnType, remark: String = "",
    scale: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.header = header
    self.type = type
    self.remark = remark
    self.scale = scale
  }
}
