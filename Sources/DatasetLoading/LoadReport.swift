/// What a load read, chose and set aside.
public struct LoadReport: Sendable {
  /// The dataset's name.
  public var name: String
  /// The file, as the user wrote it.
  public var path: String
  /// Rows of the table.
  public var rowCount: Int
  /// Columns of the file.
  public var columnCount: Int
  /// The columns that were read, where not all were asked for.
  public var readColumnCount: Int
  /// The size of the file.
  public var byteCount: Int
  /// Wall time of the load.
  public var seconds: Double
  /// How the file is written, such as "CSV, fields are separated by ',', in UTF-8, packed by gzip".
  public var format: String
  /// Why the dataset has its role, such as "from the file's name".
  public var roleReason: String
  /// The first 1,000 values set aside, in the order of the file.
  public var problems: [LoadProblem]
  /// How many values were set aside in all, by column and reason.
  public var problemCounts: [ProblemCount]
  /// Choices and repairs worth a line each.
  public var notes: [String]
  /// The files in the order of the table's rows; empty where that is no longer known.
  public var parts: [FilePart] = []

  /// Rows of the table that stand together in a file.
  public struct FilePart: Hashable, Sendable {
    /// The file, as the user wrote it.
    public var file: String
    /// The record of its first row.
    public var firstRecord: Int
    /// How many rows there are.
    public var rowCount: Int
  }

  /// The file and record of a row of the table; nil where that is not known.
  public func place(ofRow row: Int) -> (file: String, record: Int)? {
    var first = 0
    for part in parts {
      if row < first &+ part.rowCount { return (part.file, part.firstRecord &+ row &- first) }
      first &+= part.rowCount
    }
    return nil
  }

  /// The largest number of problems that are kept one by one.
  public static let problemLimit = 1_000

  /// How many values of a column were set aside for the same reason.
  public struct ProblemCount: Hashable, Sendable {
    /// The column's name in the table.
    public var column: String
    /// Why the values were set aside.
    public var reason: String
    /// How many there are.
    public var count: Int

    /// A count of values set aside.
    public init(column: String, reason: String, count: Int) {
      self.column = column
      self.reason = reason
      self.count = count
    }
  }

  /// A report.
  public init(
    name: String, path: String, rowCount: Int, columnCount: Int, readColumnCount: Int? = nil,
    byteCount: Int, seconds: Double, format: String = "", roleReason: String,
    problems: [LoadProblem] = [],
    problemCounts: [ProblemCount] = [],
    notes: [String] = []
  ) {
    self.name = name
    self.path = path
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.readColumnCount = readColumnCount ?? columnCount
    self.byteCount = byteCount
    self.seconds = seconds
    self.format = format
    self.roleReason = roleReason
    self.problems = problems
    self.problemCounts = problemCounts
    self.notes = notes
  }
}

/// A value that was set aside, with its place in the file.
public struct LoadProblem: Hashable, Sendable {
  /// The file, as the user wrote it.
  public var file: String
  /// The record, counted without blank lines; the header is record 1.
  public var record: Int
  /// The line on which the value starts, or the row of a sheet; the first is 1, and 0 stands for
  /// lines that are not known.
  public var line: Int
  /// The column's name in the table.
  public var column: String
  /// The value, cut at 60 characters.
  public var text: String
  /// Why it was set aside.
  public var reason: String

  /// A value set aside.
  public init(
    file: String, record: Int, line: Int, column: String, text: String, reason: String
  ) {
    self.file = file
    self.record = record
    self.line = line
    self.column = column
    self.text = text
    self.reason = reason
  }
}
