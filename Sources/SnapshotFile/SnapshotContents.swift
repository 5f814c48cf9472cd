import ColumnStore
import DatasetLoading

/// All that a snapshot holds.
public struct SnapshotContents: Sendable {
  /// The datasets, in the order in which they were loaded.
  public var datasets: [SnapshotDataset]
  /// What was computed from links between them.
  public var links: [SnapshotLink]

  /// The contents of a snapshot.
  public init(datasets: [SnapshotDataset], links: [SnapshotLink]) {
    self.datasets = datasets
    self.links = links
  }
}

/// A dataset with what was said of its load.
public struct SnapshotDataset: Sendable {
  /// The rows.
  public var table: Table
  /// Whether the rows are ratings that stand in the ticket file.
  public var isDerived: Bool
  /// How many surveys gave each rating; nil where it was not counted.
  public var ratings: ValueCounts?
  /// What the load chose and set aside; nil for ratings that stand in the ticket file.
  public var report: LoadReport?

  /// A dataset of a snapshot.
  public init(table: Table, isDerived: Bool, ratings: ValueCounts?, report: LoadReport?) {
    self.table = table
    self.isDerived = isDerived
    self.ratings = ratings
    self.report = report
  }
}

/// A link from a dataset up to another, with the columns that were already reached through it.
public struct SnapshotLink: Sendable {
  /// A column as the rows of the child see it.
  public struct Gathered: Sendable {
    /// Its index in the parent.
    public var column: Int
    /// The values, one for each row of the child.
    public var values: LazyColumn

    /// A column reached through a link.
    public init(column: Int, values: LazyColumn) {
      self.column = column
      self.values = values
    }
  }

  /// The index of the dataset that the link starts from.
  public var child: Int
  /// The key column in the child.
  public var key: Int
  /// The index of the dataset that the link leads to.
  public var parent: Int
  /// The key column in the parent.
  public var parentKey: Int
  /// The row of the parent for each row of the child, -1 where there is none, as 32-bit integers.
  public var rows: LazyColumn
  /// How many rows of the child have a key that no row of the parent has.
  public var unmatched: Int
  /// Whether a row of the child has a parent.
  public var hasMatches: Bool
  /// The columns of the parent that were reached.
  public var gathered: [Gathered]

  /// A link of a snapshot.
  public init(
    child: Int, key: Int, parent: Int, parentKey: Int, rows: LazyColumn, unmatched: Int,
    hasMatches: Bool, gathered: [Gathered]
  ) {
    self.child = child
    self.key = key
    self.parent = parent
    self.parentKey = parentKey
    self.rows = rows
    self.unmatched = unmatched
    self.hasMatches = hasMatches
    self.gathered = gathered
  }
}
