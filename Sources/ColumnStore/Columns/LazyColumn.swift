import Synchronization

/// A column that is checked, or made, when somebody first asks for its values.
public final class LazyColumn: Sendable {
  /// The column for its count, its type and its bounds; its values may not be read.
  public let outline: Column
  private let make: (@Sendable () -> Column)?
  private let known: Mutex<Column?>

  /// A column whose values are at hand.
  public init(_ column: Column) {
    outline = column
    make = nil
    known = Mutex(column)
  }

  /// A column of the outline's count and type that `make` gives when it is first asked for.
  public init(outline: Column, make: @escaping @Sendable () -> Column) {
    self.outline = outline
    self.make = make
    known = Mutex(nil)
  }

  /// The column with its values.
  public var column: Column {
    known.withLock { known in
      if let known { return known }
      let made = make?() ?? outline
      known = made
      return made
    }
  }
}

/// The columns of a table, in the order in which they are shown.
public struct TableColumns: RandomAccessCollection, Sendable {
  private var slots: [LazyColumn]

  /// Columns whose values are at hand.
  public init(_ columns: [Column]) { slots = columns.map { LazyColumn($0) } }

  /// Columns that may wait for their first reader.
  public init(_ slots: [LazyColumn]) { self.slots = slots }

  /// Where the first column stands.
  public var startIndex: Int { 0 }
  /// How many there are.
  public var endIndex: Int { slots.count }
  /// A column with its values.
  public subscript(index: Int) -> Column { slots[index].column }

  /// A column for its count, its type and its bounds; its values may not be read.
  public func outline(_ index: Int) -> Column { slots[index].outline }

  /// A column that need not be read yet.
  public func slot(_ index: Int) -> LazyColumn { slots[index] }

  /// The same columns with another in one place.
  public func replacing(_ index: Int, by slot: LazyColumn) -> TableColumns {
    var copy = self
    copy.slots[index] = slot
    return copy
  }
}

/// A file that columns are read from while they are used.
public protocol ColumnSource: AnyObject, Sendable {
  /// What is wrong with the file, once a column or a look at the file has shown it; nothing that
  /// was computed from its columns may then be used.
  var damage: String? { get }
}
