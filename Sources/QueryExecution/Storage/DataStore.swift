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
  private let made = Mutex(Made())

  /// What was computed so far; one type for all, since each type of a dictionary in a mutex of its
  /// own costs the start of a program.
  private struct Made {
    var links: [LinkStep: LinkIndex] = [:]
    var unmatchedRows: [LinkStep: Unmatched] = [:]
    var gathered: [ColumnPath: Column] = [:]
    var keys: [KeyRequest: KeyColumn] = [:]
    var texts: [KeyRequest: DictionaryColumn] = [:]
    var numbers: [KeyRequest: NumberColumn] = [:]
    var bitmaps: [KeyRequest: Bitmap] = [:]
  }

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
    MemoryPool.expect(rowCount: tables.reduce(0) { max($0, $1.rowCount) })
  }

  func link(_ step: LinkStep) -> LinkIndex {
    if let known = made.withLock({ $0.links[step] }) { return known }
    let new =
      known[step].map { LinkIndex($0) }
      ?? LinkIndex(
        child: tables[step.child].columns[step.key],
        parent: tables[step.parent].columns[step.parentKey], threads: threads)
    made.withLock { $0.links[step] = new }
    return new
  }

  /// How many rows of a link's child have a key that no row of the parent has, and whether there
  /// are others that meet one.
  public typealias Unmatched = (count: Int, hasOthers: Bool)

  /// The rows of a link's child that lead nowhere; counted once.
  public func unmatched(_ step: LinkStep) -> Unmatched {
    if let known = known[step]?.unmatched { return known }
    if let known = made.withLock({ $0.unmatchedRows[step] }) { return known }
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
    made.withLock { $0.unmatchedRows[step] = result }
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
    if let known = made.withLock({ $0.gathered[path] }) { return known }
    let new = Gather.column(own, rows: rows(path.steps), threads: threads)
    made.withLock { $0.gathered[path] = new }
    return new
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
    if let known = made.withLock({ $0.keys[request] }) { return known }
    let new = try make()
    made.withLock { $0.keys[request] = new }
    return new
  }

  func text(_ request: KeyRequest, make: () throws(ExecutionError) -> DictionaryColumn)
    throws(ExecutionError) -> DictionaryColumn
  {
    if let known = made.withLock({ $0.texts[request] }) { return known }
    let new = try make()
    made.withLock { $0.texts[request] = new }
    return new
  }

  func number(_ request: KeyRequest, make: () throws(ExecutionError) -> NumberColumn)
    throws(ExecutionError) -> NumberColumn
  {
    if let known = made.withLock({ $0.numbers[request] }) { return known }
    let new = try make()
    made.withLock { $0.numbers[request] = new }
    return new
  }
}

extension DataStore {
  func bitmap(_ request: KeyRequest, make: () throws(ExecutionError) -> Bitmap)
    throws(ExecutionError) -> Bitmap
  {
    if let known = made.withLock({ $0.bitmaps[request] }) { return known }
    let new = try make()
    made.withLock { $0.bitmaps[request] = new }
    return new
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
