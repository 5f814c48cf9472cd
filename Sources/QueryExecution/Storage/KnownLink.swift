import ColumnStore
import QueryPlanning

/// What was found of a link between two tables, to be kept with them.
public struct KnownLink: Sendable {
  /// The row of the parent for each row of the child, -1 where there is none, as 32-bit integers.
  public var rows: LazyColumn
  /// The rows of the child that lead nowhere.
  public var unmatched: DataStore.Unmatched
  /// Columns of the parent, by their index, as the rows of the child see them.
  public var gathered: [Int: LazyColumn]

  /// What is known of a link.
  public init(
    rows: LazyColumn, unmatched: DataStore.Unmatched, gathered: [Int: LazyColumn]
  ) {
    self.rows = rows
    self.unmatched = unmatched
    self.gathered = gathered
  }
}

extension DataStore {
  /// All links between the tables, with the columns that queries split and filter by: moments,
  /// and texts of few values.
  ///
  /// Each is found now where no query has needed it yet.
  public func knownLinks() -> [LinkStep: KnownLink] {
    var links: [LinkStep: KnownLink] = [:]
    for dataset in model.datasets.indices {
      for step in model.datasets[dataset].links {
        let index = link(step)
        let rows = NumberColumn(width: .int32, memory: index.memory, count: index.count)
        var gathered: [Int: LazyColumn] = [:]
        for column in tables[step.parent].columns.indices where isWorthKeeping(step.parent, column)
        {
          let path = ColumnPath(steps: [step], dataset: step.parent, column: column)
          gathered[column] = LazyColumn(self.column(path))
        }
        links[step] = KnownLink(
          rows: LazyColumn(.number(rows)), unmatched: unmatched(step), gathered: gathered)
      }
    }
    return links
  }

  private func isWorthKeeping(_ dataset: Int, _ column: Int) -> Bool {
    switch tables[dataset].columns.outline(column) {
    case .dictionary(let texts): texts.dictionary.count <= 0xFFFF
    case .number:
      switch tables[dataset].schema.columns[column].type {
      case .time, .date, .boolean: true
      default: false
      }
    case .text, .template, .tags: false
    }
  }
}
