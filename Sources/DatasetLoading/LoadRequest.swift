import CivilTime
import ColumnStore

/// What to load and how.
public struct LoadRequest: Sendable {
  /// The file; `-` is standard input, and `*`, `?` and `[…]` stand for all files that match.
  public var path: String
  /// Files that are read behind it into the same dataset, their columns matched by name.
  public var furtherPaths: [String] = []
  /// The dataset's name where the user gave one.
  public var name: String?
  /// Which header stands for which known column, as the user wrote it; the names of options, such
  /// as `encoding`, say how the file is read instead.
  public var mappings: [(column: String, header: String)]
  /// How many threads may work on the load.
  public var threads: Int
  /// The zone of times that carry no offset of their own.
  public var zone: TimeZoneRules
  /// Whether to refuse a file with values that do not fit instead of setting them aside.
  public var isStrict: Bool
  /// The columns to read, by known name or header as `Schema.folded` writes them; nil is all. With
  /// a role in front, as in `tickets.id`, a name stands for the columns of such files alone. A
  /// plain dataset is read whole, and so are columns without which these would be read otherwise.
  public var wantedColumns: Set<String>?
  /// Set by whoever wants the load to stop.
  public var cancellation: CancellationFlag
  /// Told how far the load has come.
  public var progress: WorkProgress
  /// What `mappings` says about the file; set when a load begins.
  var options = LoadOptions()

  /// A request for a file, with everything else at its default.
  public init(
    path: String, name: String? = nil, mappings: [(column: String, header: String)] = [],
    threads: Int = 2, zone: TimeZoneRules = .utc, isStrict: Bool = false,
    wantedColumns: Set<String>? = nil, cancellation: CancellationFlag = CancellationFlag(),
    progress: WorkProgress = WorkProgress()
  ) {
    self.path = path
    self.name = name
    self.mappings = mappings
    self.threads = threads
    self.zone = zone
    self.isStrict = isStrict
    self.wantedColumns = wantedColumns
    self.cancellation = cancellation
    self.progress = progress
  }
}

/// A loaded file: its table, named as the dataset, and what there is to say about the load.
public struct LoadedDataset: Sendable {
  /// The columns with their names and types.
  public var table: Table
  /// What the load chose and set aside.
  public var report: LoadReport

  /// A table with its report.
  public init(table: Table, report: LoadReport) {
    self.table = table
    self.report = report
  }
}
