import ColumnStore

/// The loaded datasets as the planner sees them: schemas and the links between them.
public struct DataModel: Sendable {
  /// The datasets, in the order in which they were loaded.
  public private(set) var datasets: [DatasetModel]
  /// Of each dataset, those above and those below it.
  private var above: [[(dataset: Int, path: [LinkStep])]] = []
  private var below: [[ChildPath]] = []

  /// A model of the given datasets; their links are found from the known key columns.
  public init(tables: [(name: String, schema: Schema)]) {
    datasets = tables.map { DatasetModel(name: $0.name, schema: $0.schema) }
    for index in datasets.indices { datasets[index].links = links(from: index) }
    above = datasets.indices.map(findParents)
    below = datasets.indices.map(findChildren)
  }

  /// The index of the dataset with this name, without regard to case.
  public func index(of name: String) -> Int? {
    let role = Schema.folded(name)
    return datasets.firstIndex { $0.role == role }
  }

  /// The known many-to-one links: child dataset, its key column, parent dataset, its key column.
  private static let known: [(child: String, key: String, parent: String, parentKey: String)] = [
    ("surveys", "ticket", "tickets", "id"),
    ("tickets", "customer", "customers", "id"),
    ("surveys", "customer", "customers", "id"),
  ]

  private func links(from child: Int) -> [LinkStep] {
    Self.known.compactMap { link in
      guard datasets[child].role == link.child,
        let parent = index(of: link.parent),
        let key = datasets[child].schema.index(of: link.key),
        let parentKey = datasets[parent].schema.index(of: link.parentKey)
      else { return nil }
      return LinkStep(child: child, key: key, parent: parent, parentKey: parentKey)
    }
  }

  /// The shortest way from a dataset up to another over many-to-one links; empty for itself, nil
  /// where there is none.
  public func path(from start: Int, to goal: Int) -> [LinkStep]? {
    parents(of: start).first { $0.dataset == goal }?.path
  }

  /// A dataset and all that it reaches over many-to-one links, nearest first.
  public func parents(of start: Int) -> [(dataset: Int, path: [LinkStep])] { above[start] }

  private func findParents(of start: Int) -> [(dataset: Int, path: [LinkStep])] {
    var found: [(dataset: Int, path: [LinkStep])] = [(start, [])]
    var next = 0
    while next < found.count {
      let (dataset, path) = found[next]
      for link in datasets[dataset].links
      where !found.contains(where: { $0.dataset == link.parent }) {
        found.append((link.parent, path + [link]))
      }
      next += 1
    }
    return found
  }

  /// The datasets from which a dataset is reached, nearest first, each with its way up.
  public func children(of parent: Int) -> [ChildPath] { below[parent] }

  private func findChildren(of parent: Int) -> [ChildPath] {
    datasets.indices
      .filter { $0 != parent }
      .compactMap { child in
        path(from: child, to: parent).map { ChildPath(dataset: child, steps: $0) }
      }
      .sorted { ($0.steps.count, $0.dataset) < ($1.steps.count, $1.dataset) }
  }
}

/// One dataset as the planner sees it.
public struct DatasetModel: Sendable {
  /// The name, as a result shows it.
  public let name: String
  /// The name without regard to case.
  public let role: String
  /// The names and types of the columns.
  public let schema: Schema
  /// The many-to-one links that start here.
  public fileprivate(set) var links: [LinkStep] = []

  fileprivate init(name: String, schema: Schema) {
    self.name = name
    self.schema = schema
    role = Schema.folded(name)
  }
}

/// A many-to-one link: rows of `child` find their row of `parent` by equal keys.
public struct LinkStep: Hashable, Sendable {
  /// The dataset that the link starts from.
  public var child: Int
  /// The key column in the child.
  public var key: Int
  /// The dataset that the link leads to.
  public var parent: Int
  /// The key column in the parent.
  public var parentKey: Int

  /// A link between two datasets.
  public init(child: Int, key: Int, parent: Int, parentKey: Int) {
    self.child = child
    self.key = key
    self.parent = parent
    self.parentKey = parentKey
  }
}

/// A one-to-many way: the child dataset, and the links from it up to the parent.
public struct ChildPath: Hashable, Sendable {
  /// The index of the dataset in the data model.
  public var dataset: Int
  /// The links, in the order in which they are followed.
  public var steps: [LinkStep]
  /// The links up to the dataset itself where several of its rows share the key that is looked
  /// up; `steps` then leads from each of them to the first of its key.
  public var via: [LinkStep] = []
}

/// What the planner asks of the loaded values, so that it never touches them itself.
public protocol DatasetFacts: Sendable {
  /// Some values of a text column, most frequent first, for suggestions.
  func values(dataset: Int, column: Int) -> [String]
  /// The first and last known instant of a time column, in UTC seconds.
  func timeRange(dataset: Int, column: Int) -> ClosedRange<Int64>?
  /// Whether a column has a value in every row.
  func isFilled(dataset: Int, column: Int) -> Bool
  /// The smallest and largest known number of a column where `filter` holds (`kind = csat`).
  func numberRange(dataset: Int, column: Int, kind: String?) -> ClosedRange<Double>?
  /// Whether some value of a key column stands in several rows.
  func repeats(dataset: Int, column: Int) -> Bool
  /// The distinct words of a text column where `kind` holds.
  func words(dataset: Int, column: Int, kind: String?) -> [String]
}

extension DataModel {
  /// Whether every row of some surveys has a time of its own, so that none falls back to its
  /// ticket's.
  public func haveOwnTimes(surveys dataset: Int, _ facts: any DatasetFacts) -> Bool {
    let schema = datasets[dataset].schema
    guard let responded = schema.index(of: "responded") else { return false }
    return schema.columns[responded].type == .time
      && facts.isFilled(dataset: dataset, column: responded)
  }
}
