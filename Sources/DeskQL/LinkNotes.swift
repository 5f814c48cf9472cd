import ColumnStore
import QueryExecution
import QueryPlanning

/// What is said of rows that name a row of another dataset which is not there.
enum LinkNotes {
  /// A note for each link of a query that leads some rows nowhere.
  static func notes(_ query: BoundQuery, _ store: DataStore) -> [String] {
    query.links.compactMap { step in
      let (count, hasOthers) = store.unmatched(step)
      return count > 0 ? note(step, count, isAll: !hasOthers, store) : nil
    }
  }

  private static func note(
    _ step: LinkStep, _ count: Int, isAll: Bool, _ store: DataStore
  ) -> String {
    let (child, parent) = (store.tables[step.child], store.tables[step.parent])
    let key = child.schema.columns[step.key].name
    let parentKey = parent.schema.columns[step.parentKey].name
    let total = child.rowCount
    var note =
      "\(LoadSummary.grouped(count)) of \(LoadSummary.grouped(total)) rows of \(child.name) \(count == 1 ? "names" : "name") a "
      + "\(key) that no row of \(parent.name) has"
    if isAll, let own = example(child.columns[step.key]),
      let other = example(parent.columns[step.parentKey])
    {
      note += ": \(key) is written as '\(own)', \(parentKey) of \(parent.name) as '\(other)'"
    }
    return note
  }

  /// The first key that is there.
  private static func example(_ keys: Column) -> String? {
    guard let row = (0..<keys.count).first(where: { !keys.isMissing($0) }) else { return nil }
    switch keys {
    case .number(let numbers):
      return numbers.double(row).map(Session.plain)
    case .dictionary(let texts): return texts.string(row).map { String($0.prefix(40)) }
    case .text, .template: return keys.textReader()?.string(row).map { String($0.prefix(40)) }
    case .tags: return nil
    }
  }
}
