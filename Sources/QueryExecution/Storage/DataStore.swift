import ColumnStore
import QueryPlanning
import Synchronization

/// The loaded tables, and everything that is computed from them once and kept: links, columns
/// reached through links, codes of grouping keys.
///
/// A store never changes; a load makes a new one.
public final class DataStore: Sendable {
  /// The loaded tables.
  public let tables: [Table]
  /// The loaded datasets and their links.
  public let model: DataModel
  let threads: Int
  let cancellation: CancellationFlag
  private let known: [LinkStep: KnownLink]
  private let links = Mutex<[LinkStep: LinkIndex]>([:])
  private let unmatchedRows = Mutex<[LinkStep: Unmatched]>([:])
  private let gathered = Mutex<[ColumnPath: Column]>([:])
  private let keys = Mutex<[KeyRequest: KeyColumn]>([:])
  private let texts = Mutex<[KeyRequest: DictionaryColumn]>([:])
  private let numbers = Mutex<[KeyRequest: NumberColumn]>([:])
  private let bitmaps = Mutex<[KeyRequest: Bitmap]>([:])

  /// What a computed column is kept under: the dataset, the expression and the calendar.
  struct KeyRequest: Hashable {
    var dataset: Int
    var row: TypedRow
    var calendar: String
  }

  /// A store over tables; the links between them are found from their columns.
  ///
  /// - Parameter links: what an earlier store over the same tables found, by the link's place.
  public init(
    tables: [Table], links known: [LinkStep: KnownLink] = [:], threads: Int,
    cancellation: CancellationFlag
  ) {
    self.tables = tables
    self.known = known
    self.threads = threads
    self.cancellation = cancellation
    model = DataModel(tables: tables.map { ($0.name, $0.schema) })
  }

  func link(_ step: LinkStep) -> LinkIndex {
    if let known = links.withLock({ $0[step] }) { return known }
    let made =
      known[step].map { LinkIndex($0) }
      ?? LinkIndex(
        child: tables[step.child].columns[step.key],
        parent: tables[step.parent].columns[step.parentKey], threads: threads)
    links.withLock { $0[step] = made }
    return made
  }

  /// How many rows of a link's child have a key that no row of the parent has, and whether there
  /// are others that meet one.
  public typealias Unmatched = (count: Int, hasOthers: Bool)

  /// The rows of a link's child that lead nowhere; counted once.
  public func unmatched(_ step: LinkStep) -> Unmatched {
    if let known = known[step]?.unmatched { return known }
    if let known = unmatchedRows.withLock({ $0[step] }) { return known }
    let link = link(step)
    let keys = tables[step.child].columns[step.key]
    let rows = link.rows
    var found: Unmatched = (0, false)
    for row in 0..<link.count {
      if rows[row] >= 0 {
        found.hasOthers = true
      } else if !keys.isMissing(row) {
        found.count &+= 1
      }
    }
    let result = found
    unmatchedRows.withLock { $0[step] = result }
    return result
  }

  /// Throws where somebody gave up waiting.
  @Sendable func checkCancellation() throws(ExecutionError) {
    try cancellation.check()
  }

  /// A column as the rows that reach it see it.
  func column(_ path: ColumnPath) -> Column {
    let own = tables[path.dataset].columns[path.column]
    if path.steps.isEmpty { return own }
    if path.steps.count == 1, let known = known[path.steps[0]]?.gathered[path.column] {
      return known.column
    }
    if let known = gathered.withLock({ $0[path] }) { return known }
    let made = Gather.column(own, rows: rows(path.steps), threads: threads)
    gathered.withLock { $0[path] = made }
    return made
  }

  /// The row of the last dataset of a way for each row of the first, -1 where there is none.
  func rows(_ steps: [LinkStep]) -> LinkIndex {
    var index = link(steps[0])
    for step in steps.dropFirst() { index = index.followed(by: link(step)) }
    return index
  }

  func key(_ request: KeyRequest, make: () throws(ExecutionError) -> KeyColumn)
    throws(ExecutionError) -> KeyColumn
  {
    if let known = keys.withLock({ $0[request] }) { return known }
    let made = try make()
    keys.withLock { $0[request] = made }
    return made
  }

  func text(_ request: KeyRequest, make: () throws(ExecutionError) -> DictionaryColumn)
    throws(ExecutionError) -> DictionaryColumn
  {
    if let known = texts.withLock({ $0[request] }) { return known }
    let made = try make()
    texts.withLock { $0[request] = made }
    return made
  }

  func number(_ request: KeyRequest, make: () throws(ExecutionError) -> NumberColumn)
    throws(ExecutionError) -> NumberColumn
  {
    if let known = numbers.withLock({ $0[request] }) { return known }
    let made = try make()
    numbers.withLock { $0[request] = made }
    return made
  }
}

extension DataStore {
  func bitmap(_ request: KeyRequest, make: () throws(ExecutionError) -> Bitmap)
    throws(ExecutionError) -> Bitmap
  {
    if let known = bitmaps.withLock({ $0[request] }) { return known }
    let made = try make()
    bitmaps.withLock { $0[request] = made }
    return made
  }
}

/// Why a plan could not be carried out.
public enum ExecutionError: Error, Equatable, Sendable {
  case cancelled
  /// More groups than this machine's memory can hold.
  case tooManyGroups(Int)
  /// A sum of whole numbers beyond 64 bits.
  case overflow
  case badPattern(String)
}

extension CancellationFlag {
  /// Ends a query that somebody gave up waiting for.
  func check() throws(ExecutionError) { if isSet { throw .cancelled } }
}
